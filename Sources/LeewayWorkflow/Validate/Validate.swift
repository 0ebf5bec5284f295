package import LeewayCore
import LeewayStore
package import LeewayValidate

/// Infers the schema and runs the checks: `schema.json` and `validation_report.json`.
///
/// Both are written whatever the outcome; a check of severity `error` that fails stops the run.
package struct Validate: Stage {
    package static let name = "validate"

    /// What the data look like, and how the checks came out.
    package struct Output: Sendable {
        package let schema: Schema
        package let report: ValidationReport
    }

    /// What an earlier version admits, which this one admits as well.
    private let earlier: Schema?

    package init(admittingAlso earlier: Schema? = nil) { self.earlier = earlier }

    /// - Throws: `invalidSetting` for an earlier schema that can't be read. A failed check does not throw: the caller stops.
    package func run(_ input: IngestedData, in context: RunContext) async throws -> Output {
        let configuration = context.configuration
        let validator = DataValidator(rules: try rules(of: configuration.validation, in: context))
        let rowCount = input.profile.rowCount
        let target = configuration.target.column
        let own = Schema(inferredFrom: input.counts, rowCount: rowCount, target: target)
        let schema = earlier.map { own.widened(by: $0) } ?? own
        let report = validator.validate(rowCount: rowCount, columns: input.counts, target: target)
        try context.write(schema, as: "schema.json")
        try context.write(report, as: "validation_report.json")
        return Output(schema: schema, report: report)
    }

    private func rules(
        of configuration: ValidationConfiguration, in context: RunContext
    ) throws(LeewayError) -> ValidationRules {
        var expected: Schema?
        if let path = configuration.schema {
            let bytes = try FileSystem.read(context.project.resolve(path))
            expected = try ArtifactCoding.decode(Schema.self, from: bytes, name: path)
        }
        let columns = configuration.columns.map { column in
            (
                name: column.name,
                rule: ValidationRules.Column(
                    type: column.type, minimum: column.minimum, maximum: column.maximum,
                    allowedValues: column.values, maximumNullShare: column.maximumNullShare,
                    severity: Severity(rawValue: column.severity) ?? .error)
            )
        }
        return ValidationRules(
            minimumRows: configuration.minimumRows, warnedNullShare: configuration.warnedNullShare, columns: columns,
            expected: expected, expectedSeverity: Severity(rawValue: configuration.schemaSeverity) ?? .error)
    }
}
