import LeewayCore
import LeewayEngine
import LeewayMonitor

/// One reading of some columns of files, on as many sessions of the engine as help, each with columns of its own.
struct TablePass: Sendable {
    let files: ScannedFiles
    let engine: any Engine
    /// Whether a second session reads half of a Parquet file's columns beside the first.
    ///
    /// Worth it where there are cores for both. Of a text each would read every column.
    let isParallel: Bool

    /// The columns of Parquet files that are read at a time: each takes some megabytes of pages while it is.
    private static let columnLimit = 8

    /// Reads the columns, some at a time where files keep them apart; `add` takes each batch, whose columns are those of its group.
    ///
    /// - Returns: the result of each group, with the columns that it read. All of them pass the same rows in the same order.
    func read<Result: Sendable>(
        _ columns: [ComparedColumn], start: @escaping @Sendable ([ComparedColumn]) -> Result,
        _ add: @escaping @Sendable (inout Result, borrowing ArrowBatch) throws -> Void
    ) async throws -> [(columns: [ComparedColumn], result: Result)] {
        guard !columns.isEmpty else { return [] }
        let isApart = files.scans.allSatisfy { $0.file.format == .parquet }
        let lanes = isParallel && isApart && columns.count > 1 ? 2 : 1
        let groupCount = isApart ? max(lanes, (columns.count + Self.columnLimit - 1) / Self.columnLimit) : lanes
        // Dealt out in turn, so that numbers and texts go to all.
        let dealt = columns.filter { $0.kind == .number } + columns.filter { $0.kind == .category }
        let groups = (0..<groupCount).map { group in
            stride(from: group, to: dealt.count, by: groupCount).map { dealt[$0] }
        }
        return try await withThrowingTaskGroup(of: [(group: Int, result: Result)].self) { tasks in
            for lane in 0..<lanes {
                let session = lane == 0 ? engine : try engine.second()
                let own = stride(from: lane, to: groupCount, by: lanes).map {
                    (group: $0, sql: files.query(groups[$0]))
                }
                tasks.addTask {
                    var results: [(group: Int, result: Result)] = []
                    for (group, sql) in own {
                        results.append((group, try await session.query(sql, into: { _ in start(groups[group]) }, add)))
                    }
                    return results
                }
            }
            var results: [(group: Int, result: Result)] = []
            for try await part in tasks { results += part }
            return results.sorted { $0.group < $1.group }.map { (groups[$0.group], $0.result) }
        }
    }
}
