import LeewayStats
import Testing

@Suite struct HashSampleTests {
    /// The numbers of the rows that stay, where the rows come in batches of a size.
    private static func sample(_ rows: Int, batch: Int, size: Int, seed: UInt64 = 1) -> [Int] {
        var sample = HashSample(size: size, seed: seed)
        var (kept, first) = ([Int](), 0)
        while first < rows {
            let count = min(batch, rows - first)
            sample.pass(count, keep: { kept.append(first + $0) }, thin: { places in kept = places.map { kept[$0] } })
            first += count
        }
        #expect(sample.count == kept.count && sample.seen == rows)
        return kept
    }

    @Test func `how rows come in batches makes no difference`() {
        let whole = Self.sample(10_000, batch: 10_000, size: 100)
        for batch in [1, 7, 2048] { #expect(Self.sample(10_000, batch: batch, size: 100) == whole) }
        #expect(Self.sample(10_000, batch: 2048, size: 100, seed: 2) != whole)
    }

    @Test func `few rows all stay, of many as many as were asked for`() {
        #expect(Self.sample(150, batch: 64, size: 100) == Array(0..<150))
        for rows in [1000, 12_345, 200_000] {
            let kept = Self.sample(rows, batch: 2048, size: 500)
            // The halving leaves about as many as were asked for: five standard deviations below.
            #expect(kept.count > 388 && kept.count < 1000)
            #expect(zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test func `every part of the stream is sampled alike`() {
        let kept = Self.sample(400_000, batch: 2048, size: 8000)
        for tenth in 0..<10 {
            let own = kept.count { $0 / 40_000 == tenth }
            let expected = Double(kept.count) / 10
            #expect(abs(Double(own) - expected) < 5 * expected.squareRoot())
        }
    }
}
