import ArgumentParser
import LeewayCore
import LeewayServer
import LeewayValidate
import LeewayWorkflow

/// `leeway serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer predictions over HTTP, behind a contract, with a log.",
        discussion: """
            Serves every model of the registry, each by its champion, until Ctrl-C or SIGTERM: then requests that have
            begun are answered and the log is sealed. Another champion is taken over within a second.

              leeway serve                                   on 127.0.0.1:8080
              curl localhost:8080/v1/models/NAME/predict -H 'Content-Type: application/json' -d @row.json
              curl localhost:8080/openapi.json               everything that it answers, with examples that work

            It also speaks the Open Inference Protocol V2 (/v2/models/…) and MLflow's scoring protocol (/invocations).
            With --loop it also monitors and retrains, each step in a process of its own, as 'monitoring:' and 'retraining:' say:

              leeway serve --loop
              leeway history                                 what it decided and did, and why

            Settings stand under 'serving:' in leeway.yaml; docs/configuration.md lists them.
            """)

    @Option(help: "The address to listen on. One that others can reach needs tokens ('leeway tokens create').")
    var host: String?

    @Option(help: "The port to listen on; 0 takes any free one.")
    var port: Int?

    @Option(help: "A model to serve; may be given several times. All of them without it.")
    var model: [String] = []

    @Option(help: "How strictly rows are held to the contract.")
    var contract: Contract.Mode?

    @Flag(help: "Listen on an address that others can reach, without tokens.")
    var insecure = false

    @Flag(help: "Monitor and retrain beside it: close the loop.")
    var loop = false

    @OptionGroup var projectOptions: ProjectOptions

    @Option(help: ArgumentHelp("Where the query engine's library is, for --loop.", valueName: "path"))
    var driverPath: String?

    @Flag(name: [.short, .long], help: "Say nothing but what goes wrong.")
    var quiet = false

    func validate() throws {
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("--port must be a number from 0 to 65535.")
        }
    }

    func run() async throws {
        let project = projectOptions.project
        let configuration = try settings()
        let environment = Machine.environment
        let session = try ServingSession(project, configuration, environment)
        let isWatched = Terminal.standardError.isInteractive
        let server = LeewayServer(session, in: project, environment, isWatched: isWatched)
        let banner = ServingBanner(session, style: Style(hasColor: Terminal.standardError.hasColor))
        let supervisor = try loop ? self.supervisor() : nil
        let looping = supervisor.map { supervisor in Task { await supervisor.run() } }
        defer { looping?.cancel() }
        try await server.run(isOpen: insecure) { [quiet] address in
            // The address alone goes to stdout, for scripts that take any free port.
            if !Terminal.standardOutput.isInteractive { Terminal.standardOutput.write("\(address)\n") }
            if !quiet, isWatched { Terminal.standardError.write(banner.text(address)) }
        }
    }

    private func supervisor() throws -> LoopSupervisor {
        let configuration = try ConfigurationReader.read(projectOptions.config)
        return LoopSupervisor(
            configurationPath: projectOptions.config, driverPath: driverPath,
            interval: configuration.retraining.every, memoryLimit: configuration.retraining.memoryLimit
        ) { Terminal.standardError.print(error: LeewayError(.engineFailed, "The loop: \($0).")) }
    }

    /// The configuration's settings, and the command line's over them.
    private func settings() throws -> ServingConfiguration {
        var settings = try ConfigurationReader.readServing(projectOptions.config)
        if let host { settings.host = host }
        if let port { settings.port = port }
        if !model.isEmpty { settings.models = model }
        if let contract { settings.contract = contract }
        if quiet { settings.logLevel = .warning }
        return settings
    }
}

extension Contract.Mode: ExpressibleByArgument {}
