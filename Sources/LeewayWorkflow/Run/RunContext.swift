import LeewayCore
package import LeewayEngine
package import LeewayStore

/// What a stage may know of the world: the configuration, where artifacts go, the query engine.
///
/// No stage asks a clock or draws a number of its own.
package struct RunContext: Sendable {
    /// What the user wrote.
    package let configuration: ProjectConfiguration
    /// The project, which paths in the configuration are relative to.
    package let project: Project
    /// The query engine.
    package let engine: any Engine
    /// Where artifacts go; nil for a run that writes nothing.
    package let folder: RunFolder?
    /// How many threads a stage may use.
    package let threads: Int

    package init(
        configuration: ProjectConfiguration, project: Project, engine: any Engine, folder: RunFolder?, threads: Int
    ) {
        self.configuration = configuration
        self.project = project
        self.engine = engine
        self.folder = folder
        self.threads = threads
    }

    /// Writes an artifact, where the run writes any.
    func write(_ value: some Encodable, as name: String) throws(LeewayError) {
        try folder?.write(value, as: name)
    }
}
