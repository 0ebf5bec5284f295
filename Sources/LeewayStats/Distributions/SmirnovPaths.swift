/// Lattice paths from (0, 0) to (n, m), which stand for the orders in which the values of two samples can lie.
///
/// A step right is a value of the first sample, a step up one of the second. All paths are equally likely where both
/// samples are of one distribution.
struct SmirnovPaths {
    private let n: Int
    private let m: Int
    /// A path is outside at (i, j) where |i · m − j · n| is at least this: d · n · m.
    private let bound: Int

    init(n: Int, m: Int, statistic: Double) {
        precondition(n > 0 && m > 0, "Each sample has at least one value.")
        precondition(n + m < 1 << 31, "Lattice paths are for samples of up to 2^31 values.")
        precondition((0...1).contains(statistic), "A Kolmogorov-Smirnov statistic lies in 0 ... 1.")
        self.n = n
        self.m = m
        var (divisor, rest) = (n, m)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        bound = Int((statistic * Double(n / divisor * m)).rounded(.toNearestOrEven)) * divisor
    }

    /// The share of paths that are outside somewhere, for n = m: 2 · Σ (−1)^(k−1) · C(2n, n − kh) / C(2n, n), h = nd.
    func shareOutsideOfSquare() -> Double {
        guard bound > 0 else { return 1 }
        let (size, height) = (Double(n), bound / n)
        var (sum, term, sign) = (0.0, 1.0, 1.0)
        var offset = 0.0
        while term > 0x1p-60 * sum || offset == 0 {
            for _ in 0..<height {
                term *= (size - offset) / (size + offset + 1)
                offset += 1
            }
            sum += sign * term
            sign = -sign
            if term == 0 { break }
        }
        return Swift.min(2 * sum, 1)
    }

    /// The share of paths that are outside after any step.
    func shareOutside() -> Double { shareOutside(groups: repeatElement(1, count: n + m)) }

    /// The share of paths that are outside at the end of any group of steps.
    ///
    /// Of the paths to (i, j), the share a(i, j) that has been outside is 1 where (i, j) itself is and counts, else
    /// (i · a(i − 1, j) + j · a(i, j − 1)) / (i + j): all terms are positive and at most 1, so that small p-values keep
    /// their digits and nothing overflows. One diagonal i + j = s at a time, and of it only where a is not known to be 1
    /// or not to matter.
    func shareOutside(groups: some Sequence<Int>) -> Double {
        guard bound > 0 else { return 1 }
        let total = n + m
        var diagonal = Diagonal(length: n)
        var step = 0
        for group in groups {
            let end = step + group
            let (least, most) = inside(after: end)
            guard least <= most else { return 1 }
            while step < end {
                step += 1
                diagonal.advance(
                    to: step, from: Swift.max(least - (end - step), step - m), through: Swift.min(most, n))
            }
            diagonal.cut(to: least...most)
            if diagonal.isEmpty { return 1 }
            if end == total { break }
        }
        return diagonal.last
    }

    /// The i that are inside after `step` steps.
    private func inside(after step: Int) -> (least: Int, most: Int) {
        // |i · m − (s − i) · n| < bound.
        let (total, center) = (n + m, step * n)
        let low = center - bound
        let least = (low >= 0 ? low / total : -((total - 1 - low) / total)) + 1
        return (Swift.max(least, 0), (center + bound - 1) / total)
    }

    /// The shares a(i, s − i) of one diagonal, as far as they are not 1.
    private struct Diagonal {
        /// a at i + 1; the two ends stand for what is outside.
        private var shares: [Double]
        private var next: [Double]
        private let indices: [Double]
        private var least = 0
        private var most = 0

        init(length n: Int) {
            shares = [Double](repeating: 1, count: n + 3)
            next = shares
            shares[1] = 0
            indices = (0...(n + 2)).map(Double.init)
        }

        var isEmpty: Bool { least > most }

        /// a at the greatest i, which after the last step is n.
        var last: Double { shares[most + 1] }

        mutating func advance(to step: Int, from least: Int, through most: Int) {
            shares[self.least] = 1
            shares[self.most + 2] = 1
            self.least = Swift.max(self.least, least)
            self.most = Swift.min(self.most + 1, most)
            let (steps, inverse) = (Double(step), 1 / Double(step))
            let range = self.least..<Swift.max(self.most + 1, self.least)
            next.withUnsafeMutableBufferPointer { next in
                shares.withUnsafeBufferPointer { shares in
                    indices.withUnsafeBufferPointer { indices in
                        for i in range {
                            next[i + 1] = (shares[i + 1] * (steps - indices[i]) + shares[i] * indices[i]) * inverse
                        }
                    }
                }
            }
            swap(&shares, &next)
        }

        mutating func cut(to range: ClosedRange<Int>) {
            least = Swift.max(least, range.lowerBound)
            most = Swift.min(most, range.upperBound)
        }
    }
}
