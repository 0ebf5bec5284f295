import Testing

@testable import LeewayServer

@Suite struct LatencyHistogramTests {
    @Test func `a duration at a bound belongs below it`() {
        for (place, bound) in LatencyHistogram.bounds.enumerated() {
            var histogram = LatencyHistogram()
            histogram.add(bound)
            histogram.add(bound.nextUp)
            #expect(histogram.counts[place] == 1 && histogram.counts[place + 1] == 1 && histogram.count == 2)
            #expect(histogram.sum == bound + bound.nextUp)
        }
    }

    @Test func `nothing, and what is beyond all bounds`() {
        var histogram = LatencyHistogram()
        #expect(histogram.count == 0 && histogram.sum == 0)
        for seconds in [0, -0.001, 1e9] { histogram.add(seconds) }
        #expect(histogram.counts.first == 2 && histogram.counts.last == 1)
        #expect(LatencyHistogram.bounds == LatencyHistogram.bounds.sorted())
    }
}
