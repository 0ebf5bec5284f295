/// Rows of a request that were held to a contract, and all that was wrong with them.
///
/// - Shape: numbers and categories lie row after row.
/// - Missing: NaN and `missing`.
package struct ContractRows: Sendable {
    /// The code of a category that is not there.
    package static let missing: Int32 = -1
    /// The code of a text that is none of the known categories.
    package static let unknown: Int32 = -2

    /// A text without a code.
    package struct UnknownText: Sendable, Equatable {
        package let row: Int
        /// The place among the categories of a row.
        package let place: Int
        package let text: String
    }

    package internal(set) var count = 0
    package internal(set) var numbers: [Double] = []
    package internal(set) var codes: [Int32] = []
    /// The texts behind the codes `unknown`, by row.
    package internal(set) var unknownTexts: [UnknownText] = []
    /// What makes the rows unfit to be answered.
    package internal(set) var violations: [Violation] = []
    /// What a lenient contract lets through.
    package internal(set) var notes: [Violation] = []
    /// How many violations and notes there are, by rule, those beyond the ones listed included.
    package internal(set) var ruleCounts: [Violation.Rule: Int] = [:]
    /// The rows that have a violation, ascending.
    package internal(set) var badRows: [Int] = []
    /// How many rows have a violation.
    package var badRowCount: Int { badRows.count }

    package init() {}

    /// How many violations there are, those beyond the ones listed included.
    package internal(set) var violationCount = 0

    /// The rows without a violation, on their own.
    package func good(_ contract: Contract) -> ContractRows {
        guard !badRows.isEmpty else { return self }
        var good = ContractRows()
        var (bad, unknown) = (badRows[...], unknownTexts[...])
        for row in 0..<count {
            let texts = unknown.prefix { $0.row == row }
            unknown = unknown.dropFirst(texts.count)
            if bad.first == row {
                bad = bad.dropFirst()
                continue
            }
            good.numbers += numbers[row * contract.numberCount..<(row + 1) * contract.numberCount]
            good.codes += codes[row * contract.categoryCount..<(row + 1) * contract.categoryCount]
            good.unknownTexts += texts.map { UnknownText(row: good.count, place: $0.place, text: $0.text) }
            good.count += 1
        }
        good.ruleCounts = ruleCounts
        return good
    }
}
