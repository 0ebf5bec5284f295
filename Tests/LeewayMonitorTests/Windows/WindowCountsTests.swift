import LeewayCore
import LeewayMonitor
import Testing

@Suite struct WindowCountsTests {
    private static func bins(_ reference: [Double]) -> WindowBins {
        WindowBins([ReferenceCounts(.init("x", .numeric(reference)))], labels: ["no", "yes"])
    }

    private static func count(_ numbers: [Double], in bins: WindowBins) -> WindowCounts {
        var counts = WindowCounts(bins)
        for number in numbers {
            counts.add(number: number, to: 0)
            counts.endRow()
        }
        return counts
    }

    @Test func `a number hits a value or lies between two`() {
        let numbers = [-5, 1, 1, 1.5, 2, 3, 3.5, 4, .nan, 1.0.nextDown, 4.0.nextUp]
        let counts = Self.count(numbers, in: Self.bins([1, 2, 4]))
        #expect(Array(counts.valueCounts(of: 0)) == [2, 2, 1, 1, 2, 1, 1])
        #expect(counts.missingCount(of: 0) == 1 && counts.newCount(of: 0) == 0 && counts.unseenCount(of: 0) == 0)
        #expect(counts.rows == 11)
        let ends = counts.cumulative(of: 0)
        #expect(ends.below == [2, 5, 8] && ends.upTo == [4, 6, 9] && ends.total == 10)
    }

    @Test func `negative zero is zero`() {
        #expect(Array(Self.count([-0.0, 0], in: Self.bins([0, 1])).valueCounts(of: 0)) == [0, 2, 0, 0, 0])
        #expect(Array(Self.count([-0.0, 0], in: Self.bins([-0.0])).valueCounts(of: 0)) == [0, 2, 0])
    }

    @Test func `infinite numbers lie at the ends, or hit`() {
        let numbers = [-Double.infinity, .infinity, .infinity, -.greatestFiniteMagnitude]
        #expect(Array(Self.count(numbers, in: Self.bins([0])).valueCounts(of: 0)) == [2, 0, 2])
        let both = Self.bins([-.infinity, 0, .infinity])
        #expect(Array(Self.count(numbers, in: both).valueCounts(of: 0)) == [0, 1, 1, 0, 0, 2, 0])
        #expect(Array(Self.count(numbers, in: Self.bins([.infinity])).valueCounts(of: 0)) == [2, 2, 0])
    }

    @Test func `a reference without a number has one cell`() {
        #expect(Array(Self.count([1, -.infinity, .nan], in: Self.bins([.nan])).valueCounts(of: 0)) == [2])
    }

    /// Even, ties, a tail of 600 decades, tiny, huge and subnormal ranges, infinite ends, one value.
    @Test(arguments: 0..<9)
    func `every number finds the cell that a look at all values finds`(shape: Int) {
        var draws = Draws(seed: UInt64(shape))
        let reference = (0..<(shape == 8 ? 1 : 700)).map { place -> Double in
            let draw = Double(draws.next() >> 11) / 0x1p53
            return switch shape {
            case 0: draw
            case 1: Double(draws.next(below: 300))
            case 2: Double(bitPattern: draws.next() & 0x7FEF_FFFF_FFFF_FFFF) * (draw < 0.5 ? -1 : 1)
            case 3: 1 + draw * 0x1p-45
            case 4: (draw - 0.5) * 2 * .greatestFiniteMagnitude
            case 5: Double(draws.next(below: 500)) * .leastNonzeroMagnitude
            case 6: place == 0 ? -.infinity : place == 1 ? .infinity : draw
            default: draw < 0.9 ? draw : draw * 1e200
            }
        }
        let bins = Self.bins(reference)
        guard case .numbers(let values) = bins.values[0] else { return }
        var numbers = values.flatMap { [$0, $0.nextUp, $0.nextDown] } + [0, .infinity, -.infinity, 1e308, -1e308]
        for (low, high) in zip(values, values.dropFirst()) { numbers.append(low / 2 + high / 2) }
        var expected = [Int](repeating: 0, count: 2 * values.count + 1)
        for number in numbers where !number.isNaN {
            expected[values.count { $0 < number } + values.count { $0 <= number }] += 1
        }
        #expect(Array(Self.count(numbers, in: bins).valueCounts(of: 0)) == expected)
    }

    /// The two-sample statistic from the reference's counts and a window's, as drift will compute it.
    private static func statistic(_ reference: [Double], _ window: [Double]) -> Double {
        let counts = ReferenceCounts(.init("x", .numeric(reference)))
        let ends = count(window, in: bins(reference)).cumulative(of: 0)
        guard case .numbers(_, let referenceCounts, isExact: true) = counts.values else { return .nan }
        var (largest, seen) = (0.0, 0)
        let (n, m) = (Double(reference.count), Double(ends.total))
        for (place, count) in referenceCounts.enumerated() {
            largest = max(largest, abs(Double(seen) / n - Double(ends.below[place]) / m))
            seen += count
            largest = max(largest, abs(Double(seen) / n - Double(ends.upTo[place]) / m))
        }
        return largest
    }

    /// The statistic from the samples themselves: at each of their values.
    private static func direct(_ left: [Double], _ right: [Double]) -> Double {
        (left + right).map { value in
            abs(
                Double(left.count { $0 <= value }) / Double(left.count)
                    - Double(right.count { $0 <= value }) / Double(right.count))
        }.max() ?? 0
    }

    // Oracle: scipy 1.17.1, ks_2samp(r, w).statistic; r and w are (SplitMix64(seed) % range + offset) / divisor.
    @Test(
        arguments: [
            (1, 500, 40, 0, 2, 300, 60, -5, 4, 0.22), (3, 1000, 7, 0, 4, 50, 9, 0, 1, 0.2),
            (5, 200, 1_000_000, 0, 6, 2_000, 1_200_000, -50_000, 1_000, 0.142), (7, 64, 3, 0, 8, 64, 3, 0, 1, 0.03125),
            (9, 30, 5, 100, 10, 40, 5, 0, 1, 1.0),
        ] as [(Int, Int, Int, Int, Int, Int, Int, Int, Double, Double)])
    func `gives the exact two-sample KS statistic of scipy, ties and all`(
        seed: Int, n: Int, range: Int, offset: Int, otherSeed: Int, m: Int, otherRange: Int, otherOffset: Int,
        divisor: Double, expected: Double
    ) {
        func sample(_ seed: Int, _ count: Int, _ range: Int, _ offset: Int) -> [Double] {
            var draws = Draws(seed: UInt64(seed))
            return (0..<count).map { _ in Double(draws.next(below: range) + offset) / divisor }
        }
        let reference = sample(seed, n, range, offset)
        let window = sample(otherSeed, m, otherRange, otherOffset)
        #expect(abs(Self.statistic(reference, window) - expected) < 1e-15)
        #expect(abs(Self.direct(reference, window) - expected) < 1e-15)
    }

    // Oracle: scipy 1.17.1, ks_2samp(r, w).statistic.
    @Test func `gives scipy's KS statistic where values are infinite or hit`() {
        let infinite = [-Double.infinity, 0, 0, 1, .infinity]
        let other = [-.infinity, -3, 0, 0.5, .infinity, Double.infinity]
        #expect(abs(Self.statistic(infinite, other) - 0.13333333333333333) < 1e-15)
        #expect(Self.statistic([1, 2, 2, 3, 3, 3, 5], [0, 2, 2.5, 3, 3, 4, 9, 9]) == 0.25)
    }

    @Test func `categories are counted by place, missing and new ones apart`() {
        let bins = DrawnRows.bins()
        var counts = WindowCounts(bins)
        for code: Int32 in [0, 2, 2, WindowCounts.missingCode, WindowCounts.newCode, WindowCounts.newCode] {
            counts.add(code: code, to: 1)
            counts.endRow()
        }
        counts.addUnseen(to: 1)
        #expect(Array(counts.valueCounts(of: 1)) == [1, 0, 2])
        #expect(counts.missingCount(of: 1) == 1 && counts.newCount(of: 1) == 2 && counts.unseenCount(of: 1) == 1)
    }

    #if os(Linux) || os(macOS)
        @Test func `a code that is no category's is a broken promise`() async {
            await #expect(processExitsWith: .failure) {
                var counts = WindowCounts(DrawnRows.bins())
                counts.add(code: 3, to: 1)
            }
            await #expect(processExitsWith: .failure) {
                var counts = WindowCounts(DrawnRows.bins())
                counts.add(code: -3, to: 1)
            }
            await #expect(processExitsWith: .failure) {
                var counts = WindowCounts(DrawnRows.bins())
                counts.add(number: 1, to: 1)
            }
        }
    #endif

    @Test func `merging is commutative and associative, and nothing adds nothing`() {
        let bins = DrawnRows.bins()
        let parts = (0..<3).map { DrawnRows(seed: UInt64($0), count: 100 * ($0 + 1)).counted(in: bins) }
        func sum(_ left: WindowCounts, _ right: WindowCounts) -> WindowCounts {
            var sum = left
            sum.merge(right)
            return sum
        }
        #expect(sum(parts[0], parts[1]) == sum(parts[1], parts[0]))
        #expect(sum(sum(parts[0], parts[1]), parts[2]) == sum(parts[0], sum(parts[1], parts[2])))
        #expect(sum(parts[0], WindowCounts(bins)) == parts[0])
        #expect(sum(parts[0], parts[1]) != parts[0])
    }

    @Test func `counts of rows one after the other are the merged counts of both`() {
        let bins = DrawnRows.bins()
        let (first, second) = (DrawnRows(seed: 1, count: 200), DrawnRows(seed: 2, count: 300))
        var (both, merged) = (first, first.counted(in: bins))
        both.rows += second.rows
        merged.merge(second.counted(in: bins))
        #expect(both.counted(in: bins) == merged)
        #expect(merged.rows == 500)
        // Every row is in one cell of each column.
        for column in bins.names.indices {
            let special = merged.missingCount(of: column) + merged.newCount(of: column) + merged.unseenCount(of: column)
            #expect(merged.valueCounts(of: column).reduce(special, +) == 500)
        }
    }
}
