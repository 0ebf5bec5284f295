import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct ChangeRequestTests {
    private static let columns = ["age", "job", "a:b", "a=b", "a"]

    private static let readable: [(SimulatedChange.Kind, String, SimulatedChange)] = [
        (.shift, "age:+5", .shift(column: "age", by: .units(5))),
        (.shift, "age:5", .shift(column: "age", by: .units(5))),
        (.shift, "age:-2.5e1", .shift(column: "age", by: .units(-25))),
        (.shift, "age:+0.5sd", .shift(column: "age", by: .deviations(0.5))),
        (.shift, "age:-1sd", .shift(column: "age", by: .deviations(-1))),
        (.shift, "age:*1.2", .shift(column: "age", by: .times(1.2))),
        (.shift, "a:b:+1", .shift(column: "a:b", by: .units(1))),
        (.scale, "age:0", .scale(column: "age", factor: 0)),
        (.null, "job:1", .null(column: "job", share: 1)),
        (.flipLabels, "job:0", .flipLabels(column: "job", share: 0)),
        (.dropCategory, "job=Nurse", .dropCategory(.init(column: "job", text: "Nurse"))),
        (.dropCategory, "job=a=b:c", .dropCategory(.init(column: "job", text: "a=b:c"))),
        (.dropCategory, "a=b=c", .dropCategory(.init(column: "a=b", text: "c"))),
        (.reweight, "job=:2", .reweight(.init(column: "job", text: ""), factor: 2)),
        (.constant, "job=12:30:0.5", .constant(.init(column: "job", text: "12:30"), share: 0.5)),
        (.newCategory, "job=Gig's \"\0:0.1", .newCategory(.init(column: "job", text: "Gig's \"\0"), share: 0.1)),
    ]

    @Test(arguments: readable)
    func `read`(kind: SimulatedChange.Kind, text: String, change: SimulatedChange) throws {
        let request = try ChangeRequest(kind, text)
        #expect(try request.change(among: Self.columns) == change)
        #expect(change.kind == kind)
    }

    private static let refused: [(SimulatedChange.Kind, String, String)] = [
        (.shift, "age", "it must read COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER."),
        (.shift, "age:", "it must read COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER."),
        (.shift, "age:x", "it must read COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER."),
        (.shift, "age:nan", "it must read COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER."),
        (.shift, "age:1e999", "it must read COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER."),
        (.shift, ":+5", "it must read COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER."),
        (.scale, "age:-1", "it must read COLUMN:FACTOR, the factor 0 or more."),
        (.reweight, "job:2", "it must read COLUMN=CATEGORY:FACTOR, the factor 0 or more."),
        (.reweight, "job=Nurse:-2", "it must read COLUMN=CATEGORY:FACTOR, the factor 0 or more."),
        (.dropCategory, "job", "it must read COLUMN=CATEGORY."),
        (.newCategory, "job=Gig", "it must read COLUMN=CATEGORY:SHARE."),
        (.null, "job:1.01", "the share must be a number from 0 to 1."),
        (.null, "job:-0.1", "the share must be a number from 0 to 1."),
        (.flipLabels, "job:ten", "the share must be a number from 0 to 1."),
        (.constant, "job=12:30", "the share must be a number from 0 to 1."),
    ]

    @Test(arguments: refused)
    func `refuse what makes no sense, with an example`(kind: SimulatedChange.Kind, text: String, reason: String) {
        let error = #expect(throws: LeewayError.self) { try ChangeRequest(kind, text) }
        #expect(error?.code == .invalidUsage)
        #expect(error?.message == "--\(kind.rawValue) \(text): \(reason)")
        #expect(error?.hint == "Example: --\(kind.rawValue) \(kind.example)")
    }

    @Test(arguments: [
        (SimulatedChange.Kind.shift, "aeg:+5", "aeg", "Did you mean 'age'?"),
        (.null, "zebra:0.5", "zebra", "Columns: age, job, a:b, a=b, a."),
        (.dropCategory, "jobs=Nurse", "jobs", "Did you mean 'job'?"),
    ])
    func `name the nearest column`(kind: SimulatedChange.Kind, text: String, column: String, hint: String) throws {
        let request = try ChangeRequest(kind, text)
        let error = #expect(throws: LeewayError.self) { try request.change(among: Self.columns) }
        #expect(error == LeewayError(.missingColumn, "The input has no column '\(column)'.", hint: hint))
    }

    @Test func `every example is what its kind reads`() throws {
        for kind in SimulatedChange.Kind.allCases {
            #expect(try ChangeRequest(kind, kind.example).kind == kind)
            #expect(!kind.grammar.isEmpty)
        }
    }
}
