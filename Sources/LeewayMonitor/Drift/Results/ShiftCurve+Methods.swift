import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ShiftCurve {
    /// The Jensen-Shannon distance in nats: √(½ ∫ f · ln(f / m) + ½ ∫ g · ln(g / m)), m = (f + g)/2.
    static let jensenShannon = ShiftCurve { shift in
        integral(shift) { point in
            // With r = g/f = exp(−s·x): ½ f · (−ln((1 + r)/2)) + ½ g · (ln r − ln((1 + r)/2)).
            let log = -shift * point.place
            let mean = log1p(expm1(log) / 2)
            return -0.5 * (point.near * mean + point.far * (mean - log))
        }
    }

    /// Cohen's w of two samples alike in size: √∫ (f − g)² / ((f + g)/2).
    static let cohenW = ShiftCurve { shift in
        integral(shift) { point in
            let (near, far) = (point.near, point.far)
            return (near - far) * (near - far) / ((near + far) / 2)
        }
    }

    /// √∫ (F − G)² dH.
    static let cramerVonMises = ShiftCurve { shift in
        integral(shift) { point in
            let difference = point.nearTail - point.farTail
            return difference * difference * (point.near + point.far) / 2
        }
    }

    /// √∫ (F − G)² / (H(1 − H)) dH.
    static let andersonDarling = ShiftCurve { shift in
        integral(shift) { point in
            let (near, far) = (point.nearTail, point.farTail)
            let (difference, tail) = (near - far, (near + far) / 2)
            return difference * difference * (point.near + point.far) / 2 / (tail * (1 - tail))
        }
    }

    /// Both distributions at one place at or above the middle of their means, which are at ±s/2.
    private struct Point {
        let place: Double
        let shift: Double

        /// The density of the one with the higher mean.
        var near: Double { NormalDistribution.density(at: place - shift / 2) }
        /// The density of the one with the lower mean.
        var far: Double { NormalDistribution.density(at: place + shift / 2) }
        /// What of the one with the higher mean is above the place.
        var nearTail: Double { NormalDistribution.upperTail(place - shift / 2) }
        /// What of the one with the lower mean is above the place.
        var farTail: Double { NormalDistribution.upperTail(place + shift / 2) }
    }

    /// Twice the integral over the upper half, by the trapezoidal rule, which converges exponentially for such functions.
    private static func integral(_ shift: Double, of integrand: (Point) -> Double) -> Double {
        // The densities' ratio has poles π/s off the real line; with this step they cost less than 1e-14.
        let step = min(0.2, 0.6 / max(shift, 1))
        let count = Int((9 + shift / 2) / step)
        var sum = integrand(Point(place: 0, shift: shift)) / 2
        for index in 1...count { sum += integrand(Point(place: Double(index) * step, shift: shift)) }
        return 2 * step * sum
    }
}
