import Testing

@testable import LeewayMonitor

@Suite struct WindowMeanTests {
    // Oracle: scipy 1.17.1, hypergeom(1030, 82, 30).stats(moments="sk").
    @Test func `cumulants are those of the hypergeometric distribution`() {
        let groups = CellGroups(OrderedSamples.cells([920, 80], [28, 2]), finest: 0.01)
        let mean = WindowMean(groups, scores: [0, 1], windowCount: 30)
        #expect(isClose(mean.skewness, 0.5427907984788821, 0.01) && isClose(mean.excess, 0.21346747659855408, 0.05))
    }

    // Measured: the exact conditional chance is 0.0056 where the chi-square has 0.0025.
    @Test func `a square's tail is longer in small windows of mostly one value`() {
        let groups = CellGroups(OrderedSamples.cells([920, 80], [28, 2]), finest: 0.01)
        let mean = WindowMean(groups, scores: [0, 1], windowCount: 30)
        #expect(mean.tail(0.0025) > 0.004 && mean.tail(0.0025) < 0.007)
        #expect(mean.tail(0.05) == 0.05 && mean.tail(1) == 1 && mean.tail(0) == 0)
    }

    @Test func `in large windows nothing changes, nor without spread`() {
        let groups = CellGroups(OrderedSamples.cells([920_000, 80_000], [92_000, 8_000]), finest: 0.01)
        #expect(isClose(WindowMean(groups, scores: [0, 1], windowCount: 100_000).tail(0.0025), 0.0025, 0.01))
        #expect(WindowMean(groups, scores: [1, 1], windowCount: 100_000).tail(0.01) == 0.01)
    }

    // Oracle: numpy 2.3, eig of the bridge's covariance times the form's matrix; the scores are the latter times the vector.
    @Test func `leading scores are an eigenvector`() {
        let groups = CellGroups(OrderedSamples.cells([1, 4, 3, 2], [10, 40, 30, 20]), finest: 0.001)
        let scores = BridgeForm(AndersonDarling.midrankElements(groups)).leadingScores
        #expect(scores.count == 4 && scores[3] == 0)
        #expect(isClose((scores[0] - scores[1]) / (scores[1] - scores[2]), 0.8068340040520222, 1e-3))
        #expect(isClose((scores[1] - scores[2]) / scores[2], 1.2614539582204083, 1e-3))
    }
}
