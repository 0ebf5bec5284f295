import LeewayEngine
package import LeewayStore

extension ServingSession {
    /// What a compaction beside the serving may hold in memory before it spills.
    private static let memoryLimit = "256MB"

    /// Removes what is too old of the logs, and makes Parquet of what is old enough, as the configuration says.
    ///
    /// All of it runs on one thread of the lowest priority, which is started for it. The query engine is loaded only where
    /// there is something to compact; where it is missing, that is a failure of the report, and serving goes on.
    /// - Parameter skipped: Segments to leave alone, since they could not be compacted before.
    /// - Returns: What became of each log that there is.
    /// - Throws: `interrupted`.
    package func tidy(except skipped: Set<Segment.Name> = []) async throws -> [LogTidying.Report] {
        let tidying = LogTidying(project, registry, configuration.log, now: environment.now)
        let spill = SpillFolder(in: project.home)
        defer { spill.remove() }
        return try await QuietThread.run { thread in
            try await tidying.run(except: skipped) {
                try DuckDBSession(
                    threads: 1, memoryLimit: Self.memoryLimit, tempDirectory: spill.path, executor: thread)
            }
        }
    }
}
