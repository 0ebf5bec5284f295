/// The ways to tell a window from the reference.
package enum DriftMethod: String, Sendable, Codable, CaseIterable {
    case kolmogorovSmirnov = "ks"
    case cramerVonMises = "cramer_von_mises"
    case andersonDarling = "anderson_darling"
    case wasserstein
    case populationStabilityIndex = "psi"
    case jensenShannon = "jensen_shannon"
    case hellinger
    case totalVariation = "total_variation"
    case chiSquare = "chi_square"
    case gTest = "g_test"
    case lInfinity = "l_infinity"
    /// Chi-square and L-infinity, whichever finds more.
    case combined
    /// The share of missing values: two proportions.
    case missingShare = "missing_share"
    case domainClassifier = "domain_classifier"
    case reconstructionError = "reconstruction_error"
}
