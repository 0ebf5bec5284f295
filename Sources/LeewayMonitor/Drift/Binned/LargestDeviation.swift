import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The largest |p − q| of all bins where nothing moved, given the rows of each side and of each bin.
///
/// Bins with nearly the same number of rows are counted together.
struct LargestDeviation {
    /// Bins of nearly the same number of rows.
    private struct Kind {
        /// The rows of the fullest.
        var most = 0
        /// The rows of the emptiest.
        var least = Int.max
        /// The rows of all.
        var rows = 0.0
        var bins = 0.0
    }

    /// 16 kinds to each doubling of rows: each number up to 32 has its own.
    private var kinds = [Kind]()
    private let sizes: SideSizes
    private let all: Double

    init(_ sizes: SideSizes) {
        self.sizes = sizes
        all = sizes.reference + sizes.window
    }

    /// Adds a bin of one row or more.
    mutating func add(rows: Int) {
        let number = Double(rows)
        // The bits of a number are its logarithm, straight between the powers of two.
        let place = Int(number.bitPattern >> 48) - 1023 << 4
        if place >= kinds.count {
            kinds.append(contentsOf: repeatElement(Kind(), count: place + 1 - kinds.count))
        }
        kinds[place].most = max(kinds[place].most, rows)
        kinds[place].least = min(kinds[place].least, rows)
        kinds[place].rows += number
        kinds[place].bins += 1
    }

    /// How many bins there are.
    var bins: Double { kinds.reduce(0) { $0 + $1.bins } }

    /// The mean: the median and, from the slope of the distribution there, what the mean is beyond it (Gumbel's law).
    ///
    /// The rows of all bins add up, so that a bin of a large share p has little deviation of its own: it counts as
    /// 1 − 1.7p², at least 0.2, which two halves make about one of (within 12 % of simulations).
    var mean: Double {
        let parts = parts
        guard let widest = parts.first else { return 0 }
        // −log F of the largest is about Gumbel's exp(−t/β) near the median, where it is log 2; secants find that.
        func hazard(_ t: Double) -> Double {
            var sum = 0.0
            for part in parts where t * t < 20 * (part.variance + t / 3) {
                sum -= part.weight * log1p(-min(part.tail(t), 1 - 1e-12))
            }
            return log(max(sum, 1e-300) / M_LN2)
        }
        let weight = parts.reduce(0) { $0 + $1.weight * $1.variance / widest.variance }
        var right = widest.variance.squareRoot() * (0.5 + (2 * log(1 + weight)).squareRoot())
        var (left, atRight) = (right * 0.9, hazard(right))
        var atLeft = hazard(left)
        var scale = 0.0
        for _ in 0..<4 {
            guard atLeft != atRight, (right - left) / (atLeft - atRight) > 0 else { break }
            scale = (right - left) / (atLeft - atRight)
            let next = max(right / 2, min(right + atRight * scale, 2 * right))
            let isNear = abs(next - right) < 0.02 * right
            (left, right) = (right, next)
            guard !isNear else { break }
            (atLeft, atRight) = (atRight, hazard(next))
        }
        return sizes.spread * (right + 0.2106 * scale)
    }

    /// The sum over the bins of the exact probability of a difference as large; it ends once it is `enough`.
    ///
    /// Of each kind the fullest bin stands for all, and one of up to one expected row less for where its next whole
    /// number lies. `all` are the rows of both sides, `draws` those of the smaller one.
    func tailSum(_ distance: Double, all: Int, draws: Int, enough: Double) -> Double {
        let reach = distance / sizes.spread * (1 - 1e-12)
        let share = Double(draws) / Double(all)
        var sum = 0.0
        for kind in kinds.reversed() where kind.bins > 0 && sum < enough {
            let mean = Double(kind.most) * share
            // Bernstein's inequality: where even that adds nothing, it is enough.
            let bound = 2 * kind.bins * exp(-reach * reach / (2 * (mean * (1 - share) + reach / 3)))
            if bound < 1e-3 * sum {
                sum += bound
                continue
            }
            sum += kind.bins * tail(kind, reach, all: all, draws: draws)
        }
        return sum
    }

    private func tail(_ kind: Kind, _ reach: Double, all: Int, draws: Int) -> Double {
        let share = Double(draws) / Double(all)
        let fullest = Part(rows: Double(kind.most), bins: 1, all: self.all, share: share)
        guard fullest.variance < Self.exactVariance else { return fullest.tail(reach) }
        let lesser = max(kind.least, Int(Double(kind.most) - 1 / share))
        let upper = HypergeometricDistribution(total: all, marked: kind.most, draws: draws)
            .upperTail(from: Int((Double(lesser) * share + reach).rounded(.up)))
        guard fullest.mean >= reach else { return upper }
        return upper
            + HypergeometricDistribution(total: all, marked: lesser, draws: draws)
            .lowerTail(to: Int((fullest.mean - reach).rounded(.down)))
    }

    /// From which variance of a bin's rows on a tail is taken from its deviance: exactly it would take as many terms
    /// as there are standard deviations, and differ by a hundredth.
    private static let exactVariance = 1e4

    /// Four kinds to each doubling, the fullest bins first.
    private var parts: [Part] {
        var parts = [Part]()
        var place = kinds.count
        while place > 0 {
            let first = (place - 1) / 4 * 4
            var (rows, bins) = (0.0, 0.0)
            for kind in kinds[first..<place] where kind.bins > 0 {
                rows += kind.rows
                bins += kind.bins
            }
            place = first
            guard bins > 0 else { continue }
            let part = Part(rows: rows / bins, bins: bins, all: all, share: sizes.windowShare)
            if part.variance > 0 { parts.append(part) }
        }
        return parts
    }

    /// Some bins, each with X of its rows in the window.
    private struct Part {
        let rows: Double
        let mean: Double
        /// How many bins they count for.
        let weight: Double
        let variance: Double
        private let free: Double

        init(rows: Double, bins: Double, all: Double, share: Double) {
            self.rows = rows
            weight = bins * max(0.2, 1 - 1.7 * (rows / all) * (rows / all))
            mean = rows * share
            free = max(0, 1 - rows / all)
            variance = mean * (1 - share) * free
        }

        /// About P(|X − E X| ≥ t): of the signed root of the deviance, which is nearly normal; of X itself, where it
        /// has many rows.
        func tail(_ t: Double) -> Double {
            if variance > 1e5 { return 2 * NormalDistribution.upperTail(t / variance.squareRoot()) }
            var tail = 0.0
            if mean + t < rows { tail += NormalDistribution.upperTail(root(t)) }
            if t < mean { tail += NormalDistribution.upperTail(root(-t)) }
            return tail
        }

        private func root(_ t: Double) -> Double {
            let other = rows - mean
            return (2 * (mean * Self.deviance(t / mean) + other * Self.deviance(-t / other)) / free).squareRoot()
        }

        /// (1 + d) · log(1 + d) − d.
        private static func deviance(_ d: Double) -> Double {
            abs(d) < 1e-3 ? d * d * (1 / 2 - d * (1 / 6 - d / 12)) : (1 + d) * log(1 + d) - d
        }
    }
}
