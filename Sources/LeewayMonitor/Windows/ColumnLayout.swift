/// Where the cells of a column are, and how a number finds its own.
///
/// Plain numbers only: reading one takes no hold of an array. A number's bucket follows from a subtraction and a product;
/// the few edges of its bucket are searched by halves. Buckets are even between two quantiles of the edges, so that a long
/// tail does not gather all others in one.
struct ColumnLayout: Sendable {
    /// Missing, new and unseen values come first, then the cells of the values.
    static let missing = 0
    static let new = 1
    static let unseen = 2
    static let special = 3
    /// Buckets an edge: with more of them most hold one edge or none, and a number's place follows without a search.
    private static let fineness = 4
    /// Columns of more edges have one bucket an edge, so that the buckets stay in the cache.
    private static let fineLimit = 8192
    /// One edge of so many lies beyond the even buckets, on either side.
    private static let trimming = 32

    /// All of the column's counts.
    let cells: Range<Int>
    let isNumeric: Bool
    private let firstEdge: Int
    private let firstBucket: Int
    /// From where to where the buckets are even, and how many one unit is.
    private let (low, high, scale): (Double, Double, Double)

    /// The counts of the values, without the three special ones.
    var valueCells: Range<Int> { cells.lowerBound + Self.special..<cells.upperBound }

    /// Lays a column's cells out from `firstCell` on, and adds its edges and buckets.
    init(_ values: WindowBins.Values, firstCell: Int, edges: inout [Double], bucketStarts: inout [UInt32]) {
        (firstEdge, firstBucket) = (edges.count, bucketStarts.count)
        switch values {
        case .categories(let categories):
            isNumeric = false
            cells = firstCell..<firstCell + Self.special + categories.count
            (low, high, scale) = (0, 0, 0)
        case .numbers(let numbers):
            isNumeric = true
            cells = firstCell..<firstCell + Self.special + 2 * numbers.count + 1
            (low, high, scale) = Self.range(numbers)
            edges += numbers
            var starts = [UInt32](repeating: 0, count: Self.bucketCount(numbers.count) + 2)
            for number in numbers { starts[Self.bucket(number, low, high, scale) + 1] += 1 }
            for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
            bucketStarts += starts
        }
    }

    private static func bucketCount(_ edges: Int) -> Int { edges <= fineLimit ? fineness * edges : edges }

    private static func range(_ numbers: [Double]) -> (low: Double, high: Double, scale: Double) {
        let finite = numbers.filter(\.isFinite)
        let trim = finite.count / trimming
        guard let first = finite.dropFirst(trim).first, let last = finite.dropLast(trim).last else { return (0, 0, 0) }
        let scale = Double(bucketCount(numbers.count)) / (last - first)
        // One value has no width, and the width of huge ones overflows: then all are in one bucket.
        return scale.isFinite && scale > 0 ? (first, last, scale) : (0, 0, 0)
    }

    /// A number's bucket: never lower than that of a smaller number.
    @inline(__always)
    private static func bucket(_ number: Double, _ low: Double, _ high: Double, _ scale: Double) -> Int {
        let within = number > low ? (number < high ? number : high) : low
        return Int((within - low) * scale)
    }

    /// The cell of a number that is not NaN.
    @inline(__always)
    func cell(
        of number: Double, _ edges: UnsafeBufferPointer<Double>, _ bucketStarts: UnsafeBufferPointer<UInt32>
    ) -> Int {
        let bucket = firstBucket &+ Self.bucket(number, low, high, scale)
        let start = Int(bucketStarts[bucket])
        var (reached, left) = (firstEdge &+ start, Int(bucketStarts[bucket &+ 1]) &- start)
        while left > 0 {
            let half = left >> 1
            let isReached = edges[reached &+ half] <= number
            reached = isReached ? reached &+ half &+ 1 : reached
            left = isReached ? left &- half &- 1 : half
        }
        // `reached` edges are at most the number; it is a hit where the last of them equals it.
        let isHit = reached > firstEdge && edges[reached &- 1] == number
        return cells.lowerBound &+ Self.special &+ 2 &* (reached &- firstEdge) &- (isHit ? 1 : 0)
    }
}
