import LeewayStats

/// Rows of one side, drawn without replacement and put in an order by chance, so that any stretch of them is a sample too.
///
/// The draw depends on the number of rows, the limit, the seed and the stream alone.
struct SideSample: Sendable, Equatable {
    /// The rows' places in their table.
    let places: [Int]

    /// Draws `limit` rows, or takes all where there are no more.
    ///
    /// - Complexity: O(rows) memory, O(limit) draws (Fisher & Yates).
    init(rowCount: Int, limit: Int, seed: UInt64, stream: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: stream)
        var places = Array(0..<rowCount)
        let count = min(rowCount, limit)
        for place in 0..<count { places.swapAt(place, place + generator.next(below: rowCount - place)) }
        self.places = Array(places.prefix(count))
    }
}
