import LeewayStats
import Testing

@Suite struct EntropyTests {
    // Oracle: scipy 1.17.1, scipy.stats.entropy([37155, 11687]) (Adult's target) and entropy([1, 2, 3, 4, 0]).
    @Test func `matches scipy`() {
        #expect(abs(entropy(of: [37_155, 11_687]) - 0.5502506190603338) < 1e-15)
        #expect(abs(entropy(of: [1, 2, 3, 4, 0]) - 1.2798542258336676) < 1e-15)
    }

    @Test func `nothing and one value have none`() {
        #expect(entropy(of: []) == 0)
        #expect(entropy(of: [0, 0]) == 0)
        #expect(entropy(of: [5]) == 0)
    }

    @Test func `the order of the counts does not matter`() {
        #expect(entropy(of: [3, 1, 41, 5, 9, 2, 6]) == entropy(of: [41, 9, 6, 5, 3, 2, 1]))
    }
}
