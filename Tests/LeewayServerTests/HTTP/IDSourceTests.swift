import Testing

@testable import LeewayServer

@Suite struct IDSourceTests {
    // Oracle: SplitMix64 of Vigna's splitmix64.c (2015), seed 1234567.
    @Test func `gives the numbers of SplitMix64`() {
        let source = IDSource(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in source.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }

    @Test func `gives none twice to many at once`() async {
        let source = IDSource(seed: .max)
        let all = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<8 { group.addTask { (0..<10_000).map { _ in source.next() } } }
            return await group.reduce(into: Set<UInt64>()) { $0.formUnion($1) }
        }
        #expect(all.count == 80_000)
    }
}
