import LeewayCore
import LeewayValidate
import Testing

@Suite struct ContractReaderTests {
    private static let fields = [
        ContractSample.age,
        Contract.Field(name: "job", type: .text, storage: .category(0), categories: ["clerk"], isClosed: true),
        Contract.Field(name: "rate", type: .number, storage: .number(1), isNullable: true, isRequired: false),
    ]

    private static func reader(_ mode: Contract.Mode) -> ContractReader {
        ContractReader(ContractSample.contract(fields, mode))
    }

    private static func row(_ values: [(Int, ContractSample.Value)], _ reader: inout ContractReader) {
        reader.beginRow()
        for (place, value) in values { ContractSample.give(value, place, to: &reader) }
        reader.endRow()
    }

    @Test func `fields come in any order, and rows lie one after the other`() {
        var reader = Self.reader(.strict)
        Self.row([(2, .number(0.5)), (0, .number(20)), (1, .text("clerk"))], &reader)
        Self.row([(1, .text("clerk")), (0, .number(30))], &reader)
        #expect(reader.rows.numbers[..<3] == [20, 0.5, 30] && reader.rows.numbers[3].isNaN)
        #expect(reader.rows.codes == [0, 0] && reader.rows.count == 2 && reader.rows.violationCount == 0)
        #expect(reader.rows.badRowCount == 0 && reader.rows.ruleCounts.isEmpty)
    }

    @Test func `every problem of every row is found, in their order`() {
        var reader = Self.reader(.strict)
        Self.row([(0, .number(91)), (0, .number(20)), (1, .text("x"))], &reader)
        Self.row([(0, .number(20)), (1, .text("clerk"))], &reader)
        reader.malformedRow("an object")
        Self.row([(2, .text("1"))], &reader)
        #expect(
            reader.rows.violations == [
                .init(row: 0, field: "age", rule: .range, expected: "a whole number from 17 to 90"),
                .init(row: 0, field: "age", rule: .duplicate, expected: "the field once"),
                .init(row: 0, field: "job", rule: .category, expected: "one of clerk"),
                .init(row: 2, field: "", rule: .shape, expected: "an object"),
                .init(row: 3, field: "rate", rule: .type, expected: "a number, or null"),
                .init(row: 3, field: "age", rule: .required, expected: "a whole number from 17 to 90"),
                .init(row: 3, field: "job", rule: .required, expected: "a text"),
            ])
        #expect(reader.rows.badRowCount == 3 && reader.rows.violationCount == 7)
        #expect(
            reader.rows.ruleCounts == [
                .range: 1, .duplicate: 1, .category: 1, .shape: 1, .type: 1, .required: 2,
            ])
        #expect(reader.rows.numbers.count == 8 && reader.rows.codes.count == 4)
    }

    @Test func `a lenient contract tells what it lets pass, but no row is read twice or out of nothing`() {
        var reader = Self.reader(.lenient)
        Self.row([(0, .number(91)), (0, .number(20))], &reader)
        Self.row([(0, .null), (1, .text("x"))], &reader)
        reader.malformedRow("an object")
        reader.beginRow()
        reader.wrongLength("3 values")
        reader.endRow()
        #expect(
            reader.rows.violations == [
                .init(row: 0, field: "age", rule: .duplicate, expected: "the field once"),
                .init(row: 2, field: "", rule: .shape, expected: "an object"),
                .init(row: 3, field: "", rule: .shape, expected: "3 values"),
            ])
        #expect(
            reader.rows.notes.map { "\($0.row) \($0.field) \($0.rule.rawValue)" } == [
                "0 age range", "0 job required", "1 age null", "1 job category", "3 age required", "3 job required",
            ])
        #expect(reader.rows.badRowCount == 3 && reader.rows.violationCount == 3)
        #expect(reader.rows.ruleCounts[.required] == 3)
        #expect(reader.rows.numbers[0] == 91)
    }

    @Test func `extra fields are refused, ignored or told`() {
        var strict = Self.reader(.strict)
        strict.beginRow()
        for name in ["agee", "Job", "xyz", "income", "", String(repeating: "é", count: 300)] { strict.extra(name) }
        let texts = strict.rows.violations.map { "\($0.field): \($0.expected)" }
        #expect(
            texts == [
                "agee: no such field: did you mean 'age'?", "Job: no such field: did you mean 'job'?",
                "xyz: no such field", "income: no such field: it is what the model predicts", ": no such field",
                String(repeating: "é", count: 100) + ": no such field",
            ])
        #expect(strict.rows.violations.allSatisfy { $0.rule == .extra })

        var coerce = Self.reader(.coerce)
        coerce.beginRow()
        for name in ["agee", "income"] { coerce.extra(name) }
        #expect(coerce.rows.violations.isEmpty && coerce.rows.notes.isEmpty && coerce.rows.ruleCounts.isEmpty)

        var lenient = Self.reader(.lenient)
        lenient.beginRow()
        for name in ["agee", "income", String(repeating: "é", count: 300)] { lenient.extra(name) }
        #expect(lenient.rows.violations.isEmpty && lenient.rows.ruleCounts == [.extra: 3])
        #expect(
            lenient.rows.notes.map { "\($0.field): \($0.expected)" } == [
                "agee: no such field", "income: no such field", String(repeating: "é", count: 100) + ": no such field",
            ])
    }

    @Test func `nobody looks for what was meant a thousand times`() {
        var reader = Self.reader(.strict)
        reader.beginRow()
        for _ in 0..<150 { reader.extra("agee") }
        #expect(reader.rows.violations.count { $0.expected.hasSuffix("'age'?") } == 100)
        _ = reader.take()
        reader.beginRow()
        reader.extra("agee")
        #expect(reader.rows.violations.map(\.expected) == ["no such field"])
    }

    @Test(arguments: [Contract.Mode.strict, .lenient])
    func `ten thousand are listed and all are counted`(mode: Contract.Mode) {
        var reader = Self.reader(mode)
        for _ in 0..<10_050 { Self.row([(0, .null), (1, .text("clerk"))], &reader) }
        let rows = reader.rows
        #expect(rows.ruleCounts == [.null: 10_050])
        #expect((mode == .strict ? rows.violations : rows.notes).map(\.row) == Array(0..<10_000))
        #expect((mode == .strict ? rows.notes : rows.violations).isEmpty)
        #expect(rows.violationCount == (mode == .strict ? 10_050 : 0) && rows.badRowCount == rows.violationCount)
    }

    @Test func `what was logged is kept as it is, whatever the contract says now`() {
        var reader = Self.reader(.strict)
        reader.beginRow()
        reader.keepLogged(-5.5, 0)
        reader.keepLogged(3, 1)
        for (text, place) in [("x", 1), ("clerk", 0)] {
            var text = text
            text.withUTF8 { reader.keepLogged($0, place) }
        }
        #expect(reader.rows.numbers[0] == -5.5 && reader.rows.numbers[1].isNaN)
        #expect(reader.rows.codes == [ContractRows.unknown] && reader.rows.violationCount == 0)
        reader.beginRow()
        var text = "clerk"
        text.withUTF8 { reader.keepLogged($0, 1) }
        #expect(reader.rows.codes == [ContractRows.unknown, 0])
    }

    @Test func `rows that are taken away keep their numbers, and later ones go on`() {
        var reader = Self.reader(.strict)
        Self.row([(0, .number(1)), (1, .text("clerk"))], &reader)
        Self.row([(0, .number(20)), (1, .text("clerk"))], &reader)
        #expect(reader.take().violations.map(\.row) == [0])
        #expect(reader.rows.count == 0 && reader.firstRow == 2)
        // The first row of the rest gives the fields that the second row of the taken ones gave.
        Self.row([(0, .number(20)), (1, .text("x"))], &reader)
        Self.row([(0, .number(20)), (1, .text("clerk"))], &reader)
        #expect(reader.rows.violations.map { "\($0.row) \($0.rule.rawValue)" } == ["2 category"])
        #expect(reader.rows.unknownTexts.map(\.row) == [0])
        #expect(reader.take().badRowCount == 1 && reader.firstRow == 4)
    }

    @Test func `a reader goes back to a mark as if nothing had been`() {
        var reader = Self.reader(.lenient)
        Self.row([(0, .number(1)), (1, .text("x"))], &reader)
        reader.malformedRow("an object")
        let (before, mark) = (reader.rows, reader.mark())
        Self.row([(0, .number(2)), (1, .text("y")), (0, .null)], &reader)
        reader.malformedRow("an object")
        reader.goBack(to: mark)
        #expect(Self.isEqual(reader.rows, before))
        Self.row([(0, .number(20)), (1, .text("clerk"))], &reader)
        #expect(reader.rows.violationCount == 1 && reader.rows.notes.count == 2 && reader.rows.count == 3)
    }

    private static func isEqual(_ left: ContractRows, _ right: ContractRows) -> Bool {
        left.count == right.count && left.numbers.map(\.bitPattern) == right.numbers.map(\.bitPattern)
            && left.codes == right.codes && left.unknownTexts == right.unknownTexts
            && left.violations == right.violations && left.notes == right.notes && left.ruleCounts == right.ruleCounts
            && left.badRowCount == right.badRowCount && left.violationCount == right.violationCount
    }
}
