public import LeewayCore

/// Which rows train and which test, by the hash of each row's content.
///
/// A row is a test row where the hash of its content, its class and the seed falls below `testShare`. So equal rows stay
/// on one side, a row that was a test row stays one in every later training whatever else came or went, and each class
/// is split by draws of its own.
///
/// - Edge cases: a class of two or more distinct contents has at least one row on each side: where the draw left a side
///   empty, the rows of the lowest (or highest) hash go there. A class of one content trains.
public struct HashSplit: Sendable {
    /// The share of distinct contents that test, 0 … 1 (both excluded).
    public var testShare: Double
    /// The seed.
    public var seed: UInt64

    /// Takes the share and the seed.
    public init(testShare: Double = 0.2, seed: UInt64) {
        self.testShare = testShare
        self.seed = seed
    }

    /// Splits rows given by the hashes of their contents and their classes.
    ///
    /// - Shape: one hash and one class (0 ..< classCount) a row in; one flag a row out, true for a test row.
    /// - Throws: `invalidSetting` where the share is not between 0 and 1.
    public func isTest(contentHashes: [UInt64], classes: [Int], classCount: Int) throws(LeewayError) -> [Bool] {
        guard testShare > 0, testShare < 1 else {
            throw LeewayError(.invalidSetting, "The test share must lie between 0 and 1, both excluded.")
        }
        let limit = UInt64(testShare * 0x1p53)
        let draws = zip(contentHashes, classes).map { hash, label in
            Self.mixed(hash ^ Self.mixed(seed &+ Self.mixed(UInt64(label)))) >> 11
        }
        var isTest = draws.map { $0 < limit }
        for label in 0..<classCount {
            let rows = classes.indices.filter { classes[$0] == label }
            guard let lowest = rows.min(by: { draws[$0] < draws[$1] }),
                let highest = rows.max(by: { draws[$0] < draws[$1] }), draws[lowest] != draws[highest]
            else {
                for row in rows { isTest[row] = false }
                continue
            }
            if rows.allSatisfy({ !isTest[$0] }) {
                for row in rows where draws[row] == draws[lowest] { isTest[row] = true }
            } else if rows.allSatisfy({ isTest[$0] }) {
                for row in rows where draws[row] == draws[highest] { isTest[row] = false }
            }
        }
        return isTest
    }

    /// Spreads a word's bits over the whole word.
    ///
    /// - Source: the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word &+ 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
