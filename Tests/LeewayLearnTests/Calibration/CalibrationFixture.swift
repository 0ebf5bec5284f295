import LeewayLearn
import LeewayStats

/// Labelled rows for tests of calibration.
enum CalibrationFixture {
    /// 2,000 rows without a random number: s = ((7919 k mod 2000) + 0.5) / 2000, y = (104729 k mod 2003) / 2003 < 0.9 s^1.5 + 0.03.
    static let grid: (labels: [Bool], scores: [Double]) = {
        let rows = (0..<2_000).map { k -> (Bool, Double) in
            let score = (Double(k * 7_919 % 2_000) + 0.5) / 2_000
            return (Double(k * 104_729 % 2_003) / 2_003 < score * score.squareRoot() * 0.9 + 0.03, score)
        }
        return (rows.map(\.0), rows.map(\.1))
    }()

    /// Weights for `grid`: 0.5 + (31 k mod 17) / 8.
    static let weights = (0..<2_000).map { 0.5 + Double($0 * 31 % 17) / 8 }

    /// Rows whose share of positives is a function of their score.
    static func drawn(
        _ count: Int, seed: UInt64, _ share: (Double) -> Double
    ) -> (labels: [Bool], scores: [Double]) {
        var generator = SeededGenerator(seed: seed)
        func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
        let scores = (0..<count).map { _ in 0.02 + 0.96 * uniform() }
        return (scores.map { uniform() < share($0) }, scores)
    }
}
