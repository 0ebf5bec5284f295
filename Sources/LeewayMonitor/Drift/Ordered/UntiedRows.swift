#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The window's rows strictly between two reference values: they differ from each other, and each is a term of A².
struct UntiedRows {
    private let references: Double
    private let rows: Double
    private let product: Double
    private let isRight: Bool
    /// r with x(N − x) − N/4 = (x − r)(N − r − x).
    private let root: Double

    /// Takes both sides' rows, and whether each row's term is taken after it, not at its middle.
    init(references: Double, windows: Double, isRight: Bool) {
        (self.references, self.isRight) = (references, isRight)
        (rows, product) = (references + windows, references * windows)
        root = isRight ? 0 : 0.5 / (1 + (1 - 1 / rows).squareRoot())
    }

    /// Σ (F − G)² / (x(N − x) − N/4), x = the rank of each row; after each row without N/4, and without the last row of all.
    ///
    /// - Complexity: constant: many rows have a closed form by partial fractions and the digamma function.
    func sum(below: Double, rank: Double, count: Double) -> Double {
        let count = isRight && rank + count >= rows ? count - 1 : count
        guard count > 0 else { return 0 }
        let first = rank + (isRight ? 1 : 0.5)
        let last = first + count - 1
        func term(_ x: Double) -> Double {
            // nm(F − G) = N · below − n · x.
            let difference = (rows * below - references * x) / product
            return difference * difference / ((x - root) * (rows - root - x))
        }
        if count > 3, min(first, rows - last) > 64 * count {
            // Three places with the rows' second and fourth moments: Gauss's rule for them.
            let square = count * count
            let (second, fourth) = ((square - 1) / 12, (3 * square * square - 10 * square + 7) / 240)
            let (middle, reach) = ((first + last) / 2, (fourth / second).squareRoot())
            let weight = second * second / (2 * fourth)
            return count * ((1 - 2 * weight) * term(middle) + weight * (term(middle - reach) + term(middle + reach)))
        }
        guard count > 64 else {
            var (sum, x) = (0.0, first)
            while x <= last {
                sum += term(x)
                x += 1
            }
            return sum
        }
        let low = (rows * below - references * root) / product
        let high = (rows * below - references * (rows - root)) / product
        let slope = references / product
        let rise = Self.digammaRise(first - root, count)
        let fall = Self.digammaRise(rows - root - last, count)
        return (low * low * rise + high * high * fall) / (rows - 2 * root) - slope * slope * count
    }

    /// ψ(x + count) − ψ(x), x > 0: 1/x + 1/(x + 1) + … .
    private static func digammaRise(_ x: Double, _ count: Double) -> Double {
        var (x, rise) = (x, 0.0)
        let end = x + count
        while x < 24 {
            rise += 1 / x
            x += 1
        }
        func rest(_ x: Double) -> Double {
            let square = 1 / (x * x)
            return 0.5 / x + square * (1 / 12 - square * (1 / 120 - square / 252))
        }
        // `count` is above 24 here.
        return rise + log(end / x) - rest(end) + rest(x)
    }
}
