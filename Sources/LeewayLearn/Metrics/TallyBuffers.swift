/// What one pass over the ranked rows writes to; made once, used for every resample of one thread.
struct TallyBuffers: Sendable {
    /// How often each rank counts.
    var counts: [UInt8]
    /// Rows above each rank, and in all.
    var rowsAbove: [UInt32]
    /// Positive rows above each group, and in all.
    var positivesAbove: [UInt32]

    /// Every row counts once.
    init(for ranking: RankedScores) {
        counts = Array(repeating: 1, count: ranking.labels.count)
        rowsAbove = Array(repeating: 0, count: ranking.labels.count + 1)
        positivesAbove = Array(repeating: 0, count: ranking.groups.count + 1)
    }
}
