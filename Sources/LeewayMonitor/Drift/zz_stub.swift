import LeewayLearn
private func stub(_ m: DriftMethod) -> DriftResult { DriftResult(method: m, statistic: 0.1, pValue: 0.5, distance: 0.1, noise: 0.05, interval: .init(lower: 0, upper: 0.2)) }
package struct PopulationStabilityIndex: BinnedDriftTest { package static let method = DriftMethod.populationStabilityIndex; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct JensenShannon: BinnedDriftTest { package static let method = DriftMethod.jensenShannon; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct Hellinger: BinnedDriftTest { package static let method = DriftMethod.hellinger; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct TotalVariation: BinnedDriftTest { package static let method = DriftMethod.totalVariation; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct ChiSquare: BinnedDriftTest { package static let method = DriftMethod.chiSquare; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct GTest: BinnedDriftTest { package static let method = DriftMethod.gTest; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct LInfinity: BinnedDriftTest { package static let method = DriftMethod.lInfinity; package init() {}; package func evaluate(_ s: BinnedSides) -> DriftResult { stub(Self.method) } }
package struct MissingShare { package init() {}; package func evaluate(reference: (missing: Int, rows: Int), window: (missing: Int, rows: Int)) -> DriftResult { stub(.missingShare) } }
