extension DriftMethod {
    /// The test of numbers in their order that goes by this name; nil for others.
    ///
    /// With `isClassic`, Kolmogorov-Smirnov is scipy's: ties are not looked at.
    package func orderedTest(isClassic: Bool = false) -> (any OrderedDriftTest)? {
        switch self {
        case .kolmogorovSmirnov: isClassic ? KolmogorovSmirnov.classic : KolmogorovSmirnov()
        case .cramerVonMises: CramerVonMises()
        case .andersonDarling: AndersonDarling()
        case .wasserstein: Wasserstein()
        default: nil
        }
    }

    /// The test of bins that goes by this name; nil for others.
    package var binnedTest: (any BinnedDriftTest)? {
        switch self {
        case .populationStabilityIndex: PopulationStabilityIndex()
        case .jensenShannon: JensenShannon()
        case .hellinger: Hellinger()
        case .totalVariation: TotalVariation()
        case .chiSquare: ChiSquare()
        case .gTest: GTest()
        case .lInfinity: LInfinity()
        case .combined: CombinedTest()
        default: nil
        }
    }

    /// The methods by which a column of numbers can be judged.
    package static let numeric = allCases.filter { $0.orderedTest() != nil || $0.binnedTest != nil }
    /// The methods by which a column of categories can be judged.
    package static let categorical = allCases.filter { $0.binnedTest != nil }
}
