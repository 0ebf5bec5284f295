/// Nine dot products at once, of three rows with three rows: each number loaded serves three products.
///
/// Two lanes to a sum (even places, odd places), added at the end; so the order of every sum is fixed.
struct DotProducts {
    /// `row` i · `column` k.
    var of00, of01, of02, of10, of11, of12, of20, of21, of22: Double

    /// Dots the first `length` numbers of the rows at `a0`, `a1`, `a2` with those at `b0`, `b1`, `b2`.
    @inline(__always)
    init(
        _ a0: UnsafePointer<Double>, _ a1: UnsafePointer<Double>, _ a2: UnsafePointer<Double>,
        _ b0: UnsafePointer<Double>, _ b1: UnsafePointer<Double>, _ b2: UnsafePointer<Double>, length: Int
    ) {
        typealias Pair = SIMD2<Double>
        var (s00, s01, s02) = (Pair(), Pair(), Pair())
        var (s10, s11, s12) = (Pair(), Pair(), Pair())
        var (s20, s21, s22) = (Pair(), Pair(), Pair())
        var i = 0
        while i &+ 1 < length {
            let (x0, x1, x2) = (a0.pair(at: i), a1.pair(at: i), a2.pair(at: i))
            let y0 = b0.pair(at: i)
            s00 += x0 * y0
            s10 += x1 * y0
            s20 += x2 * y0
            let y1 = b1.pair(at: i)
            s01 += x0 * y1
            s11 += x1 * y1
            s21 += x2 * y1
            let y2 = b2.pair(at: i)
            s02 += x0 * y2
            s12 += x1 * y2
            s22 += x2 * y2
            i &+= 2
        }
        (of00, of01, of02) = (s00.x + s00.y, s01.x + s01.y, s02.x + s02.y)
        (of10, of11, of12) = (s10.x + s10.y, s11.x + s11.y, s12.x + s12.y)
        (of20, of21, of22) = (s20.x + s20.y, s21.x + s21.y, s22.x + s22.y)
        guard i < length else { return }
        of00 += a0[i] * b0[i]
        of01 += a0[i] * b1[i]
        of02 += a0[i] * b2[i]
        of10 += a1[i] * b0[i]
        of11 += a1[i] * b1[i]
        of12 += a1[i] * b2[i]
        of20 += a2[i] * b0[i]
        of21 += a2[i] * b1[i]
        of22 += a2[i] * b2[i]
    }

    /// The product of row i and column k.
    @inline(__always)
    subscript(_ i: Int, _ k: Int) -> Double {
        switch (i, k) {
        case (0, 0): of00
        case (0, 1): of01
        case (0, 2): of02
        case (1, 0): of10
        case (1, 1): of11
        case (1, 2): of12
        case (2, 0): of20
        case (2, 1): of21
        default: of22
        }
    }
}
