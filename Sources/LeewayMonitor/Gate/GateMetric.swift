package import LeewayLearn

/// What a challenger must be better in.
package enum GateMetric: String, Sendable, Codable, CaseIterable {
    /// The mean surprise in nats: it sees ranking and calibration.
    case logLoss = "log_loss"
    /// The mean squared error of the probabilities.
    case brierScore = "brier_score"
    /// The ranking alone.
    case rocAUC = "roc_auc"

    /// The same metric where all are listed.
    package var metric: BinaryMetric {
        switch self {
        case .logLoss: .logLoss
        case .brierScore: .brierScore
        case .rocAUC: .rocAUC
        }
    }

    /// By how much a challenger may be worse on the old test rows, where the user does not say.
    package var usualTolerance: Double {
        switch self {
        case .logLoss: 0.05
        case .brierScore: 0.02
        case .rocAUC: 0.02
        }
    }
}
