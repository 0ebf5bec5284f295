import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct BridgeFormTests {
    private static let shares = [0.1, 0.4, 0.3, 0.2]

    private static let cramerVonMises = BridgeForm(
        shares.map { .init(share: $0, left: $0 / 3, right: $0 / 3, across: $0 / 6) })
    private static let andersonDarling = BridgeForm(
        AndersonDarling.midrankElements(
            CellGroups(OrderedSamples.cells([1, 4, 3, 2], [10, 40, 30, 20]), finest: 0.001)))

    // Oracle: numpy 2.3, eigvals of the bridge's covariance times the form's matrix, and Imhof's integral (1961) of them.
    @Test func `moments and tails match Imhof's`() {
        #expect(isClose(Self.cramerVonMises.mean, 0.1166666666666666, 1e-12))
        #expect(isClose(Self.cramerVonMises.variance, 0.01747777777777776, 1e-12))
        #expect(isClose(Self.andersonDarling.mean, 1, 1e-12))
        #expect(isClose(Self.andersonDarling.variance, 1.2392780261632734, 1e-12))
        let first = [
            (0.0583333333333333, 0.57075), (0.1166666666666666, 0.33172), (0.2333333333333332, 0.134966),
            (0.5132773069677052, 0.0213111), (0.9098879472687439, 0.00191011),
        ]
        for (value, tail) in first {
            #expect(isClose(Self.cramerVonMises.upperTail(value), tail, tail > 0.1 ? 0.03 : 0.01))
        }
        let second = [
            (0.5, 0.577354), (1.0, 0.33753), (2.0, 0.134199), (4.339685948628922, 0.0209846),
            (7.679371897257845, 0.00183355),
        ]
        for (value, tail) in second {
            #expect(isClose(Self.andersonDarling.upperTail(value), tail, tail > 0.1 ? 0.03 : 0.01))
        }
    }

    // Law: without ties the forms come to the limits of both tests.
    @Test func `many small groups come to the limit without ties`() {
        let groups = CellGroups(
            OrderedSamples.cells(Array(repeating: 1, count: 512), Array(repeating: 1, count: 512)), finest: 0.0001)
        #expect(groups.groups.count == 512)
        let andersonDarling = BridgeForm(AndersonDarling.midrankElements(groups))
        #expect(abs(andersonDarling.mean - 1) < 1e-9 && abs(andersonDarling.variance - 0.579_736) < 0.005)
        for value in [2.492, 3.857, 6, 12] {
            #expect(isClose(andersonDarling.upperTail(value), AndersonDarlingDistribution.upperTail(value), 0.04))
        }
    }

    @Test func `a chi-square is one, and nothing is nothing`() {
        let single = BridgeForm([
            .init(share: 0.5, left: 0, right: 2, across: 0), .init(share: 0.5, left: 2, right: 0, across: 0),
        ])
        #expect(isClose(single.mean, 1, 1e-14) && isClose(single.variance, 2, 1e-13))
        for value in [0.1, 1, 1.001, 3.841, 10, 100] {
            let tail = 2 * NormalDistribution.upperTail(value.squareRoot())
            #expect(isClose(single.upperTail(value), tail, tail > 0.1 ? 0.03 : 0.01))
        }
        #expect(single.upperTail(0) == 1 && single.upperTail(-1) == 1 && single.upperTail(1e6) == 0)
        #expect(BridgeForm([.init(share: 1, left: 0, right: 0, across: 0)]).upperTail(1) == 1)
    }

    @Test func `a tail falls, the mean included`() {
        var last = 1.0
        for step in 1...2_000 {
            let tail = Self.andersonDarling.upperTail(Double(step) / 200)
            #expect(tail <= last && tail >= 0)
            last = tail
        }
    }
}
