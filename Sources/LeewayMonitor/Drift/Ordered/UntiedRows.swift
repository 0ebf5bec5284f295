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

    /// Whether so many rows around rank x are few beside those below and above them.
    @inline(__always)
    func isFar(_ x: Double, _ count: Double) -> Bool { min(x, rows - x) > 65 * count }

    /// The sum below for rows around rank x, far from both ends: by the second derivative, right to a relative 1e-8.
    ///
    /// `difference` is F − G at x, `inverse` 1 / (x(N − x) − N/4).
    @inline(__always)
    func sum(_ difference: Double, _ x: Double, _ count: Double, _ inverse: Double) -> Double {
        let variance = (count * count - 1) / 12
        let slope = references / product + difference * inverse * (rows - 2 * x)
        let square = difference * difference
        return count * inverse * (square + variance * (slope * slope + square * inverse))
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
            return difference * difference / ((x - root) * (rows - x - root))
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
        let fall = Self.digammaRise(rows - rank - count + (isRight ? 0 : 0.5) - root, count)
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
