import LeewayCore
import LeewayMonitor
import LeewayStats

/// Streams to watch: normal numbers and categories, drawn from a seed.
struct SequentialDraws {
    var generator: SeededGenerator

    init(_ stream: UInt64) { generator = SeededGenerator(seed: 20_261_123, stream: stream) }

    mutating func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }

    mutating func normal() -> Double { NormalDistribution.quantile(uniform()) }

    mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }

    /// A place among shares that sum to 1.
    mutating func place(_ shares: [Double]) -> Int {
        var rest = uniform()
        for (place, share) in shares.enumerated() {
            rest -= share
            if rest < 0 { return place }
        }
        return shares.count - 1
    }
}

extension ReferenceCounts {
    static func numbers(_ numbers: [Double], _ name: String = "x") -> ReferenceCounts {
        ReferenceCounts(.init(name, .numeric(numbers)))
    }

    static func categories(_ texts: [String?], _ name: String = "c") -> ReferenceCounts {
        ReferenceCounts(.init(name, .categorical(Categorical(texts))))
    }
}
