import LeewayCore
import LeewayMonitor

/// The numbers of SplitMix64 (Steele, Lea & Flood 2014), which a few lines of any language can draw again.
struct Draws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// A table of two numeric columns and one of categories, which other bins than those of its own rows may count.
struct DrawnRows {
    static let columns = ["x", "c", "y"]

    /// Rows of x (missing: NaN), code of c, y (nil: unseen), code of the label, score.
    var rows: [(Double, Int32, Double?, Int32, Double)] = []

    init(seed: UInt64, count: Int) {
        var draws = Draws(seed: seed)
        for _ in 0..<count {
            let x = draws.next(below: 10) == 0 ? Double.nan : Double(draws.next(below: 90) - 20) / 4
            let y = draws.next(below: 20) == 0 ? nil : Double(draws.next() >> 11) / 0x1p53
            let code = Int32(draws.next(below: 5)) - 2
            rows.append((x, code, y, Int32(draws.next(below: 2)), Double(draws.next() >> 11) / 0x1p53))
        }
    }

    static func bins() -> WindowBins {
        let reference = DrawnRows(seed: 99, count: 300)
        let c = Categorical(categories: ["a", "b", "é"], codes: [0, 1, 2, 2])
        return WindowBins(
            [
                ReferenceCounts(.init("x", .numeric(reference.rows.map(\.0)))),
                ReferenceCounts(.init("c", .categorical(c))),
                ReferenceCounts(.init("y", .numeric(reference.rows.map { $0.2 ?? .nan }))),
            ], labels: ["no", "yes"])
    }

    func counted(in bins: WindowBins) -> WindowCounts {
        var counts = WindowCounts(bins)
        for (x, code, y, label, score) in rows {
            counts.add(number: x, to: 0)
            counts.add(code: code, to: 1)
            if let y { counts.add(number: y, to: 2) } else { counts.addUnseen(to: 2) }
            counts.add(number: score, to: bins.score)
            counts.add(code: label, to: bins.label)
            counts.endRow()
        }
        return counts
    }
}
