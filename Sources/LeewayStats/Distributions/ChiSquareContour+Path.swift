#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ChiSquareContour {
    /// The integrand along the path, relative to the saddle's height.
    struct Path {
        private let degrees: Double
        /// 4λx.
        private let product: Double
        private let root: Double
        /// log w where the path crosses the real axis.
        private let logOfStart: Double
        /// sinh s, sinh²(s/2) and sinh s − s, s being what was added to log ρ to keep away from the pole.
        private let sinhOfShift: Double
        private let halfSinhSquared: Double
        private let sinhLessShift: Double

        init(degrees: Double, product: Double, root: Double, logOfStart: Double, shift: Double) {
            self.degrees = degrees
            self.product = product
            self.root = root
            self.logOfStart = logOfStart
            sinhOfShift = sinh(shift)
            let halfSinh = sinh(shift / 2)
            halfSinhSquared = halfSinh * halfSinh
            sinhLessShift = Self.sinhLessLinear(shift)
        }

        /// Real parts of the integrands of the share and of its derivative by λ, and the size of their common factor.
        struct Value {
            let share: Double
            let slope: Double
            let size: Double
        }

        var start: Value {
            let size = exp(root * halfSinhSquared + degrees / 2 * sinhLessShift)
            return Value(share: size * exp(logOfStart) / -expm1(logOfStart), slope: size / 2, size: size)
        }

        func value(at angle: Double) -> Value {
            let (sine, cosine) = (sin(angle), cos(angle))
            let halfSine = sin(angle / 2)
            let versine = 2 * halfSine * halfSine
            // t = θ / sin θ; its excess over 1 is what the differences below are made of.
            let excess = Self.excess(angle, sine)
            let t = 1 + excess
            let spread = (degrees * t * degrees * t + product).squareRoot()
            let growth = degrees * degrees * excess * (t + 1) / (spread + root)
            let logOfGrowth = log1p((degrees * excess + growth) / (degrees + root))
            let inner = excess * cosine - versine
            let real =
                spread * (halfSinhSquared * cosine - versine / 2) + growth / 2
                + degrees / 2 * (inner * sinhOfShift + sinhLessShift - logOfGrowth)
            let imaginary = degrees * angle * halfSinhSquared + spread / 2 * sinhOfShift * sine
            let size = exp(real)

            // dw/dθ = i · w · (1 − i · ρ′/ρ), and ρ′/ρ = ν · t′ / √(ν²t² + 4λx).
            let turn = degrees * (versine - excess * cosine) / sine / spread
            let radius = exp(logOfStart + logOfGrowth)
            // w · (1 − i · turn) / (1 − w) = (a + ib) / (c + id).
            let (a, b) = (radius * (cosine + sine * turn), radius * (sine - cosine * turn))
            let (c, d) = (radius * versine - expm1(logOfStart + logOfGrowth), -radius * sine)
            let norm = c * c + d * d
            let (waveSine, waveCosine) = (sin(imaginary), cos(imaginary))
            return Value(
                share: size * ((a * c + b * d) * waveCosine - (b * c - a * d) * waveSine) / norm,
                slope: size * (waveCosine + turn * waveSine) / 2,
                size: size)
        }

        /// θ / sin θ − 1.
        private static func excess(_ angle: Double, _ sine: Double) -> Double {
            guard angle < 0.25 else { return (angle - sine) / sine }
            let square = angle * angle
            var series = 0.0
            for coefficient in excessCoefficients { series = coefficient + square * series }
            return square * series
        }

        /// sinh s − s.
        private static func sinhLessLinear(_ s: Double) -> Double {
            guard abs(s) < 0.5 else { return sinh(s) - s }
            let square = s * s
            // Divided by s³/6, each term is the one before it times s² / (2k · (2k + 1)).
            var series = 1.0
            for even in stride(from: 12.0, through: 4, by: -2) { series = 1 + series * square / (even * (even + 1)) }
            return s * square / 6 * series
        }

        /// 2 · (2^(2k−1) − 1) · |B₂ₖ| / (2k)!, from k = 7 down to 1.
        private static let excessCoefficients: [Double] = [
            8_191 / 37_362_124_800, 1_414_477 / 653_837_184_000, 73 / 3_421_440, 127 / 604_800, 31 / 15_120, 7 / 360,
            1 / 6,
        ]
    }
}
