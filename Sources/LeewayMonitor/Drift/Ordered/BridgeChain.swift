#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The chance that a Brownian bridge stays in (−b, b), from its end to its beginning, one group of rows after the other.
///
/// At each group's end the chance is kept at x = 0, b/steps … b (it is even in x), times the density of the way to the end.
/// Integrals over x are those of the trapezoidal rule with Gregory's weights at b. Inside untied groups the bound is kept
/// by the method of images.
struct BridgeChain {
    private let bound: Double
    private let steps: Int
    private let weights: [Double]
    /// Values times weights; empty at the end.
    private var values: [Double] = []
    private var next: [Double]
    /// The density of one group's step, by distance on the grid.
    private var kernel: [Double]
    /// The chance from the beginning, once the first group is crossed.
    private(set) var stay = 0.0

    /// Starts at the end, where the bridge is 0; at least ten steps.
    init(bound: Double, steps: Int) {
        (self.bound, self.steps) = (bound, steps)
        next = Array(repeating: 0, count: steps + 1)
        kernel = Array(repeating: 0, count: 4 * steps + 1)
        var weights = Array(repeating: bound / Double(steps), count: steps + 1)
        weights[0] /= 2
        for (place, weight) in [95.0 / 288, 317.0 / 240, 23.0 / 30, 793.0 / 720, 157.0 / 160].enumerated() {
            weights[steps - place] *= weight
        }
        self.weights = weights
    }

    /// Goes over one group towards the beginning, where the bridge is 0.
    mutating func cross(_ share: Double, isTied: Bool, isFirst: Bool) {
        fillKernel(share, through: isTied ? 2 * steps : 4 * steps)
        let (last, period) = (isFirst ? 0 : steps, 2 * steps)
        // At the end the bridge is 0, whence half of what goes to 0 or −0.
        let isEnd = values.isEmpty
        if isEnd { values = [0.5] }
        kernel.withUnsafeBufferPointer { kernel in
            values.withUnsafeBufferPointer { values in
                for x in 0...last {
                    var sum = 0.0
                    for y in values.indices {
                        let (near, far) = (abs(x - y), x + y)
                        var density = kernel[near] + kernel[far]
                        if !isTied {
                            density -= kernel[period - near] + kernel[period + near]
                            density -= kernel[period - far] + kernel[period + far]
                        }
                        sum += density * values[y]
                    }
                    next[x] = sum
                }
            }
        }
        if isFirst { stay = next[0] * (2 * Double.pi).squareRoot() }
        if isEnd { values = next }
        for x in values.indices { values[x] = next[x] * weights[x] }
    }

    private mutating func fillKernel(_ share: Double, through last: Int) {
        let unit = bound / Double(steps)
        let scale = 1 / (2 * .pi * share).squareRoot()
        // exp(−c · k²) by its ratios, which fall by exp(−2c) each.
        let (first, fall) = (exp(-unit * unit / (2 * share)), exp(-unit * unit / share))
        var (value, ratio) = (scale, first)
        for place in 0...last {
            kernel[place] = value
            value *= ratio
            ratio *= fall
        }
    }
}
