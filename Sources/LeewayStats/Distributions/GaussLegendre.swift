#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gauss and Legendre's quadrature with 64 nodes: exact for polynomials up to degree 127.
enum GaussLegendre {
    /// ∫ f over `start` … `end`.
    static func integral(from start: Double, to end: Double, of function: (Double) -> Double) -> Double {
        let (middle, half) = ((start + end) / 2, (end - start) / 2)
        var sum = 0.0
        for node in nodes {
            sum += node.weight * (function(middle - half * node.x) + function(middle + half * node.x))
        }
        return sum * half
    }

    /// The positive zeros of the Legendre polynomial of degree 64, and their weights 2 / ((1 − x²) · P′(x)²).
    private static let nodes: [(x: Double, weight: Double)] = (1...32).map { index in
        var x = cos(Double.pi * (Double(index) - 0.25) / 64.5)
        var derivative = 1.0
        // Newton's method from Tricomi's start: four steps are one more than it takes.
        for _ in 0..<4 {
            var (before, value) = (1.0, x)
            for degree in stride(from: 2.0, through: 64, by: 1) {
                (before, value) = (value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree)
            }
            derivative = 64 * (x * value - before) / (x * x - 1)
            x -= value / derivative
        }
        return (x, 2 / ((1 - x * x) * derivative * derivative))
    }
}
