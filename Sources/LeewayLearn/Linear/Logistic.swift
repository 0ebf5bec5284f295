/// The logistic function of eight numbers, with what a loss needs beside it, from sums and products alone.
///
/// - Accuracy: e^-|z| to 1.1 ulp, p and 1 - p to 3, the logarithm to 4; no library call, so the same bits on every machine.
/// - Edge cases: |z| counts as 708 at most, beyond which e^-|z| is no normal number.
struct Logistic {
    /// 1 / (1 + e^-z).
    let probability: Lanes
    /// 1 / (1 + e^z), which is 1 - `probability` without its rounding.
    let complement: Lanes
    /// e^-|z|.
    private let decay: Lanes

    @inline(__always)
    init(_ z: Lanes) {
        let magnitude = Self.magnitude(z)
        let decay = Self.exponential(-magnitude.replacing(with: 708, where: magnitude .> 708))
        let inverse = 1 / (1 + decay)
        let tail = decay * inverse
        let isNegative = z .< 0
        self.decay = decay
        probability = inverse.replacing(with: tail, where: isNegative)
        complement = tail.replacing(with: inverse, where: isNegative)
    }

    /// ln(1 + e^-|z|), the part that ln(1 + e^z) and ln(1 + e^-z) share; add max(z, 0) or max(-z, 0).
    ///
    /// With s = e / (2 + e) it is 2 atanh(s), whose series in s² ≤ 1/9 is cut by interpolation at Chebyshev nodes to
    /// 7e-18.
    @inline(__always)
    var softening: Lanes {
        let s = decay / (2 + decay)
        let t = s * s
        var tail: Lanes = 0x1.4b0e_d4be_611b_2p-3 * t + 0x1.6876_04d0_c86a_1p-4
        tail = tail * t + 0x1.eb91_3ba3_ef69_ep-4
        tail = tail * t + 0x1.10ac_6a3d_3e5f_6p-3
        tail = tail * t + 0x1.3b18_b34a_260a_3p-3
        tail = tail * t + 0x1.745c_f0aa_6a01_1p-3
        tail = tail * t + 0x1.c71c_7271_6415_6p-3
        tail = tail * t + 0x1.2492_4923_d422_cp-2
        tail = tail * t + 0x1.9999_9999_9a3d_fp-2
        tail = tail * t + 0x1.5555_5555_5555_5p-1
        return s * (2 + t * tail)
    }

    /// |z| by clearing the sign.
    @inline(__always)
    static func magnitude(_ z: Lanes) -> Lanes {
        unsafeBitCast(unsafeBitCast(z, to: SIMD8<Int64>.self) & Int64.max, to: Lanes.self)
    }

    /// e^x for -708 ≤ x ≤ 0: x = k ln 2 + r, |r| ≤ ln 2 / 2, and a polynomial of degree 11 (to 2e-17) for e^r.
    @inline(__always)
    static func exponential(_ x: Lanes) -> Lanes {
        // Adding 1.5 · 2^52 rounds to a whole number and leaves it in the low bits.
        let rounding = 0x1.8p52
        let shifted = x * 0x1.7154_7652_b82f_ep0 + rounding
        let k = shifted - rounding
        let r = (x - k * 0x1.62e4_2fec_0000_0p-1) - k * 0x1.d1cf_79ab_c9e3_bp-32
        var tail: Lanes = 0x1.af38_a9b0_ec85_5p-26 * r + 0x1.2891_8561_3a3d_6p-22
        tail = tail * r + 0x1.71de_0dae_63bb_3p-19
        tail = tail * r + 0x1.a019_b90d_2ae7_ap-16
        tail = tail * r + 0x1.a01a_01a7_c41d_5p-13
        tail = tail * r + 0x1.6c16_c178_8bd9_0p-10
        tail = tail * r + 0x1.1111_1111_109b_3p-7
        tail = tail * r + 0x1.5555_5555_53d6_3p-5
        tail = tail * r + 0x1.5555_5555_5555_6p-3
        tail = tail * r + 0x1.0000_0000_0000_1p-1
        let power = 1 + (r + r * r * tail)
        let scale = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52
        return unsafeBitCast(unsafeBitCast(power, to: SIMD8<Int64>.self) &+ scale, to: Lanes.self)
    }
}
