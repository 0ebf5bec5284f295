import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A quadratic form of a Brownian bridge that is seen between groups of tied rows only: zᵀMz, where M joins neighbours.
///
/// It is what rank statistics such as Cramér-von Mises' and Anderson-Darling's come to under ties in large samples: with
/// Σ the bridge's covariance, a sum of chi-squares weighted by the eigenvalues of ΣM. As Σ⁻¹ and M have three diagonals,
/// log det(I − 2ζΣM) and its derivatives take one pass.
///
/// - Accuracy: a relative 1 % in tails below 0.1, 3 % above; exact for a single chi-square.
/// - Source: Choulakian, Lockhart & Stephens, Canadian J. Statist. 22 (1994), for the form; Kuonen, Biometrika 86 (1999), for
///   the saddlepoint approximation of its tail; Wood, Booth & Butler, J. Amer. Statist. Assoc. 88 (1993), for one that is
///   based on a chi-square.
struct BridgeForm: Sendable {
    /// One group, and what it adds to the form: left · z₀² + 2 · across · z₀z₁ + right · z₁², z at its two ends.
    struct Element: Sendable {
        let share: Double
        let left: Double
        let right: Double
        let across: Double
    }

    /// The cumulant generating function K(ζ) and its first two derivatives.
    struct Cumulants: Sendable {
        var value = 0.0
        var slope = 0.0
        var bend = 0.0
    }

    /// The form's mean.
    let mean: Double
    /// Its variance.
    let variance: Double
    let elements: [Element]

    /// Takes the groups in order; their shares add up to 1.
    init(_ elements: [Element]) {
        self.elements = elements
        let cumulants = Self.cumulants(elements, at: 0) ?? Cumulants()
        (mean, variance) = (cumulants.slope, cumulants.bend)
    }

    /// The chance of a value above `value`; 1 where the form is always 0.
    ///
    /// - Complexity: O(groups), some ten passes.
    func upperTail(_ value: Double) -> Double {
        guard variance > 0, value > 0 else { return 1 }
        // At the mean itself the formula is 0/0.
        let near = 0.01 * variance.squareRoot()
        guard abs(value - mean) < near else { return tail(value) }
        let part = (value - mean + near) / (2 * near)
        return (1 - part) * tail(mean - near) + part * tail(mean + near)
    }

    private func tail(_ value: Double) -> Double {
        // Exact where one chi-square is all there is.
        var point = (1 - mean / value) * mean / variance
        var (low, high) = (-Double.infinity, Double.infinity)
        for _ in 0..<60 {
            guard let cumulants = Self.cumulants(elements, at: point) else {
                high = point
                point = low.isFinite ? (low + high) / 2 : 0
                continue
            }
            let (slope, bend) = (cumulants.slope, cumulants.bend)
            if slope < value { low = point } else { high = point }
            guard abs(slope / value - 1) > 1e-9 else {
                return Self.tail(point, value, cumulants)
            }
            // Newton's step for 1/K′, which is nearly straight.
            let next = point + (slope - slope * slope / value) / bend
            point = next > low && next < high ? next : (low + high) / 2
            guard point.isFinite else { break }
        }
        return value > mean ? 0 : 1
    }

    /// The tail at the saddle point ζ of K(ζ) − ζx, measured by that of one chi-square, for which it is exact: ξ is where
    /// that one's saddle is as deep, ξ − 1 − ln ξ = w², and (1 − 1/ξ)/2 its point.
    private static func tail(_ point: Double, _ value: Double, _ cumulants: Cumulants) -> Double {
        let square = 2 * max(point * value - cumulants.value, 0)
        let root = chiSquare(depth: square, isAbove: point > 0)
        let density = exp(-root / 2) / (2 * .pi * root).squareRoot()
        let ratio = 2.0.squareRoot() * root / (point * cumulants.bend.squareRoot())
        let tail = erfc((root / 2).squareRoot()) + density * (ratio - 2 * root / (root - 1))
        return tail.isNaN ? (point < 0 ? 1 : 0) : min(max(tail, 0), 1)
    }

    /// The ξ with ξ − 1 − ln ξ = `depth`, above 1 or below it.
    private static func chiSquare(depth: Double, isAbove: Bool) -> Double {
        // The function is convex: from outside, Newton's steps do not pass the root.
        var root = isAbove ? 1 + (2 * depth).squareRoot() + depth : exp(-1 - depth)
        for _ in 0..<50 {
            let step = (root - 1 - log(root) - depth) / (1 - 1 / root)
            root -= step
            if abs(step) <= 1e-14 * root { break }
        }
        return root
    }

    /// K(ζ) = −½ log det(I − 2ζΣM) with K′ and K″; nil where the expectation of exp(ζ · zᵀMz) is infinite.
    private static func cumulants(_ elements: [Element], at point: Double) -> Cumulants? {
        var sums = Cumulants()
        // The last pivot of Σ⁻¹ − 2ζM and its derivatives by ζ.
        var (pivot, pivotSlope, pivotBend) = (1.0, 0.0, 0.0)
        var below = 0.0
        return elements.withUnsafeBufferPointer { elements in
            for knot in 0..<max(0, elements.count - 1) {
                let (element, next) = (elements[knot], elements[knot + 1])
                below += element.share
                let slope = -2 * (element.right + next.left)
                var newPivot = 1 / element.share + 1 / next.share + point * slope
                var (newSlope, newBend) = (slope, 0.0)
                if knot > 0 {
                    let acrossSlope = -2 * element.across
                    let across = -1 / element.share + point * acrossSlope
                    let lost = across * across / pivot
                    let lostSlope = (2 * across * acrossSlope - lost * pivotSlope) / pivot
                    newPivot -= lost
                    newSlope -= lostSlope
                    newBend =
                        -(2 * acrossSlope * acrossSlope - 2 * lostSlope * pivotSlope - lost * pivotBend) / pivot
                }
                guard newPivot > 0 else { return nil }
                (pivot, pivotSlope, pivotBend) = (newPivot, newSlope, newBend)
                let logSlope = pivotSlope / pivot
                // At ζ = 0 the pivot is 1/H + 1/h, H the share below and h that of the next group.
                sums.value -= log(pivot / (1 / below + 1 / next.share)) / 2
                sums.slope -= logSlope / 2
                sums.bend -= (pivotBend / pivot - logSlope * logSlope) / 2
            }
            return sums
        }
    }
}
