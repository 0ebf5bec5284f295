import LeewayCore
import LeewayStore
import LeewayWorkflow
import Logging

/// Keeps the logs of a running server small: every minute old segments become Parquet, and those that are too old go.
struct LogHousekeeping: Sendable {
    let session: ServingSession
    let logger: Logger

    private static let pause = Duration.seconds(60)
    /// A segment that could not be compacted is tried again after so many minutes: each try reads all of it.
    private static let patience = 60

    func run() async {
        var (failed, told, minutes) = (Set<Segment.Name>(), Set<String>(), 0)
        while true {
            do {
                try await Task.sleep(for: Self.pause)
                minutes += 1
                if minutes % Self.patience == 0 { failed = [] }
                let reports = try await session.tidy(except: failed)
                // What is over is told again when it comes back.
                if reports.allSatisfy(\.failures.isEmpty) { told = [] }
                for report in reports {
                    tell(report)
                    for failure in report.failures {
                        if let segment = failure.segment { failed.insert(segment.name) }
                        tell(failure.error, of: failure.segment, &told)
                    }
                }
            } catch is CancellationError {
                return
            } catch let error as LeewayError {
                if error.code == .interrupted { return }
                tell(error, of: nil, &told)
            } catch {
                logger.error("could not tidy up the log", metadata: ["reason": "\(type(of: error))"])
            }
        }
    }

    private func tell(_ report: LogTidying.Report) {
        for compacted in report.compacted {
            logger.info(
                "a segment of the log is Parquet now",
                metadata: [
                    "segment": "\(compacted.segment.name)", "rows": "\(compacted.lines)",
                    "bytes_before": "\(compacted.linesBytes)", "bytes": "\(compacted.parquetBytes)",
                ])
            if let path = compacted.damagedPath {
                logger.error(
                    "lines of the log could not be read; they are kept apart",
                    metadata: ["lines": "\(compacted.damagedLines)", "path": "\(path)"])
            }
        }
        if !report.removed.isEmpty {
            logger.info(
                "old segments of the log were removed",
                metadata: ["log": "\(report.kind.rawValue)", "segments": "\(report.removed.count)"])
        }
    }

    /// Says once what may go on for long, such as a library that is missing.
    private func tell(_ error: LeewayError, of segment: Segment?, _ told: inout Set<String>) {
        guard told.insert("\(error.code) \(segment?.name.description ?? "")").inserted else { return }
        var metadata: Logger.Metadata = ["code": "\(error.code)", "reason": "\(error.message)"]
        if let segment { metadata["segment"] = "\(segment.name)" }
        if let hint = error.hint { metadata["hint"] = "\(hint)" }
        logger.warning("could not tidy up the log; serving goes on", metadata: metadata)
    }
}
