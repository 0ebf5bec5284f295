import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct CSVRowReaderTests {
    private func rules(_ outcome: RowFixtures.Outcome) -> [String] {
        outcome.violations.map { "\($0.row) \($0.field) \($0.rule.rawValue)" }
    }

    @Test func `reads quotes, doubled quotes and both line ends, in the header's order`() {
        let outcome = RowFixtures.readCSV("gain,age,\"work\"\r\n1.5,39,a\n,\"40\",\"b,\"\"c\"\"\n\"\r\n-2e3,41,\"a\"")
        #expect(outcome.error == nil)
        #expect(outcome.violations == [])
        #expect(outcome.numbers == [39, 1.5, 40, .nan, 41, -2e3].map(\.bitPattern))
        #expect(outcome.codes == [0, -1, 1, -1, 0, -1])
    }

    @Test func `takes empty cells and the texts for missing values as null`() {
        let outcome = RowFixtures.readCSV("age,work,note,gain\n20,?,?,\n,a,\"\",\"?\"\n")
        #expect(rules(outcome) == ["0 work null", "1 age null"])
        #expect(outcome.codes == [-1, -1, 0, -1])
        #expect(outcome.badRowCount == 2)
    }

    @Test func `skips a byte order mark and empty lines`() {
        let outcome = RowFixtures.readCSV("\u{FEFF}\"age\",work,gain\n\n20,a,1\r\n\r\n")
        #expect(outcome.error == nil)
        #expect(rules(outcome) == [])
        #expect(outcome.rowCount == 1)
    }

    @Test func `takes an empty line for a row where there is one column`() {
        #expect(RowFixtures.readCSV("gain\n\n1\n").rowCount == 2)
    }

    @Test func `notes rows with another number of cells, and goes on`() {
        let outcome = RowFixtures.readCSV("age,work,gain\n20,a\n20,a,1\n20,a,1,1\n\"\"\n30,a,2\n")
        #expect(rules(outcome) == ["0  shape", "2  shape", "3  shape"])
        #expect(outcome.violations.first?.expected == "3 cells, as many as the header has")
        #expect(outcome.rowCount == 5)
    }

    @Test func `notes unknown columns at the first row, and missing ones at each`() {
        let text = "age,ages,work\n20,1,a\n21,1,a\n"
        #expect(rules(RowFixtures.readCSV(text)) == ["0 ages extra", "0 gain required", "1 gain required"])
        #expect(RowFixtures.readCSV(text).violations[0].expected == "no such field: did you mean 'age'?")
        #expect(rules(RowFixtures.readCSV(text, RowFixtures.contract(.coerce))).first == "0 gain required")
        #expect(RowFixtures.readCSV(text, RowFixtures.contract(.lenient)).badRowCount == 0)
        #expect(rules(RowFixtures.readCSV("age,x,work,gain\n20\n21,1,a,1\n")) == ["0  shape", "0 x extra"])
    }

    @Test func `trims the names of a contract that trims`() {
        let outcome = RowFixtures.readCSV("age, work ,\tgain\n 20, a , 1\n", RowFixtures.contract(trims: true))
        #expect(outcome.violations == [])
        #expect(outcome.codes == [0, -1])
    }

    @Test(arguments: [
        ("", "The body has no header."), ("\n20,a\n", "The body has no header."),
        (",,\n", "The body has no header."), ("39,a,1\n", "The first line of the body names no column of the model."),
        ("age,x,age\n", "The header of the body has 'age' twice: in columns 1 and 3."),
        ("age,,\n", "The header of the body has a name twice: in columns 2 and 3."),
        ("age,work\n20,\"a\n\n", "Line 2 of the body has a quote that is never closed."),
        ("age,work\n20,\"a\n\"x\n", "Line 3 of the body has text after the quote that ends a cell."),
        ("age,work\n20,a\"b\"\n", "Line 2 of the body has a quote within a cell that does not begin with one."),
        ("age,work\n20,a\n21\r,a\n", "Line 3 of the body has a carriage return that ends no line."),
    ])
    func `tells where a body can't be read`(text: String, message: String) {
        let error = RowFixtures.readCSV(text).error
        #expect(error?.code == .malformedRequest)
        #expect(error?.message == message)
    }

    @Test func `tells the line of bytes that are not UTF-8`() {
        let bytes = Array("age,work,note\n20,a,é\n20,\"a\n".utf8) + [0xC3] + Array("\",b\n".utf8)
        let outcome = RowFixtures.readCSV(bytes, RowFixtures.contract())
        #expect(outcome.error?.message == "Line 4 of the body has bytes that are not UTF-8.")
        #expect(outcome.rowCount == 1)
        #expect(outcome.unknownTexts == ["0 1 é"])
    }

    @Test func `refuses cells and rows that are too large, wherever they are cut`() {
        let long = String(repeating: "x", count: 1 << 20)
        for (text, message) in [
            ("age\n\(long)x\n", "Line 2 of the body has a cell of more than 1048576 bytes."),
            ("age\n\"\(long)\n\n", "Line 2 of the body has a cell of more than 1048576 bytes."),
            ("age\n\(long)x\"\n", "Line 2 of the body has a cell of more than 1048576 bytes."),
            (
                "age\n" + String(repeating: long + ",", count: 17),
                "Line 2 of the body begins a row of more than 16777216 bytes."
            ),
        ] {
            let bytes = Array(text.utf8)
            let whole = RowFixtures.readCSV(bytes, RowFixtures.contract())
            #expect(whole.error?.message == message)
            let cut = RowFixtures.readCSV(bytes, RowFixtures.contract(), cuts: [5, (1 << 20) + 4, (1 << 20) + 6])
            #expect(cut == whole)
        }
        // As long as may be, and cut between CR and LF.
        for ending in ["\(long)\r\n", "\"\(long.dropLast(2))\"\r\n"] {
            let bytes = Array("gain\n\(ending)".utf8)
            #expect(RowFixtures.readCSV(bytes, RowFixtures.contract(), cuts: [bytes.count - 1]).error == nil)
        }
    }

    @Test func `numbers rows through the whole stream`() {
        let bytes = Array("age,work,gain\n20,a,1\n1,a,1\n20,c,1\n".utf8)
        let outcome = RowFixtures.readCSV(bytes, RowFixtures.contract(), cuts: [20, 22, 30])
        #expect(rules(outcome) == ["1 age range", "2 work category"])
        #expect(outcome.unknownTexts == ["2 0 c"])
    }
}
