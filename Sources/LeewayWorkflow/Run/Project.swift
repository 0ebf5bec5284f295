package import LeewayCore

/// Where a project keeps its things.
package struct Project: Sendable {
    /// The folder of `leeway.yaml`; empty for the current one.
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// The project of a configuration file.
    package init(configurationPath: String) {
        let cut = configurationPath.lastIndex(of: "/")
        folder = cut == configurationPath.startIndex ? "/" : cut.map { String(configurationPath[..<$0]) } ?? ""
    }

    package var home: String { folder.isEmpty ? ".leeway" : "\(folder)/.leeway" }
    package var runs: String { "\(home)/runs" }
    package var registry: String { "\(home)/registry.sqlite" }

    /// A path of the configuration as the process sees it.
    package func resolve(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }

    /// The folder of a run.
    package func run(_ id: String) -> String { "\(runs)/\(id)" }
}

/// What a use case needs of the world beside files: the time, luck, and who asks.
package struct Environment: Sendable {
    package let now: @Sendable () -> Timestamp
    /// Seconds that only grow.
    package let seconds: @Sendable () -> Double
    package let random: @Sendable () -> UInt64
    /// Who is behind the run, for the registry's events.
    package let actor: String

    package init(
        now: @escaping @Sendable () -> Timestamp, seconds: @escaping @Sendable () -> Double,
        random: @escaping @Sendable () -> UInt64, actor: String
    ) {
        (self.now, self.seconds, self.random, self.actor) = (now, seconds, random, actor)
    }
}
