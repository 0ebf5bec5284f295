import LeewayCore
package import LeewayEngine
package import LeewayStore

/// What a stage may know of the world: where artifacts go, the query engine, how far it is. Nothing else asks a clock or draws a number.
package struct RunContext: Sendable {
    /// What the user wrote.
    package let configuration: ProjectConfiguration
    /// The folder that paths in the configuration are relative to; empty for the current one.
    package let baseFolder: String
    /// The query engine.
    package let engine: any Engine
    /// Where artifacts go; nil for a run that writes nothing.
    package let folder: RunFolder?
    /// How many threads a stage may use.
    package let threads: Int

    package init(
        configuration: ProjectConfiguration, baseFolder: String, engine: any Engine, folder: RunFolder?, threads: Int
    ) {
        self.configuration = configuration
        self.baseFolder = baseFolder
        self.engine = engine
        self.folder = folder
        self.threads = threads
    }

    /// A path of the configuration as the process sees it.
    package func resolve(_ path: String) -> String {
        path.hasPrefix("/") || baseFolder.isEmpty ? path : "\(baseFolder)/\(path)"
    }

    /// Writes an artifact, where the run writes any.
    func write(_ value: some Encodable, as name: String) throws(LeewayError) {
        try folder?.write(value, as: name)
    }
}
