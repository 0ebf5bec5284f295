import LeewayCore
import Testing

@Suite struct LeewayErrorTests {
    @Test func `is one line of code, message and hint`() {
        let error = LeewayError(.missingColumn, "There is no column 'age'.", hint: "Columns: a, b.")
        #expect(error.description == "missing_column: There is no column 'age'. Columns: a, b.")
        #expect("\(error)" == error.description)
    }

    @Test func `without a hint, message and code are all`() {
        #expect(LeewayError(.diskFull, "The disk is full.").description == "disk_full: The disk is full.")
    }

    @Test func `a code is its text`() {
        #expect(LeewayError.Code("missing_column") == .missingColumn)
        #expect(LeewayError.Code.invalidConfiguration.description == "invalid_configuration")
    }
}
