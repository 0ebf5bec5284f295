#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A symmetric matrix on its way to its diagonal: QᵀAQ, of which diagonal and subdiagonal are left, and Qᵀ by rows.
struct Tridiagonal {
    var diagonal: [Double]
    /// Place i is beside `diagonal[i]` and `diagonal[i + 1]`; the last is 0.
    var beside: [Double]
    /// Qᵀ in row-major order: its rows become the eigenvectors.
    var rotation: [Double]

    /// Householder's reduction: a reflection a column takes what is below its subdiagonal to 0.
    init(_ rows: [[Double]], unit: Double) {
        let n = rows.count
        var a = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for k in 0...i {
                a[i * n + k] = rows[i][k] / unit
                a[k * n + i] = rows[i][k] / unit
            }
        }
        var q = [Double](repeating: 0, count: n * n)
        for i in 0..<n { q[i * n + i] = 1 }
        diagonal = [Double](repeating: 0, count: n)
        beside = [Double](repeating: 0, count: n)
        var (v, p) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
        for k in 0..<max(0, n - 2) {
            // Row k right of the diagonal is column k below it.
            let size = (k + 1..<n).reduce(0) { max($0, abs(a[k * n + $1])) }
            guard size > 0 else { continue }
            var length = 0.0
            for i in k + 1..<n {
                v[i] = a[k * n + i] / size
                length += v[i] * v[i]
            }
            let norm = length.squareRoot()
            let head = v[k + 1] < 0 ? norm : -norm
            // vᵀv / 2 after the head is taken off.
            let half = length - v[k + 1] * head
            v[k + 1] -= head
            // A ← A − v wᵀ − w vᵀ with w = A v / h − (vᵀ A v / 2h²) v.
            var product = 0.0
            for i in k + 1..<n {
                var sum = 0.0
                for j in k + 1..<n { sum += a[i * n + j] * v[j] }
                p[i] = sum / half
                product += p[i] * v[i]
            }
            let share = product / (2 * half)
            for i in k + 1..<n { p[i] -= share * v[i] }
            for i in k + 1..<n {
                let (vi, pi) = (v[i], p[i])
                for j in k + 1..<n { a[i * n + j] -= vi * p[j] + pi * v[j] }
            }
            for i in k + 1..<n {
                a[k * n + i] = 0
                a[i * n + k] = 0
            }
            a[k * n + k + 1] = head * size
            a[(k + 1) * n + k] = head * size
            // Qᵀ ← H Qᵀ: the sums run along rows.
            for j in 0..<n { p[j] = 0 }
            for i in k + 1..<n {
                let vi = v[i] / half
                for j in 0..<n { p[j] += vi * q[i * n + j] }
            }
            for i in k + 1..<n {
                let vi = v[i]
                for j in 0..<n { q[i * n + j] -= vi * p[j] }
            }
        }
        for i in 0..<n {
            diagonal[i] = a[i * n + i]
            beside[i] = i + 1 < n ? a[i * n + i + 1] : 0
        }
        rotation = q
    }

    /// Takes the subdiagonal to 0 by QL steps, each shifted by the eigenvalue of a corner that is nearest.
    mutating func diagonalise() {
        let n = diagonal.count
        for low in 0..<n {
            // Cubic convergence: two or three steps a value; thirty were never seen to fall short.
            for _ in 0..<60 {
                var high = low
                while high + 1 < n, abs(beside[high]) > 0x1p-53 * (abs(diagonal[high]) + abs(diagonal[high + 1])) {
                    high += 1
                }
                guard high > low else { break }
                step(low, high)
            }
        }
    }

    private mutating func step(_ low: Int, _ high: Int) {
        let ratio = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low])
        let root = hypot(ratio, 1)
        var g = diagonal[high] - diagonal[low] + beside[low] / (ratio + (ratio < 0 ? -root : root))
        var (sine, cosine, moved) = (1.0, 1.0, 0.0)
        for i in stride(from: high - 1, through: low, by: -1) {
            let (f, b) = (sine * beside[i], cosine * beside[i])
            let r = hypot(f, g)
            beside[i + 1] = r
            guard r > 0 else {
                // The matrix fell apart; the parts are treated one after the other.
                diagonal[i + 1] -= moved
                beside[high] = 0
                return
            }
            (sine, cosine) = (f / r, g / r)
            g = diagonal[i + 1] - moved
            let t = (diagonal[i] - g) * sine + 2 * cosine * b
            moved = sine * t
            diagonal[i + 1] = g + moved
            g = cosine * t - b
            rotate(i, sine, cosine)
        }
        diagonal[low] -= moved
        beside[low] = g
        beside[high] = 0
    }

    /// Turns rows i and i + 1 of Qᵀ.
    private mutating func rotate(_ i: Int, _ sine: Double, _ cosine: Double) {
        let n = diagonal.count
        rotation.withUnsafeMutableBufferPointer { rotation in
            var (first, second) = (i * n, (i + 1) * n)
            for _ in 0..<n {
                let (x, y) = (rotation[first], rotation[second])
                rotation[second] = sine * x + cosine * y
                rotation[first] = cosine * x - sine * y
                first &+= 1
                second &+= 1
            }
        }
    }
}
