import Testing

@testable import LeewayMonitor

@Suite struct ChangeOnsetTests {
    @Test func `grows from nothing to full strength`() {
        let onset = ChangeOnset(start: 3, ramp: 4)
        #expect((1...8).map { onset.strength(at: $0) } == [0, 0, 0.25, 0.5, 0.75, 1, 1, 1])
        #expect(!onset.isImmediate)
    }

    @Test func `is at full strength at once where nothing is said`() {
        #expect(ChangeOnset().isImmediate)
        #expect([1, 2, 1_000_000].allSatisfy { ChangeOnset().strength(at: $0) == 1 })
    }
}
