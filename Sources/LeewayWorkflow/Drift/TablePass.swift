import LeewayCore
import LeewayEngine
import LeewayMonitor

/// One reading of some columns of files, on as many sessions of the engine as help, each with columns of its own.
struct TablePass: Sendable {
    let files: ScannedFiles
    let engine: any Engine
    /// Whether a second session reads half of the columns beside the first: worth it where there are cores for both.
    let isParallel: Bool

    /// Reads the columns; `add` takes each batch, whose columns are those of its lane, and `finish` the lanes' results.
    ///
    /// - Returns: the result of each lane, with the columns that it read.
    func read<Result: Sendable>(
        _ columns: [ComparedColumn], start: @escaping @Sendable ([ComparedColumn]) -> Result,
        _ add: @escaping @Sendable (inout Result, borrowing ArrowBatch) throws -> Void
    ) async throws -> [(columns: [ComparedColumn], result: Result)] {
        guard !columns.isEmpty else { return [] }
        let lanes = isParallel && columns.count > 1 ? 2 : 1
        // Dealt out in turn, so that numbers and texts go to both.
        let dealt = columns.filter { $0.kind == .number } + columns.filter { $0.kind == .category }
        return try await withThrowingTaskGroup(of: (Int, [ComparedColumn], Result).self) { group in
            for lane in 0..<lanes {
                let own = stride(from: lane, to: dealt.count, by: lanes).map { dealt[$0] }
                let session = lane == 0 ? engine : try engine.second()
                let sql = files.query(own)
                group.addTask {
                    (lane, own, try await session.query(sql, into: { _ in start(own) }, add))
                }
            }
            var results: [(Int, [ComparedColumn], Result)] = []
            for try await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
        }
    }
}
