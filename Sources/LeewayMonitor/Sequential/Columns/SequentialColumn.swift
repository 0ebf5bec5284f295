package import LeewayCore
import LeewayStats

/// Watches one column of a stream, row by row, for the first sign that it no longer is as the reference was.
///
/// A numeric column: its values' ranks (`ConformalRanks`) are bet on, and whether they are missing; numbers that come
/// often have bets on their shares besides. A column of categories: bets on the shares of missing values, of each frequent
/// category, and of all others with new ones.
///
/// - Guarantee: `FalseAlarmContract`, if reference and stream are exchangeable until the change. It is a theorem for ranks, for
///   every distribution and size of reference; for shares, and where both are in one column, it holds but for terms of the
///   order of 1 / rows of the reference, for which a tenth of the stake on shares is held back.
/// - Missing: NaN or `WindowCounts.missingCode`; a row whose value is not known need not be added.
/// - Empty reference: the stream is compared with its own beginning.
package struct SequentialColumn: Sendable {
    /// The column's name.
    package let name: String
    /// What is promised.
    package let contract: FalseAlarmContract
    /// Rows since the start; the draws within ties depend on it, so no reset takes it back.
    package private(set) var rows = 0
    /// The evidence against there being no change.
    package private(set) var evidence: Double

    private let seed: UInt64
    /// One of both.
    private var numbers: NumberWatch?
    private var categories: CategoryWatch?

    /// Starts before the first row of the stream.
    ///
    /// The bag says which rows numbers are ranked among; draws within ties depend on the seed, another one for each column.
    ///
    /// - Throws: `invalidSetting` where the contract can't be.
    package init(
        _ reference: ReferenceCounts, contract: FalseAlarmContract, bag: RankBag = .all, seed: UInt64
    ) throws(LeewayError) {
        name = reference.column
        self.contract = try contract.checked()
        self.seed = seed
        evidence = 0
        switch reference.values {
        case .numbers(let values, let counts, let isExact):
            let cells = NumberCells(values: values, counts: counts, isExact: isExact)
            numbers = NumberWatch(cells, missing: reference.nullCount, bag: bag, contract: contract)
        case .categories(let values, let counts):
            var generator = SeededGenerator(seed: seed, stream: .max)
            categories = CategoryWatch(
                values, counts: counts, missing: reference.nullCount, contract: contract, using: &generator)
        }
        evidence = nextEvidence
    }

    /// Whether it is a column of numbers.
    package var isNumeric: Bool { numbers != nil }

    /// The code of a category, byte for byte; `WindowCounts.newCode` where the reference has none like it.
    package func code(of category: String) -> Int32 { categories?.code(of: category) ?? WindowCounts.newCode }

    /// Whether the evidence reaches the contract's threshold: the alarm of this column alone.
    package var isAlarm: Bool { evidence >= contract.threshold }

    /// Looks at the next row's number; NaN is missing.
    package mutating func add(number: Double) {
        var generator = SeededGenerator(seed: seed, stream: UInt64(rows))
        rows += 1
        guard numbers?.add(number, using: &generator) != nil else {
            preconditionFailure("A number was added to a column of categories.")
        }
        evidence = nextEvidence
    }

    /// Looks at the next row's category: its place in the reference's categories, `WindowCounts.missingCode` or `newCode`.
    package mutating func add(code: Int32) {
        rows += 1
        guard categories?.add(code) != nil else {
            preconditionFailure("A category was added to a column of numbers.")
        }
        evidence = nextEvidence
    }

    /// Takes all stakes back and starts anew, as after an alarm.
    ///
    /// - Parameter keepingRows: With the stream's rows so far among those that new ones are compared with: then the contract
    ///   holds for the next run as for the first, and what raised the alarm becomes part of what is normal. Without them a
    ///   change that lasts raises the alarm again after about as many rows as at first; so does a reference that happens to be an
    ///   unlucky draw, the more runs it has been through.
    package mutating func reset(keepingRows: Bool) {
        numbers?.reset(keepingRows: keepingRows)
        categories?.reset(keepingRows: keepingRows)
        evidence = nextEvidence
    }

    private var nextEvidence: Double { numbers?.evidence ?? categories?.evidence ?? 0 }

    func write(to state: inout StateWriter) {
        state.append(rows)
        state.append(evidence)
        numbers?.write(to: &state)
        categories?.write(to: &state)
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        rows = try state.count()
        evidence = try state.amount()
        try numbers?.read(from: &state)
        try categories?.read(from: &state)
    }
}
