import LeewayCore
import LeewayValidate
import Testing

@Suite struct ViolationTests {
    private static func field(
        _ type: ColumnType, _ minimum: Double? = nil, _ maximum: Double? = nil, isNullable: Bool = false
    ) -> Contract.Field {
        Contract.Field(
            name: "x", type: type, storage: .number(0), minimum: minimum, maximum: maximum, isNullable: isNullable)
    }

    @Test(
        arguments: [
            (field(.integer, 17, 90), "a whole number from 17 to 90"), (field(.number), "a number"),
            (field(.number, -0.5, 1e300), "a number from -0.5 to 1e+300"),
            (field(.number, 0, isNullable: true), "a number of at least 0, or null"),
            (field(.integer, nil, 0x1p53), "a whole number of at most 9007199254740992"),
            (field(.boolean), "true or false"), (field(.text), "a text"),
            (field(.text, isNullable: true), "a text, or null"), (field(.date), "a date as text"),
            (field(.time), "a time of day as text"), (field(.timestamp), "a date and time as text"),
        ])
    func `says what a field must be`(field: Contract.Field, words: String) {
        #expect(field.expectation == words)
    }

    @Test func `names twenty categories and counts the rest`() {
        func words(_ count: Int, isNullable: Bool = false) -> String {
            Contract.Field(
                name: "x", type: .text, storage: .category(0), categories: (1...count).map { "c\($0)" },
                isNullable: isNullable
            ).categoryExpectation
        }
        let twenty = (1...20).map { "c\($0)" }.joined(separator: ", ")
        #expect(words(2) == "one of c1, c2")
        #expect(words(1, isNullable: true) == "one of c1, or null")
        #expect(words(20) == "one of \(twenty)")
        #expect(words(23, isNullable: true) == "one of \(twenty) and 3 more, or null")
    }
}
