import LeewayValidate
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ValidationReportTests {
    private static let report = ValidationReport(checks: [
        .init("row_count", severity: .error, passed: true, message: "12 rows."),
        .init("range", column: "age", severity: .error, passed: false, message: "3 out."),
        .init("null_share", column: "job", severity: .warn, passed: false, message: "60 %."),
    ])

    @Test func `a failed check of severity error stops the run, a warning does not`() {
        #expect(Self.report.errors.map(\.check) == ["range"])
        #expect(Self.report.warnings.map(\.check) == ["null_share"])
        #expect(!Self.report.passed)
        #expect(ValidationReport(checks: Self.report.checks.filter { $0.check != "range" }).passed)
        #expect(ValidationReport(checks: []).passed)
    }

    @Test func `is written with its verdict`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(Self.report)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"checks":[{"check":"row_count","message":"12 rows.","passed":true,"severity":"error"},"#
                + #"{"check":"range","column":"age","message":"3 out.","passed":false,"severity":"error"},"#
                + #"{"check":"null_share","column":"job","message":"60 %.","passed":false,"severity":"warn"}],"#
                + #""errors":1,"passed":false,"warnings":1}"#)
        #expect(try JSONDecoder().decode(ValidationReport.self, from: data) == Self.report)
    }
}
