/// Ten bins of equal width from 0 to 1, each open on the left and closed on the right; the first holds 0 too.
///
/// - Source: the convention of Guo et al., arXiv:1706.04599, and of scikit-learn 1.9 `calibration_curve`.
enum CalibrationBins {
    struct Bin: Sendable {
        let index: Int
        let lower: Double
        let upper: Double

        func contains(_ probability: Double) -> Bool {
            probability <= upper && (probability > lower || index == 0)
        }
    }

    static let all: [Bin] = (0..<10).map { Bin(index: $0, lower: Double($0) / 10, upper: Double($0 + 1) / 10) }
}
