import LeewayMonitor
import LeewayStats
import Testing

@Suite struct ScorePlacementsTests {
    // Oracle: scipy 1.17.1, mannwhitneyu(window, reference, alternative="greater", method="asymptotic",
    // use_continuity=False): statistic / (60 · 37), pvalue; scikit-learn 1.9.1 roc_auc_score is the same; the variance is
    // DeLong's by its letter in numpy 2.4.6 over all pairs, ddof 1.
    @Test func `matches scipy and scikit-learn with ties`() {
        var draws = Draws(seed: 3)
        let reference = (0..<60).map { _ in Double(draws.next(below: 20)) / 4 }
        let window = (0..<37).map { _ in Double(draws.next(below: 24)) / 4 }
        let placements = ScorePlacements(reference: reference, window: window)
        #expect(abs(placements.area - 0.5718468468468468) < 1e-15)
        #expect(abs(placements.variance - 0.003982183196710223) < 1e-16)
        let z = (placements.area - 0.5) / placements.nullVariance.squareRoot()
        #expect(abs(NormalDistribution.upperTail(z) - 0.11776469759925362) < 1e-14)
    }

    @Test func `apart, alike and tied sides`() {
        let apart = ScorePlacements(reference: [1, 2, 3], window: [4, 5])
        #expect(apart.area == 1 && apart.variance == 0)
        #expect(ScorePlacements(reference: [4, 5], window: [1, 2, 3]).area == 0)
        let tied = ScorePlacements(reference: [1, 1], window: [1, 1, 1])
        #expect(tied.area == 0.5 && tied.nullVariance == 0 && tied.variance == 0)
        let single = ScorePlacements(reference: [1], window: [2])
        #expect(single.area == 1 && single.nullVariance == 0.25 && single.variance == 0)
        #expect(ScorePlacements(reference: [-.infinity, 0], window: [0, .infinity]).area == 0.875)
    }
}
