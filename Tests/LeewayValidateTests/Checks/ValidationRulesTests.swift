import LeewayCore
import Testing

@testable import LeewayValidate

@Suite struct ValidationRulesTests {
    private static let schema = Schema(
        columns: [
            .init(name: "age", type: .integer, nullShare: 0.1, minimum: 17, maximum: 90),
            .init(name: "job", type: .text, nullShare: 0.98, categories: ["a", "b"]),
        ], target: "job")

    @Test func `an earlier schema asks for its types, ranges and categories, and grants five percent more nulls`() {
        let rules = ValidationRules(expected: Self.schema, expectedSeverity: .warn)
        #expect(rules.columns.map(\.name) == ["age", "job"])
        #expect(rules.columns[0].rule.type == .integer)
        #expect(rules.columns[0].rule.minimum == 17 && rules.columns[0].rule.maximum == 90)
        #expect(abs((rules.columns[0].rule.maximumNullShare ?? 0) - 0.15) < 1e-15)
        #expect(rules.columns[1].rule.allowedValues == ["a", "b"])
        #expect(rules.columns[1].rule.maximumNullShare == 1)
        #expect(rules.columns.allSatisfy { $0.rule.severity == .warn })
    }

    @Test func `the user's rule replaces the schema's, whole`() {
        let rules = ValidationRules(columns: [("age", .init(minimum: 0))], expected: Self.schema)
        #expect(rules.columns.map(\.name) == ["job", "age"])
        #expect(rules.columns[1].rule == .init(minimum: 0, severity: .error))
    }

    @Test func `the defaults ask for ten rows and warn of half the values`() {
        let rules = ValidationRules()
        #expect(rules.minimumRows == 10 && rules.warnedNullShare == 0.5 && rules.columns.isEmpty)
    }

    @Test func `rules are equal by all that they ask`() {
        #expect(ValidationRules(expected: Self.schema) == ValidationRules(expected: Self.schema))
        #expect(ValidationRules(expected: Self.schema) != ValidationRules())
        #expect(ValidationRules(minimumRows: 9) != ValidationRules())
        #expect(ValidationRules(columns: [("a", .init())]) != ValidationRules(columns: [("b", .init())]))
    }
}
