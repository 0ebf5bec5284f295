import LeewayCore
import LeewayValidate

/// Reads the section `validation`.
enum ValidationReader {
    static func read(_ top: inout YAMLSection) throws(LeewayError) -> ValidationConfiguration {
        var validation = ValidationConfiguration(
            minimumRows: 10, warnedNullShare: 0.5, schema: nil, schemaSeverity: Severity.error.rawValue, columns: [])
        guard var section = try top.section("validation") else { return validation }
        validation.minimumRows = try section.int("min_rows", in: 1...Int.max) ?? validation.minimumRows
        validation.warnedNullShare = try share("warn_null_share", &section) ?? validation.warnedNullShare
        validation.schema = try section.string("schema")
        validation.schemaSeverity = (try section.choice("schema_severity", Severity.self) ?? .error).rawValue
        if var columns = try section.section("columns") {
            for (name, node) in try columns.entries() {
                var rule = try YAMLSection(node, path: "validation.columns.\(name)", file: top.file)
                validation.columns.append(try column(name, &rule))
                try rule.finish()
            }
        }
        try section.finish()
        return validation
    }

    private static func column(
        _ name: String, _ rule: inout YAMLSection
    ) throws(LeewayError) -> ValidationConfiguration.Column {
        ValidationConfiguration.Column(
            name: name, type: try rule.choice("type", ColumnType.self),
            minimum: try rule.double("min", "a number", where: { _ in true }),
            maximum: try rule.double("max", "a number", where: { _ in true }), values: try rule.strings("values"),
            maximumNullShare: try share("max_null_share", &rule),
            severity: (try rule.choice("severity", Severity.self) ?? .error).rawValue)
    }

    private static func share(_ key: String, _ section: inout YAMLSection) throws(LeewayError) -> Double? {
        try section.double(key, "a number from 0 to 1", where: { $0 >= 0 && $0 <= 1 })
    }
}
