import LeewayStats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A distribution that columns of the study are drawn from.
enum Population {
    case normal
    case lognormal
    case uniform
    case exponential
    /// Student's t with three degrees of freedom.
    case heavyTailed
    /// Two normal ones, four standard deviations apart.
    case bimodal
    /// 92 % zeros, the others lognormal: like a capital gain.
    case mostlyZero
    /// Whole years from 17 to 90, like an age.
    case years
    /// A normal one rounded to so many values a standard deviation.
    case rounded(Double)
    /// Categories with probabilities in proportion to these.
    case categories([Double])

    /// The columns of the study: ten of numbers, then ten of categories of differing cardinality.
    static let columns: [(name: String, population: Population)] = [
        ("normal", .normal), ("lognormal", .lognormal), ("uniform", .uniform), ("exponential", .exponential),
        ("heavy-tailed", .heavyTailed), ("bimodal", .bimodal), ("mostly-zero", .mostlyZero), ("years", .years),
        ("rounded-5", .rounded(5)), ("rounded-1", .rounded(1)), ("two", .categories([7, 3])),
        ("rare", .categories([97, 3])), ("three", .categories([1, 1, 1])), ("five", even(5)), ("five-zipf", zipf(5)),
        ("ten-zipf", zipf(10)), ("twenty", even(20)), ("twenty-zipf", zipf(20)), ("fifty-zipf", zipf(50)),
        ("hundred-zipf", zipf(100)),
    ]

    private static func even(_ count: Int) -> Population { .categories([Double](repeating: 1, count: count)) }
    private static func zipf(_ count: Int) -> Population { .categories((1...count).map { 1 / Double($0) }) }

    /// How many categories there are; nil for numbers.
    var cardinality: Int? {
        if case .categories(let weights) = self { weights.count } else { nil }
    }

    /// Draws a column; a category comes as its place.
    func draw(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
        switch self {
        case .categories(let weights):
            let total = weights.reduce(0, +)
            var sums: [Double] = []
            for weight in weights { sums.append((sums.last ?? 0) + weight / total) }
            sums[sums.count - 1] = 1
            return (0..<count).map { _ in
                let u = generator.unit()
                var (low, high) = (0, sums.count - 1)
                while low < high {
                    let middle = (low + high) / 2
                    if sums[middle] > u { high = middle } else { low = middle + 1 }
                }
                return Double(low)
            }
        default: return (0..<count).map { _ in number(&generator) }
        }
    }

    private func number(_ generator: inout SeededGenerator) -> Double {
        switch self {
        case .normal: return generator.normal()
        case .lognormal: return exp(generator.normal())
        case .uniform: return generator.unit()
        case .exponential: return -log(1 - generator.unit())
        case .heavyTailed:
            let (a, b, c) = (generator.normal(), generator.normal(), generator.normal())
            return generator.normal() / ((a * a + b * b + c * c) / 3).squareRoot()
        case .bimodal: return generator.normal() + (generator.unit() < 0.4 ? 4 : 0)
        case .mostlyZero: return generator.unit() < 0.92 ? 0 : (exp(8 + generator.normal())).rounded()
        case .years: return min(90, max(17, (38 + 14 * generator.normal()).rounded()))
        case .rounded(let values): return (generator.normal() * values).rounded() / values
        case .categories: return 0
        }
    }
}

extension SeededGenerator {
    /// A number from 0 to below 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A standard normal number.
    mutating func normal() -> Double { NormalDistribution.quantile((Double(next() >> 11) + 0.5) * 0x1p-53) }
}
