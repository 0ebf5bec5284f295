import LeewayMonitor
import Testing

@Suite struct ShortNumberTests {
    /// Both ends of a range and the number that divides them.
    private static let ranges: [[Double]] = [
        [55, 56, 55], [40, 45, 40], [54, 61, 60], [0.123456, 0.2345, 0.2], [0.0012, 3.7, 2],
        [123_456, 123_999, 123_700], [-3, 4, 0], [0, 1e-9, 0], [-0.25, 0, -0.1], [-56, -55, -56],
        [-1.75, -1.25, -1.5], [-10, -9.5, -10], [0.1, 0.10000000000000002, 0.1],
        [0.3333333333333333, 0.33333333333333337, 0.3333333333333333], [7, 7.000000000000001, 7],
        [1e300, 3e300, 2e300], [0x1p53, 0x1.0000000000001p53, 0x1p53], [5, .infinity, 10], [-.infinity, -3, -5],
        [-.infinity, .infinity, 0],
        [.greatestFiniteMagnitude, .infinity, .greatestFiniteMagnitude],
        [-.infinity, -.greatestFiniteMagnitude, -.infinity],
    ]

    @Test(arguments: ranges)
    func `the number of the fewest digits divides`(range: [Double]) {
        #expect(ShortNumber.between(range[0], range[1]) == range[2])
    }

    @Test func `any two numbers are divided`() {
        var draws = Draws(seed: 1)
        for _ in 0..<20_000 {
            let numbers = [draws.next(), draws.next()].map { Double(bitPattern: $0) }.filter { !$0.isNaN }.sorted()
            guard numbers.count == 2, numbers[0] < numbers[1] else { continue }
            for (low, high) in [(numbers[0], numbers[1]), (numbers[0], numbers[0].nextUp)] {
                let number = ShortNumber.between(low, high)
                #expect(low <= number && number < high)
            }
        }
    }

    @Test func `whole numbers have no fraction, ratios two digits`() {
        let numbers: [Double] = [55, -3, 0.5, 1e15, 1e16]
        #expect(numbers.map { ShortNumber.text($0) } == ["55", "-3", "0.5", "1000000000000000", "1e+16"])
        let ratios: [Double] = [3.14159, 42.4, 168, 12_345, 0.0517, 1.034, 1.26, 0.957, 9.96, 2]
        let words = ["3.1", "42", "170", "12000", "0.052", "1.03", "1.3", "0.957", "10", "2"]
        #expect(ratios.map { ShortNumber.rounded($0) } == words)
    }
}
