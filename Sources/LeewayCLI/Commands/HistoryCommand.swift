import ArgumentParser
import LeewayCore
import LeewayEngine
import LeewayStore
import LeewayWorkflow

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tell what happened to a model, and what stands behind a prediction.",
        discussion: """
            Lists every version, promotion, rollback and retraining with who, when and why, and every decision to retrain or \
            not to. With --prediction, the id of an answer, it tells which version gave it, on which data that was trained, and \
            why it was the champion.

              leeway history
              leeway history --decisions
              leeway history --prediction 019ab3c0-1234-7abc-89ab-0123456789ab
            """)

    @Option(help: "The model's name, where the registry holds several.")
    var model: String?

    @Option(name: .customShort("n"), help: ArgumentHelp("How many lines to print.", valueName: "count"))
    var count = 50

    @Flag(help: "List the decisions to retrain or not to.")
    var decisions = false

    @Option(help: ArgumentHelp("The id of an answer.", valueName: "id"))
    var prediction: String?

    @Option(help: ArgumentHelp("Write all of it as a page as well.", valueName: "file"))
    var html: String?

    @OptionGroup var projectOptions: ProjectOptions
    @OptionGroup var engineOptions: EngineOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard count > 0 else { throw ValidationError("-n must be 1 or more.") }
        guard prediction.map({ UUIDv7($0) != nil }) ?? true else {
            throw ValidationError("--prediction must be the id of an answer, a UUID.")
        }
    }

    func run() async throws {
        let project = projectOptions.project
        let lookup = VersionLookup(project)
        let text = HistoryText(style: output.style, width: Terminal.standardOutput.lineWidth)
        if let id = prediction.flatMap({ UUIDv7($0) }) {
            let answer = try await PredictionLookup(project).find(id) { [engineOptions] in
                try engineOptions.open(threads: 1, SpillFolder(in: project.home))
            }
            let version = try lookup.find("\(answer.version)", model: answer.model)
            let found = try HistoryReport(project, try Registry(path: project.registry)).provenance(of: version)
            if output.json { return try print(ProvenanceDocument(answer, found)) }
            return Terminal.standardOutput.write(text.provenance(answer, found))
        }
        let version = try lookup.find(nil, model: model)
        let timeline = try HistoryReport(project, try Registry(path: project.registry))
            .timeline(of: version.model, limit: count)
        if let html {
            let now = String(Machine.environment.now().description.prefix(16)).replacing("T", with: " ")
            let page = HistoryPage(version.model, timeline, time: "\(now) UTC")
            try FileSystem.write(Array(page.html.utf8), to: html)
            if !output.json { return }
        }
        if output.json { return try print(TimelineDocument(timeline)) }
        Terminal.standardOutput.write(decisions ? text.decisions(timeline) : text.events(timeline))
    }

    private func print(_ document: some Encodable) throws {
        Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(document), as: UTF8.self))
    }
}
