import Foundation
import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct ViolationTextTests {
    /// `0 age range, 1 job category`.
    static func list(_ violations: [Violation]) -> String {
        violations.map { "\($0.row) \($0.field) \($0.rule.rawValue)" }.joined(separator: ", ")
    }

    private static func sentence(_ body: String, _ mode: Contract.Mode = .strict) throws -> String {
        let rows = try TableContract.with(body.utf8) { bytes throws(LeewayError) in
            try JSONRows.readBody(bytes, TableContract.mixed(mode), rowLimit: 100)
        }
        return ViolationText.sentence(rows)
    }

    @Test func `one problem`() throws {
        #expect(
            try Self.sentence(#"{"age":16,"job":"smith","member":true}"#)
                == "1 problem in 1 of 1 row: row 0, age: a whole number from 17 to 90 is expected (range).")
    }

    @Test func `every rule reads well`() throws {
        let body =
            #"[{"age":20,"job":"x","member":null},7,{"age":"20","age":1,"agee":1,"income":1,"job":"smith","member":true}]"#
        #expect(
            try Self.sentence(body) == """
                7 problems in 3 of 3 rows: row 0, job: one of clerk, clérk, smith is expected (category); \
                row 0, member: true or false is expected (null); \
                row 1: an object with the row's fields is expected (shape); \
                row 2, age: a whole number from 17 to 90 is expected (type); \
                row 2, age: the field once is expected (duplicate); \
                row 2, agee: no such field: did you mean 'age'? (extra); \
                row 2, income: no such field: it is what the model predicts (extra).
                """)
    }

    @Test func `tells ten and counts the rest`() throws {
        let sentence = try Self.sentence("[" + [String](repeating: "{}", count: 5).joined(separator: ",") + "]")
        #expect(
            sentence.hasPrefix("15 problems in 5 of 5 rows: row 0, age: a whole number from 17 to 90 is expected (r"))
        #expect(sentence.hasSuffix("; row 3, age: a whole number from 17 to 90 is expected (required); and 5 more."))
        #expect(sentence.components(separatedBy: "; row ").count == 10)
    }
}
