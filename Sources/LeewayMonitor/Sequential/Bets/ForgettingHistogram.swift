import LeewayCore

/// A bet that learns: on cells, it expects what it saw lately.
///
/// e = ((a · p + c) / (a + m)) / p, where p is the cell's chance without a change, a the prior's rows, and c of the m rows
/// remembered lay in the cell; each new row leaves 1 − 1 / memory of the older ones. The mean of e over the chances is 1,
/// whatever was seen.
struct ForgettingHistogram: Sendable, Equatable {
    private let (prior, keep): (Double, Double)
    /// What a new row weighs: it grows instead of all older ones shrinking.
    private var weight = 1.0
    private var counts: [Double]
    private var remembered = 0.0

    init(cells: Int, memory: Double, prior: Double) {
        (self.prior, keep) = (prior, 1 - 1 / memory)
        counts = [Double](repeating: 0, count: cells)
    }

    /// What the bet pays where a row falls into a cell of the given chance; then it remembers the row.
    @inline(__always)
    mutating func add(cell: Int, chance: Double) -> Double {
        let factor = (prior * chance + counts[cell] / weight) / ((prior + remembered) * chance)
        weight /= keep
        if weight > 1e100 {
            for cell in counts.indices { counts[cell] /= weight }
            weight = 1
        }
        counts[cell] += weight
        remembered = remembered * keep + 1
        return factor
    }

    /// Forgets all.
    mutating func reset() {
        for cell in counts.indices { counts[cell] = 0 }
        (weight, remembered) = (1, 0)
    }

    func write(to state: inout StateWriter) {
        state.append([weight, remembered])
        let kept = counts.indices.filter { counts[$0] != 0 }
        state.append(kept.count)
        for cell in kept {
            state.append(cell)
            state.append(counts[cell])
        }
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        reset()
        (weight, remembered) = (try state.amount(), try state.amount())
        guard weight >= 1, weight.isFinite else { throw StateReader.damaged("a weight can't be") }
        for _ in 0..<(try state.count(atMost: counts.count)) {
            counts[try state.count(atMost: counts.count - 1)] = try state.amount()
        }
    }
}
