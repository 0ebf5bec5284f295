/// Lattice paths from (0, 0) to (n, m), a step right for each row of one side and up for each of the other in the rows' order,
/// that are looked at where ties end only.
///
/// Of the paths to (i, j) the share a(i, j) that has been outside, |i/n − j/m| ≥ d, is 1 where (i, j) itself is outside at the
/// end of a tie. A tie of t rows is crossed row by row, a(i, j) = (i · a(i − 1, j) + j · a(i, j − 1)) / (i + j), or at once:
/// u of the t rows are of the first side with the hypergeometric probability. No term is negative, so small shares keep
/// their places.
///
/// - Source: Schröer & Trenkler, Comput. Statist. Data Anal. 20 (1995), for paths under ties.
struct TiedPaths {
    /// Both sides' rows: the lesser and the greater number.
    private let n: Int
    private let m: Int
    /// A path is outside where |i · m − j · n| is at least this: d · n · m.
    private let bound: Int
    private var shares: [Double]
    private var next: [Double]
    /// Where shares are not known to be 1.
    private var inside = 0...0
    private var rank = 0

    /// Takes the sides' rows, below 2³¹ each, and d as a multiple of 1/nm.
    init(_ n: Int, _ m: Int, bound: Int) {
        (self.n, self.m, self.bound) = (min(n, m), max(n, m), bound)
        shares = Array(repeating: 1, count: min(n, m) + 1)
        shares[0] = 0
        next = shares
    }

    /// How long `cross` takes, in about nanoseconds.
    func cost(_ count: Int, after rank: Int) -> Double {
        min(byRow(count), byTie(count, after: rank))
    }

    /// Goes over a tie; false where no path is left that has not been outside.
    mutating func cross(_ count: Int) -> Bool {
        let end = rank + count
        let (low, high) = range(after: end)
        guard low <= high else { return false }
        if count > 1, byTie(count, after: rank) < byRow(count) {
            jump(count, to: low...high)
        } else {
            for step in rank + 1...end {
                let least = max(low - (end - step), step - m, inside.lowerBound)
                let most = min(high, inside.upperBound + 1)
                guard least <= most else { return false }
                advance(step, to: least...most)
            }
        }
        rank = end
        return true
    }

    /// The share of paths that have been outside, once all rows are crossed.
    var share: Double { shares[n] }

    /// How many i are inside, at most.
    private var width: Double { min(2 * Double(bound) / Double(n + m) + 1, Double(n) + 1) }

    private func byRow(_ count: Int) -> Double {
        let rows = Double(count)
        // Within a tie, shares are needed wherever a path could come back from.
        return rows * (min(width + rows / 2, Double(n) + 1) + 8)
    }

    private func byTie(_ count: Int, after rank: Int) -> Double {
        let part = Double(n) / Double(n + m)
        let variance = Double(count) * part * (1 - part) * Double(rank) / Double(rank + count)
        return 6 * width * (4 + 17 * variance.squareRoot())
    }

    /// The i that are inside after so many rows, and can be reached.
    private func range(after rank: Int) -> (Int, Int) {
        // |i · m − (s − i) · n| < bound.
        let (rows, center) = (n + m, rank * n)
        let (low, high) = (center - bound, center + bound - 1)
        let least = low < 0 ? 0 : low / rows + 1
        return (max(least, rank - m), min(high / rows, n, rank))
    }

    /// One row more.
    private mutating func advance(_ step: Int, to range: ClosedRange<Int>) {
        let (rows, inverse) = (Double(step), 1 / Double(step))
        let old = inside
        shares.withUnsafeBufferPointer { shares in
            next.withUnsafeMutableBufferPointer { next in
                // Beyond the old range every share is 1.
                for i in range where i == range.lowerBound || i == range.upperBound {
                    let before = old.contains(i - 1) ? shares[i - 1] : 1
                    let beside = old.contains(i) ? shares[i] : 1
                    next[i] = (Double(i) * before + (rows - Double(i)) * beside) * inverse
                }
                guard range.count > 2 else { return }
                var right = Double(range.lowerBound)
                for i in range.lowerBound + 1..<range.upperBound {
                    right += 1
                    next[i] = (right * shares[i - 1] + (rows - right) * shares[i]) * inverse
                }
            }
        }
        swap(&shares, &next)
        inside = range
    }

    /// All rows of a tie at once.
    private mutating func jump(_ count: Int, to range: ClosedRange<Int>) {
        let (t, before) = (Double(count), Double(rank))
        for i in range {
            // u of the tie's rows among the first rank + count, i of which are the first side's.
            let (least, most) = (max(0, i - rank), min(count, i))
            let right = Double(i)
            let mode = min(max(Int((t + 1) * (right + 1) / (before + t + 2)), least), most)
            var (sum, total) = (share(i - mode), 1.0)
            var weight = 1.0
            for u in stride(from: mode, to: most, by: 1) {
                let x = Double(u)
                weight *= (t - x) * (right - x) / ((x + 1) * (before - right + x + 1))
                sum += weight * share(i - u - 1)
                total += weight
                if weight < 1e-18 * total { break }
            }
            weight = 1
            for u in stride(from: mode, to: least, by: -1) {
                let x = Double(u)
                weight *= x * (before - right + x) / ((t - x + 1) * (right - x + 1))
                sum += weight * share(i - u + 1)
                total += weight
                if weight < 1e-18 * total { break }
            }
            next[i] = sum / total
        }
        swap(&shares, &next)
        inside = range
    }

    private func share(_ i: Int) -> Double { inside.contains(i) ? shares[i] : 1 }
}
