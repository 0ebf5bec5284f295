extension DriftMethod {
    /// The method's name as people write it.
    package var words: String {
        switch self {
        case .kolmogorovSmirnov: "Kolmogorov-Smirnov"
        case .cramerVonMises: "Cramér-von Mises"
        case .andersonDarling: "Anderson-Darling"
        case .wasserstein: "Wasserstein"
        case .populationStabilityIndex: "PSI"
        case .jensenShannon: "Jensen-Shannon"
        case .hellinger: "Hellinger"
        case .totalVariation: "total variation"
        case .chiSquare: "chi-square"
        case .gTest: "G test"
        case .lInfinity: "L-infinity"
        case .combined: "chi-square or L-infinity"
        case .missingShare: "missing share"
        case .domainClassifier: "domain classifier"
        case .reconstructionError: "reconstruction error"
        }
    }
}

extension Correction {
    /// The correction's name as people write it.
    package var words: String {
        switch self {
        case .holm: "Holm"
        case .benjaminiHochberg: "Benjamini and Hochberg"
        case .bonferroni: "Bonferroni"
        case .none: "none"
        }
    }
}
