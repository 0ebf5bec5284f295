import LeewayCore
import LeewayMonitor
import Testing

@Suite struct PooledBinsTests {
    @Test func `numbers fall into bins of about equal shares`() {
        let bins = PooledBins(.numeric((0..<1_000).map { Double($0 * 7 % 1_000) }), binCount: 10)
        #expect(bins.count == 10 && bins.curves.count == 2)
        #expect((0..<10).allSatisfy { code in bins.codes.count { $0 == code } == 100 })
        #expect(bins.codes[0] == 0 && bins.codes[142] == 9)
    }

    @Test func `a value is never divided, and what is left of the rows fills the bins that are left`() {
        let bins = PooledBins(.numeric((0..<1_000).map { $0 < 910 ? 0 : Double($0) }), binCount: 10)
        #expect(bins.count == 10)
        #expect(bins.codes.count { $0 == 0 } == 910)
        #expect((1..<10).allSatisfy { code in bins.codes.count { $0 == code } == 10 })
    }

    @Test func `missing has a bin of its own, infinities are numbers`() {
        let values = [Double.nan, -.infinity, .infinity] + (0..<40).map(Double.init)
        let bins = PooledBins(.numeric(values), binCount: 4)
        #expect(bins.count == 5)
        #expect(bins.codes[0] == 4 && bins.codes[1] == 0 && bins.codes[2] == 3)
        #expect(bins.curves.allSatisfy { $0.count == 5 && $0[4] == 0 })
    }

    @Test func `few values have few bins, rare ones none of their own`() {
        #expect(PooledBins(.numeric([3, 3, 3]), binCount: 10).count == 1)
        #expect(PooledBins(.numeric([.nan, .nan]), binCount: 10).count == 1)
        let two = PooledBins(.numeric((0..<40).map { Double($0 % 2) }), binCount: 10)
        #expect(two.count == 2 && two.curves.isEmpty)
        let rare = PooledBins(.numeric((0..<40).map { $0 < 2 ? 5 : $0 < 20 ? 6 : 7 }), binCount: 10)
        #expect(rare.codes[0] == 0 && rare.codes[2] == 0 && rare.codes[39] == 1)
        let last = PooledBins(.numeric((0..<40).map { $0 < 2 ? 8 : $0 < 20 ? 6 : 7 }), binCount: 10)
        #expect(last.count == 2 && last.codes[0] == last.codes[39])
    }

    @Test func `curves have mean 0, standard deviation 1, and do not overlap`() {
        let values = (0..<700).map { $0 % 11 == 0 ? Double.nan : Double(($0 * $0) % 101) }
        let bins = PooledBins(.numeric(values), binCount: 7)
        let rows = bins.codes.indices.filter { !values[$0].isNaN }
        func mean(_ number: (Int) -> Double) -> Double { rows.reduce(0) { $0 + number($1) } / Double(rows.count) }
        let (first, second) = (bins.curves[0], bins.curves[1])
        for curve in bins.curves {
            #expect(abs(mean { curve[Int(bins.codes[$0])] }) < 1e-12)
            #expect(abs(mean { curve[Int(bins.codes[$0])] * curve[Int(bins.codes[$0])] } - 1) < 1e-12)
        }
        #expect(abs(mean { first[Int(bins.codes[$0])] * second[Int(bins.codes[$0])] }) < 1e-12)
    }

    @Test func `frequent categories have a code each, by frequency and name, the others share one`() {
        let texts: [String?] = [nil] + ["b", "a", "c"].flatMap { [String](repeating: $0, count: 6) } + ["x", "y", "y"]
        let bins = PooledBins(.categorical(Categorical(texts)), binCount: 10)
        #expect(bins.count == 5 && bins.curves.isEmpty)
        #expect([0, 1, 7, 13, 19, 20].map { bins.codes[$0] } == [4, 1, 0, 2, 3, 3])
        let many = (0..<600).map { "\($0 % 100)" }
        #expect(PooledBins(.categorical(Categorical(many)), binCount: 10).count == PooledBins.categoryLimit + 1)
        #expect(PooledBins(.categorical(Categorical([nil, nil])), binCount: 10).count == 1)
    }
}
