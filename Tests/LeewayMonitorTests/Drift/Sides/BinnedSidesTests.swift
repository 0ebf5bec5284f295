import LeewayMonitor
import Testing

@Suite struct BinnedSidesTests {
    @Test func `rows add up`() {
        let sides = BinnedSides(reference: [3, 0, 2], window: [0, 4, 0])
        #expect(sides.referenceCount == 5 && sides.windowCount == 4)
        #expect(sides.reference == [3, 0, 2] && sides.window == [0, 4, 0])
    }

    @Test func `no bins have no rows`() {
        let sides = BinnedSides(reference: [], window: [])
        #expect(sides.referenceCount == 0 && sides.windowCount == 0)
    }

    @Test func `huge counts are exact`() {
        let sides = BinnedSides(reference: [1 << 50, 1 << 50, 1], window: [1 << 50, 0, 1])
        #expect(sides.referenceCount == 1 << 51 + 1 && sides.windowCount == 1 << 50 + 1)
    }

    @Test func `each bin has two counts`() async {
        await #expect(processExitsWith: .failure) { _ = BinnedSides(reference: [1], window: [1, 2]) }
    }
}
