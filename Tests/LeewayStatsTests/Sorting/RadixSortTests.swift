import LeewayStats
import Testing

@Suite struct RadixSortTests {
    private static let specials: [Double] = [
        -.infinity, -.greatestFiniteMagnitude, -1.5, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 1.5,
        .greatestFiniteMagnitude, .infinity,
    ]

    @Test func `ordered bits keep the order and come back`() {
        let bits = Self.specials.map(\.orderedBits)
        #expect(zip(bits, bits.dropFirst()).allSatisfy(<))
        #expect(bits.map(Double.init(orderedBits:)) == Self.specials)
    }

    // Oracle: the standard library's sort.
    @Test(
        arguments: [0, 1, 2, 1_999, 2_000, 2_001, 2_048, 5_000, 70_000],
        [UInt64.max, 0xFF, 0xFFF0_0000_0000_0000, 0, 2_047])
    func `sorts as the standard library`(count: Int, mask: UInt64) {
        var generator = SeededGenerator(seed: 7, stream: UInt64(count))
        var keys = (0..<count).map { _ in generator.next() & mask }
        let expected = keys.sorted()
        RadixSort.sort(&keys)
        #expect(keys == expected)
    }
}
