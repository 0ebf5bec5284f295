/// The moments of one bin's summand where nothing moved, as a multiple of its unit.
///
/// Of c rows of both sides in a bin, X are the window's: binomial with the window's share π of all rows. For many rows
/// the summand tends to a squared normal number: mean 1, variance 2. For few it does not, and how far it stays away
/// depends on x = c · π(1 − π) and a little on π(1 − π): summed up exactly on a grid of both, straight in between.
struct TermTable: Sendable {
    /// What is known of a summand f at some x.
    struct Moments: Sendable {
        /// Its mean.
        var mean: Double
        /// Its variance.
        var variance: Double
        /// Its covariance with X, divided by the standard deviation of X.
        var slope: Double

        static func mix(_ low: Moments, _ high: Moments, _ share: Double) -> Moments {
            Moments(
                mean: low.mean + share * (high.mean - low.mean),
                variance: low.variance + share * (high.variance - low.variance),
                slope: low.slope + share * (high.slope - low.slope))
        }
    }

    /// The grid's values of π: those above ½ mirror these.
    private static let windowShares = [1e-5, 0.03, 0.12, 0.25, 0.5]
    /// x from 1/32 to 64, `steps` of them to each doubling.
    private static let lowest = -5
    private static let highest = 6
    private static let steps = 4

    /// For each π, the moments at each x.
    private let rows: [[Moments]]

    /// Sums up a term's moments.
    init<Term: BinTerm>(_: Term.Type) {
        rows = Self.windowShares.map { share in
            let node = Node<Term>(windowShare: share)
            return (0...(Self.highest - Self.lowest) * Self.steps).map { place in
                let octave = Double(sign: .plus, exponent: Self.lowest + place / Self.steps, significand: 1)
                return node.moments(octave * (1 + Double(place % Self.steps) / Double(Self.steps)))
            }
        }
    }

    /// The moments for one window's share of all rows.
    func row(_ sizes: SideSizes) -> Row {
        let share = min(sizes.windowShare, 1 - sizes.windowShare)
        let spread = share * (1 - share)
        var high = 1
        while high < Self.windowShares.count - 1, Self.windowShares[high] < share { high += 1 }
        let (left, right) = (Self.windowShares[high - 1], Self.windowShares[high])
        let (low, top) = (left * (1 - left), right * (1 - right))
        let weight = min(max((spread - low) / (top - low), 0), 1)
        let isMirrored = sizes.windowShare > 0.5
        return Row(
            moments: zip(rows[high - 1], rows[high]).map { low, top in
                var moments = Moments.mix(low, top, weight)
                if isMirrored { moments.slope = -moments.slope }
                return moments
            })
    }

    /// The moments as a function of x alone.
    struct Row: Sendable {
        fileprivate let moments: [Moments]

        /// Runs a function with the look-up.
        func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
            moments.withUnsafeBufferPointer { body(Lookup(moments: $0)) }
        }
    }

    /// The moments of a row, without the cost of an array.
    struct Lookup {
        fileprivate let moments: UnsafeBufferPointer<Moments>

        /// The moments at x > 0: below the grid they fall in proportion to x, above it they near the limit's like 1/x.
        @inline(__always)
        func callAsFunction(_ x: Double) -> Moments {
            let (first, last) = (0x1p-5, 0x1p6)
            if x < first {
                let (edge, share) = (moments[0], x / first)
                return Moments(
                    mean: edge.mean * share, variance: edge.variance * share, slope: edge.slope * share.squareRoot())
            }
            if x >= last {
                let (edge, share) = (moments[moments.count - 1], last / x)
                return Moments(
                    mean: 1 + (edge.mean - 1) * share, variance: 2 + (edge.variance - 2) * share,
                    slope: edge.slope * share.squareRoot())
            }
            // The bits of a number are its logarithm, straight between the powers of two: as the grid is.
            let bits = x.bitPattern
            let place = Int(bits >> 50) - (1023 + TermTable.lowest) * TermTable.steps
            let share = Double(bits & (1 << 50 - 1)) * 0x1p-50
            return Moments.mix(moments[place], moments[place + 1], share)
        }
    }
}

/// Sums a term over all ways in which a bin's rows may fall to both sides.
private struct Node<Term: BinTerm> {
    let windowShare: Double

    /// The moments at x, between those of the two whole numbers of rows about it.
    func moments(_ x: Double) -> TermTable.Moments {
        let rows = x / (windowShare * (1 - windowShare))
        let whole = rows.rounded(.down)
        let none = TermTable.Moments(mean: 0, variance: 0, slope: 0)
        let low = whole > 0 ? moments(rows: whole) : none
        return .mix(low, moments(rows: whole + 1), rows - whole)
    }

    private func moments(rows: Double) -> TermTable.Moments {
        let sizes = SideSizes(reference: 1 - windowShare, window: windowShare)
        let (mean, odds) = (rows * windowShare, windowShare / (1 - windowShare))
        let deviation = (mean * (1 - windowShare)).squareRoot()
        let first = max(0, (mean - 9 * deviation).rounded(.down))
        let last = min(rows, (mean + 9 * deviation + 12).rounded(.up))
        let mode = min(max(mean.rounded(.down), first), last)
        var sums = Sums()
        // Outwards from the mode, as nothing overflows that way.
        var weight = 1.0
        var count = mode
        while count >= first {
            sums.add(weight, term(count, rows, sizes), count - mean)
            weight *= count / ((rows - count + 1) * odds)
            count -= 1
        }
        (weight, count) = ((rows - mode) / (mode + 1) * odds, mode + 1)
        while count <= last {
            sums.add(weight, term(count, rows, sizes), count - mean)
            weight *= (rows - count) / (count + 1) * odds
            count += 1
        }
        return sums.moments(deviation)
    }

    private func term(_ count: Double, _ rows: Double, _ sizes: SideSizes) -> Double {
        Term.value((rows - count) / sizes.reference, count / sizes.window, sizes) / Term.unit(sizes)
    }

    private struct Sums {
        var (weight, mean, square, product) = (0.0, 0.0, 0.0, 0.0)

        mutating func add(_ weight: Double, _ value: Double, _ deviation: Double) {
            self.weight += weight
            mean += weight * value
            square += weight * value * value
            product += weight * value * deviation
        }

        func moments(_ deviation: Double) -> TermTable.Moments {
            let mean = mean / weight
            return TermTable.Moments(
                mean: mean, variance: max(0, square / weight - mean * mean), slope: product / weight / deviation)
        }
    }
}
