// What a stream needs, whose rows are taken away piece by piece.
extension ContractReader {
    /// How far a reader had come, between two rows.
    package struct Mark: Sendable {
        fileprivate let rows: (count: Int, bad: Int)
        fileprivate let unknownTexts: Int
        fileprivate let listed: (violations: Int, notes: Int)
        fileprivate let violations: Int
        fileprivate let rules: [Violation.Rule: Int]
    }

    /// Takes away the rows since the last call; later rows keep their number in the stream.
    package mutating func take() -> ContractRows {
        let taken = rows
        rows = ContractRows()
        firstRow += taken.count
        earlierViolationCount += taken.violations.count
        for place in lastRow.indices { lastRow[place] = 0 }
        return taken
    }

    /// Where the reader is now, between two rows.
    package func mark() -> Mark {
        Mark(
            rows: (rows.count, rows.badRowCount), unknownTexts: rows.unknownTexts.count,
            listed: (rows.violations.count, rows.notes.count), violations: rows.violationCount, rules: rows.ruleCounts)
    }

    /// Forgets all since a mark, after which no row may have been taken away.
    package mutating func goBack(to mark: Mark) {
        rows.count = mark.rows.count
        rows.badRows.removeSubrange(mark.rows.bad...)
        rows.numbers.removeSubrange((mark.rows.count * contract.numberCount)...)
        rows.codes.removeSubrange((mark.rows.count * contract.categoryCount)...)
        rows.unknownTexts.removeSubrange(mark.unknownTexts...)
        rows.violations.removeSubrange(mark.listed.violations...)
        rows.notes.removeSubrange(mark.listed.notes...)
        rows.violationCount = mark.violations
        rows.ruleCounts = mark.rules
        for place in lastRow.indices { lastRow[place] = 0 }
    }
}
