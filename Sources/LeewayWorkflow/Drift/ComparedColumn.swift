import LeewayCore
import LeewayEngine
import LeewayMonitor

/// A column by which two tables are compared, and how it is read.
struct ComparedColumn: Sendable, Equatable {
    let name: String
    let kind: ColumnDrift.Kind
    var role = ColumnDrift.Role.feature
    /// Whether training read it as true and false, however a file spells them.
    var isBoolean = false
    /// What is taken off the end of its texts.
    var suffix: String?

    /// The column of a file as SQL: a number, or a text.
    func expression(in scan: FileScan) -> String {
        guard let type = scan.columns.first(where: { $0.name == name })?.type else {
            return kind == .number ? "CAST(NULL AS DOUBLE)" : "CAST(NULL AS VARCHAR)"
        }
        let known = ColumnType(engineType: type)
        switch kind {
        case .number:
            return known?.isNumeric == true ? name.sqlName : "TRY_CAST(\(text(scan)) AS DOUBLE)"
        case .category:
            if known == .boolean { return "CAST(\(name.sqlName) AS VARCHAR)" }
            return isBoolean
                ? "coalesce(CAST(TRY_CAST(\(text(scan)) AS BOOLEAN) AS VARCHAR), \(text(scan)))" : text(scan)
        }
    }

    /// The column's texts, cleaned as training cleaned them.
    func text(_ scan: FileScan) -> String {
        var text = scan.file.options.text(of: name.sqlName)
        if let suffix {
            text =
                "CASE WHEN ends_with(\(text), \(suffix.sqlLiteral)) THEN left(\(text), -\(suffix.unicodeScalars.count)) ELSE \(text) END"
        }
        return scan.file.options.missing(in: text)
    }
}
