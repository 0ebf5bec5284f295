/// Where a number lies among the reference's: the cells that its rank is taken in, and those of numbers that come often.
struct NumberCells: Sendable {
    /// A number with at least this share of the reference's rows, and so many rows, has a cell of its own.
    private static let (oftenShare, oftenRows) = (0.02, 20)

    /// The reference's rows in each cell, in the order of the numbers.
    let counts: [Int]
    /// For each of these cells, the cell of its share: 0 but for numbers that come often.
    let shareCells: [UInt8]
    /// The reference's rows in the cells of shares; one only where no number comes often.
    let shareCounts: [Int]

    private let layout: ColumnLayout
    private let edges: [Double]
    private let bucketStarts: [UInt32]
    /// Where quantiles stand for the values, a cell reaches from one, excluded, up to the next.
    private let isExact: Bool

    init(values: [Double], counts: [Int], isExact: Bool) {
        var (edges, starts) = ([Double](), [UInt32]())
        layout = ColumnLayout(.numbers(values), firstCell: 0, edges: &edges, bucketStarts: &starts)
        (self.edges, bucketStarts, self.isExact) = (edges, starts, isExact)
        self.counts = isExact ? counts.reduce(into: [0]) { $0 += [$1, 0] } : counts + [0]
        let total = counts.reduce(0, +)
        let limit = max(Self.oftenRows, Int((Self.oftenShare * Double(total)).rounded(.up)))
        var (cells, shares) = ([UInt8](repeating: 0, count: self.counts.count), [total])
        for (cell, count) in self.counts.enumerated() where count >= limit {
            cells[cell] = UInt8(shares.count)
            shares.append(count)
            shares[0] -= count
        }
        (shareCells, shareCounts) = (cells, shares)
    }

    /// The cell of a number that is not NaN.
    @inline(__always)
    func cell(of number: Double) -> Int {
        let cell = edges.withUnsafeBufferPointer { edges in
            bucketStarts.withUnsafeBufferPointer { layout.cell(of: number, edges, $0) }
        }
        return isExact ? cell - ColumnLayout.special : (cell - ColumnLayout.special) >> 1
    }
}
