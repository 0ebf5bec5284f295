/// Counts of durations in buckets that begin at 50 µs, where a server of tables lives.
struct LatencyHistogram: Sendable {
    /// The upper ends of the buckets, in seconds.
    static let bounds: [Double] = [
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    /// By bucket, the last of which has no end; not yet summed up.
    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var sum = 0.0

    var count: Int { counts.reduce(0, +) }

    mutating func add(_ seconds: Double) {
        sum += seconds
        var place = 0
        while place < Self.bounds.count, seconds > Self.bounds[place] { place += 1 }
        counts[place] += 1
    }
}
