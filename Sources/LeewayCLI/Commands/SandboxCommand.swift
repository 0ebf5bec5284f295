import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

/// `leeway sandbox`: what the gate starts to try a challenger apart; nobody types it.
struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Load two versions and let both answer requests.", shouldDisplay: false)

    @Option var model: String
    @Option var champion: Int
    @Option var challenger: Int
    @Option(help: "Where the report goes.") var output: String
    @OptionGroup var projectOptions: ProjectOptions

    func run() throws {
        let reply = SandboxReply {
            () throws(LeewayError) in
            let project = projectOptions.project
            let lookup = VersionLookup(project)
            let trial = SandboxTrial(
                project, try ConfigurationReader.readServing(projectOptions.config),
                seconds: Machine.environment.seconds)
            return try trial.run(
                champion: try lookup.find("\(champion)", model: model),
                challenger: try lookup.find("\(challenger)", model: model),
                requests: try FileSystem.read("/dev/stdin"))
        }
        try FileSystem.write(try ArtifactCoding.encode(reply), to: output)
    }
}

/// What a sandbox tells its parent.
struct SandboxReply: Codable {
    let report: SandboxTrial.Report?
    let code: String?
    let message: String?

    init(_ work: () throws(LeewayError) -> SandboxTrial.Report) {
        do throws(LeewayError) {
            (report, code, message) = (try work(), nil, nil)
        } catch {
            (report, code, message) = (nil, error.code.description, error.message)
        }
    }
}

/// Tries challengers in a process of their own: what they do there harms nobody.
struct ProcessSandbox: Sandbox {
    let configurationPath: String
    /// A folder of this process's own.
    let folder: String

    private static let timeout = Duration.seconds(120)

    func run(
        champion: ModelVersion, challenger: ModelVersion, requests: [UInt8]
    ) async throws(LeewayError) -> SandboxTrial.Report {
        guard let program = Machine.programPath else {
            throw LeewayError(.engineFailed, "The program does not know where it is.")
        }
        try FileSystem.makeFolder(folder)
        let output = "\(folder)/sandbox.json"
        defer { FileSystem.remove(output) }
        let command = CommandRun(
            [
                program, "sandbox", "--config", configurationPath, "--model", champion.model, "--champion",
                "\(champion.number)", "--challenger", "\(challenger.number)", "--output", output,
            ], timeout: Self.timeout)
        let ending = await command.run(input: requests)
        if Task.isCancelled { throw LeewayError(.interrupted, "The trial was interrupted.") }
        switch ending {
        case .exited(0): break
        case .exited(let code): throw LeewayError(.engineFailed, "it ended with code \(code).")
        case .killed(let signal): throw LeewayError(.engineFailed, "it was killed by signal \(signal).")
        case .timedOut:
            throw LeewayError(.engineFailed, "it took longer than \(Self.timeout.components.seconds) s.")
        case .notStarted(let reason): throw LeewayError(.engineFailed, "it could not be started: \(reason).")
        }
        let reply = try ArtifactCoding.decode(SandboxReply.self, from: try FileSystem.read(output), name: output)
        guard let report = reply.report else {
            throw LeewayError(.init(reply.code ?? ""), reply.message ?? "no reason was given.")
        }
        return report
    }
}
