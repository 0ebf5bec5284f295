import LeewayCore
import LeewayLearn
import LeewayTestSupport
import Testing

@Suite struct HashSplitTests {
    private static func contents(_ count: Int, seed: UInt64 = 1) -> [UInt64] {
        var generator = TestGenerator(seed: seed)
        return (0..<count).map { _ in generator.next() }
    }

    private static func split(
        _ hashes: [UInt64], _ classes: [Int], share: Double = 0.2, seed: UInt64 = 42
    ) throws -> [Bool] {
        try HashSplit(testShare: share, seed: seed)
            .isTest(contentHashes: hashes, classes: classes, classCount: (classes.max() ?? -1) + 1)
    }

    // Pinned at version 0.1.0, and equal to the same formula in Python 3.11.7: another pattern would send test
    // rows to the training side of a later version.
    @Test func `the draw never changes`() throws {
        let isTest = try Self.split((0..<40).map { UInt64($0) }, (0..<40).map { $0 % 2 }, share: 0.3)
        #expect(String(isTest.map { $0 ? "T" : "-" }) == "TT--------T---T------TT---T----T---T----")
    }

    @Test func `rows of equal content and class stay together`() throws {
        let some = Self.contents(300)
        let hashes = (0..<3_000).map { some[$0 * 7 % 300] }
        let classes = (0..<3_000).map { ($0 * 7 % 300) % 2 }
        let isTest = try Self.split(hashes, classes)
        var side: [UInt64: Bool] = [:]
        for (hash, flag) in zip(hashes, isTest) { #expect(side.updateValue(flag, forKey: hash) ?? flag == flag) }
        #expect(Set(isTest).count == 2)
    }

    @Test func `a test row stays a test row whatever rows come or go`() throws {
        let hashes = Self.contents(2_000)
        let classes = hashes.map { $0 % 5 == 0 ? 1 : 0 }
        let whole = try Self.split(hashes, classes)
        let kept = hashes.indices.filter { hashes[$0] % 3 != 0 }
        let part = try Self.split(kept.map { hashes[$0] }, kept.map { classes[$0] })
        #expect(part == kept.map { whole[$0] })
        let more = Self.contents(5_000, seed: 2)
        let grown = try Self.split(more + hashes, more.map { _ in 0 } + classes)
        #expect(Array(grown.suffix(2_000)) == whole)
    }

    @Test func `the order of the rows does not matter`() throws {
        let hashes = Self.contents(500)
        let classes = hashes.map { Int($0 % 2) }
        let forward = try Self.split(hashes, classes)
        #expect(try Self.split(hashes.reversed(), classes.reversed()) == forward.reversed())
    }

    /// Five standard deviations of a binomial: by chance one in 1.7 million.
    @Test(arguments: [0.05, 0.2, 0.5, 0.9])
    func `each class is split by the share`(share: Double) throws {
        let hashes = Self.contents(30_000)
        let classes = hashes.indices.map { $0 % 10 == 0 ? 1 : 0 }
        let isTest = try Self.split(hashes, classes, share: share)
        for label in 0...1 {
            let rows = classes.indices.filter { classes[$0] == label }
            let tests = Double(rows.count { isTest[$0] })
            let (mean, sd) = (share * Double(rows.count), (share * (1 - share) * Double(rows.count)).squareRoot())
            #expect(abs(tests - mean) < 5 * sd, "class \(label): \(tests) where \(mean) ± \(sd) are expected")
        }
    }

    @Test func `the draws of one class tell nothing of another's`() throws {
        let hashes = Self.contents(10_000)
        let asFirst = try Self.split(hashes, hashes.map { _ in 0 }, share: 0.5)
        let asSecond = try HashSplit(testShare: 0.5, seed: 42)
            .isTest(contentHashes: hashes, classes: hashes.map { _ in 1 }, classCount: 2)
        let same = zip(asFirst, asSecond).count { $0 == $1 }
        #expect((4_750...5_250).contains(same))
    }

    @Test func `another seed draws other rows`() throws {
        let hashes = Self.contents(10_000)
        let classes = hashes.map { _ in 0 }
        let (first, second) = (
            try Self.split(hashes, classes, share: 0.5), try Self.split(hashes, classes, share: 0.5, seed: 43)
        )
        #expect((4_750...5_250).contains(zip(first, second).count { $0 == $1 }))
    }

    /// Neighbouring hashes, as a weak hash would give them, are spread all the same.
    @Test func `neighbouring contents are drawn apart`() throws {
        let isTest = try Self.split((0..<10_000).map { UInt64($0) }, [Int](repeating: 0, count: 10_000))
        #expect((1_800...2_200).contains(isTest.count { $0 }))
    }

    @Test func `a class of two contents has one on each side`() throws {
        for seed in 0..<50 {
            let isTest = try Self.split([7, 8, 7, 1, 2, 3], [1, 1, 1, 0, 0, 0], share: 0.01, seed: UInt64(seed))
            #expect(isTest[0] == isTest[2] && isTest[0] != isTest[1])
            let mostly = try Self.split([7, 8, 7, 1, 2, 3], [1, 1, 1, 0, 0, 0], share: 0.99, seed: UInt64(seed))
            #expect(mostly[0] == mostly[2] && mostly[0] != mostly[1])
            #expect(Set(isTest[3...]).count == 2 && Set(mostly[3...]).count == 2)
        }
    }

    @Test func `a class of one content trains`() throws {
        for seed in 0..<20 {
            #expect(try Self.split([9, 9, 9], [0, 0, 0], share: 0.99, seed: UInt64(seed)) == [false, false, false])
        }
    }

    @Test func `no rows and no classes are fine`() throws {
        #expect(try Self.split([], []) == [])
        #expect(try HashSplit(seed: 1).isTest(contentHashes: [], classes: [], classCount: 3) == [])
    }

    @Test(arguments: [0, 1, -0.1, 1.5, .nan, .infinity])
    func `a share outside of 0 … 1 is refused`(share: Double) {
        let expected = LeewayError(.invalidSetting, "The test share must lie between 0 and 1, both excluded.")
        #expect(throws: expected) { try Self.split([1, 2], [0, 1], share: share) }
    }
}
