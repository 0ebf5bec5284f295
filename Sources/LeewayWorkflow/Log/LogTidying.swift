package import LeewayCore
package import LeewayEngine
package import LeewayStore

/// Keeps the logs of a project small: sealed segments become Parquet, old ones go.
///
/// One process does it at a time, beside those that write and read. It may be killed at any moment: nothing is lost, and
/// the next run finishes what was begun.
package struct LogTidying: Sendable {
    /// What became of one log.
    package struct Report: Sendable {
        package let kind: LogKind
        /// Whether another process was at it, so that nothing was done.
        package var isBusy = false
        package var compacted: [CompactedSegment] = []
        /// Segments whose compaction had been interrupted and is finished now.
        package var finished: [Segment] = []
        /// Segments that were removed, since they were too old or the log too large.
        package var removed: [Segment] = []
        /// Sealed segments that are not counted yet, and stay as they are till then.
        package var waiting: [Segment] = []
        /// What could not be done, and of which segment.
        package var failures: [(segment: Segment?, error: LeewayError)] = []

        /// Whether anything was done or went wrong.
        package var isEmpty: Bool { compacted.isEmpty && finished.isEmpty && removed.isEmpty && failures.isEmpty }
    }

    private let project: Project
    private let registry: Registry
    private let configuration: PredictionLogConfiguration
    private let now: @Sendable () -> Timestamp

    package init(
        _ project: Project, _ registry: Registry, _ configuration: PredictionLogConfiguration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        (self.project, self.registry, self.configuration, self.now) = (project, registry, configuration, now)
    }

    /// The folder of a log.
    package static func folder(_ kind: LogKind, of project: Project) -> LogFolder {
        LogFolder(kind == .predictions ? project.predictionLog : project.feedbackLog)
    }

    /// Removes what is too old, makes Parquet of what is old enough, then removes what is too much.
    ///
    /// - Parameters:
    ///   - everything: Whether to make Parquet of all sealed segments, however young.
    ///   - skipped: Segments to leave alone, since they could not be compacted before.
    ///   - engine: Opens the engine; asked once, and only where there is something to compact.
    /// - Returns: What became of each log that there is.
    /// - Throws: `interrupted`.
    package func run(
        everything: Bool = false, except skipped: Set<Segment.Name> = [], engine: () throws -> any Engine
    ) async throws -> [Report] {
        var reports: [Report] = []
        var opened: Result<any Engine, LeewayError>?
        for kind in LogKind.allCases {
            var report = Report(kind: kind)
            let folder = Self.folder(kind, of: project)
            do {
                guard FileSystem.kind(of: folder.path) != nil else { continue }
                guard let lock = try ProcessLock(on: folder.path) else {
                    report.isBusy = true
                    reports.append(report)
                    continue
                }
                defer { lock.release() }
                report.finished = try folder.finishCompactions()
                try removeOld(of: folder, &report)
                let due = try dueSegments(of: folder, everything: everything, &report).filter {
                    !skipped.contains($0.name)
                }
                if !due.isEmpty {
                    if opened == nil { opened = Self.open(engine) }
                    if let opened { try await compact(due, opened, &report) }
                }
                try removeSurplus(of: folder, &report)
            } catch let error as LeewayError where error.code != .interrupted {
                report.failures.append((nil, error))
            }
            reports.append(report)
        }
        return reports
    }

    private static func open(_ engine: () throws -> any Engine) -> Result<any Engine, LeewayError> {
        do {
            return .success(try engine())
        } catch let error as LeewayError {
            return .failure(error)
        } catch {
            return .failure(LeewayError(.engineFailed, "The query engine can't be opened: \(error)."))
        }
    }

    private func compact(
        _ segments: [Segment], _ opened: Result<any Engine, LeewayError>, _ report: inout Report
    ) async throws {
        let engine: any Engine
        switch opened {
        case .success(let session): engine = session
        case .failure(let error): return report.failures.append((nil, error))
        }
        try await engine.execute("SET write_buffer_row_group_count = 1")
        var schemas = try VersionSchemas(project, registry)
        let compaction = SegmentCompaction(kind: report.kind, engine: engine)
        for segment in segments {
            do {
                report.compacted.append(try await compaction.run(segment, &schemas))
            } catch let error as LeewayError where error.code != .interrupted {
                report.failures.append((segment, error))
            }
        }
    }

    /// The sealed segments that are to become Parquet now; of those that are not counted yet the report takes note.
    private func dueSegments(
        of folder: LogFolder, everything: Bool, _ report: inout Report
    ) throws(LeewayError) -> [Segment] {
        var limit: Timestamp?
        if let age = configuration.compactAfter { limit = time(before: age) }
        var due: [Segment] = []
        for segment in try folder.segments() where segment.state == .sealed && segment.format == .jsonLines {
            guard try isFinished(segment, report.kind) else {
                report.waiting.append(segment)
                continue
            }
            if everything {
                due.append(segment)
            } else if let limit, try folder.isOlder(segment, than: limit) {
                due.append(segment)
            }
        }
        return due
    }

    /// Whether all that will ever be counted of a segment is in the registry.
    private func isFinished(_ segment: Segment, _ kind: LogKind) throws(LeewayError) -> Bool {
        guard kind == .predictions else { return true }
        return try registry.countedBytes(of: segment.name.description) == Registry.finished
    }

    private func removeOld(of folder: LogFolder, _ report: inout Report) throws(LeewayError) {
        guard let age = configuration.retainAge else { return }
        let kind = report.kind
        report.removed += try folder.remove(olderThan: time(before: age)) { segment throws(LeewayError) in
            try isFinished(segment, kind)
        }
    }

    private func removeSurplus(of folder: LogFolder, _ report: inout Report) throws(LeewayError) {
        // Labels are few, and each stands in the registry as well: the size that the user sets is that of the predictions.
        guard let size = configuration.retainSize, report.kind == .predictions else { return }
        report.removed += try folder.remove(keepingAtMost: size.bytes) { segment throws(LeewayError) in
            try isFinished(segment, .predictions)
        }
    }

    private func time(before age: Duration) -> Timestamp {
        Timestamp(milliseconds: now().milliseconds - Int64(age.wholeMilliseconds))
    }
}
