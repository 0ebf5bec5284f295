import ArgumentParser
import LeewayEngine
import LeewayStore
import LeewayWorkflow

/// What every command that works on a project takes.
struct ProjectOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The configuration; its folder is the project's.")
    var config = "leeway.yaml"

    var project: Project { Project(configurationPath: config) }
}

/// How a command speaks.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(name: [.short, .long], help: "Print no progress and no summary.")
    var quiet = false

    @Flag(help: "Use no colours; so does NO_COLOR in the environment.")
    var noColor = false

    /// How results look on stdout.
    var style: Style { Style(hasColor: Terminal.standardOutput.hasColor && !noColor) }
    /// How progress looks on stderr.
    var progressStyle: Style { Style(hasColor: Terminal.standardError.hasColor && !noColor) }
}

/// Which query engine runs, and how.
struct EngineOptions: ParsableArguments {
    @Option(help: "Threads to use; every core where it is not given.")
    var threads: Int?

    @Option(help: ArgumentHelp("Where the query engine's library is, a folder or a file.", valueName: "path"))
    var driverPath: String?

    func validate() throws {
        guard threads.map({ (1...1024).contains($0) }) ?? true else {
            throw ValidationError("--threads must be a whole number from 1 to 1024.")
        }
    }

    /// Opens the embedded engine for a source, with as many threads as the source has work for, and lends it.
    ///
    /// `sparing` threads are left to those that work beside the engine: its own wait busily for more to do.
    func withEngine<Result>(
        for source: SourceConfiguration, _ configuration: EngineConfiguration, in project: Project, sparing: Int = 0,
        _ body: (DuckDBSession) async throws -> Result
    ) async throws -> Result {
        let limit = max(threads(configuration) - sparing, 1)
        let threads = try EngineSizing.threads(for: source, in: project, atMost: limit)
        let spill = SpillFolder(in: project.home)
        defer { spill.remove() }
        return try await body(try open(threads: threads, memoryLimit: configuration.memoryLimit, spill))
    }

    /// Opens the embedded engine, to stay open until the process ends.
    func open(threads: Int, memoryLimit: String? = nil, _ spill: SpillFolder) throws -> DuckDBSession {
        let session = try DuckDBSession(
            search: LibrarySearch(explicitPath: driverPath), threads: threads, memoryLimit: memoryLimit,
            tempDirectory: spill.path)
        // Never released: the end of the process frees all at once what a release would free page by page.
        _ = Unmanaged.passRetained(session)
        return session
    }

    /// The command line's word, else the configuration's, else every core.
    func threads(_ configuration: EngineConfiguration) -> Int {
        threads ?? configuration.threads ?? Machine.coreCount
    }
}
