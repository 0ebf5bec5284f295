package import LeewayCore
import LeewayEngine

/// The rows of a source in a table of the engine, cleaned, with the columns that a run sees.
package struct SourceTable: Sendable {
    /// A column of the table.
    package struct Column: Sendable, Equatable {
        package let name: String
        package let type: ColumnType
    }

    /// The name under which the rows are found, in the order of the files.
    static let name = "leeway_source"

    package let columns: [Column]
    package let rowCount: Int
    /// All rows as SQL.
    let rows: String

    /// What to do with columns while they are read.
    struct Shape: Sendable {
        /// Read as text, cleaned; nil where there may be none.
        var target: TargetConfiguration?
        /// Read as numbers whatever they look like.
        var numeric: Set<String> = []
        /// Read as texts whatever they look like.
        var categorical: Set<String> = []
        /// Left out where their type can't be read.
        var drop: Set<String> = []
    }

    /// Reads files into the table.
    ///
    /// - Throws: `malformedSource` with file and line, `notEnoughRows`, `missingColumn`, `unsupportedType`.
    static func make(
        of files: [SourceFile], shape: Shape, sample: FileScan.Sample = .first, engine: any Engine
    ) async throws -> SourceTable {
        do {
            return try await make(reading: files, shape: shape, sample: sample, engine: engine)
        } catch let error as LeewayError
            where error.code == .malformedSource && files.contains(where: { $0.format == .csv })
        {
            // A value further down may have told another type than the first rows did.
            return try await make(reading: files, shape: shape, sample: .all, engine: engine)
        }
    }

    private static func make(
        reading files: [SourceFile], shape: Shape, sample: FileScan.Sample, engine: any Engine
    ) async throws -> SourceTable {
        let lanes = try EngineLanes(for: files, on: engine)
        let scans = try await lanes.map(files) { file, engine in
            try await FileScan.inspect(file, sample: sample, engine: engine)
        }
        let names = try commonNames(scans)
        if let target = shape.target { try require(target.column, in: names, what: "target") }
        for name in shape.drop.sorted() where !names.contains(name) {
            throw LeewayError(
                .missingColumn, "The column '\(name)' in 'features.drop' is not in the source.",
                hint: NearestName.of(name, among: names).map { "Did you mean '\($0)'?" })
        }
        for name in shape.numeric.union(shape.categorical).sorted() { try require(name, in: names, what: "feature") }

        var columns: [Column] = []
        for name in names {
            let types = scans.compactMap { scan in scan.columns.first { $0.name == name }?.type }
            if let type = try columnType(name, types, shape) { columns.append(Column(name: name, type: type)) }
        }
        let queries = lanes.parts(of: scans.map { scan in query(scan, columns, shape) })
        let tables = queries.indices.map { "\(Self.name)_\($0)" }
        let counts = try await lanes.map(Array(zip(tables, queries))) { part, engine in
            try await engine.execute("CREATE OR REPLACE TABLE \(part.0) AS \(part.1.joined(separator: " UNION ALL "))")
            return try await engine.texts("SELECT CAST(count(*) AS VARCHAR) FROM \(part.0)")
        }
        let rows = tables.map { "SELECT * FROM \($0)" }.joined(separator: " UNION ALL ")
        try await engine.execute("CREATE OR REPLACE VIEW \(Self.name.sqlName) AS \(rows)")
        return SourceTable(columns: columns, rowCount: counts.reduce(0) { $0 + (Int($1[0][0]) ?? 0) }, rows: rows)
    }

    /// The names of the first file's columns, which every other must have.
    static func commonNames(_ scans: [FileScan]) throws(LeewayError) -> [String] {
        guard let first = scans.first else { return [] }
        for scan in scans {
            if let names = scan.file.options.names, names.count != scan.columns.count {
                throw LeewayError(
                    .malformedSource,
                    "\(scan.file.path) has \(scan.columns.count) columns where \(names.count) names are given.",
                    hint: "Check 'names' and 'delimiter'.")
            }
            for column in first.columns where !scan.columns.contains(where: { $0.name == column.name }) {
                throw LeewayError(
                    .missingColumn, "\(scan.file.path) has no column '\(column.name)', which \(first.file.path) has.",
                    hint: "Files of one source need the same columns; give 'names' to those without a header.")
            }
            for column in scan.columns where !first.columns.contains(where: { $0.name == column.name }) {
                throw LeewayError(
                    .missingColumn, "\(first.file.path) has no column '\(column.name)', which \(scan.file.path) has.",
                    hint: "Files of one source need the same columns; give 'names' to those without a header.")
            }
        }
        return first.columns.map(\.name)
    }

    private static func require(_ name: String, in names: [String], what: String) throws(LeewayError) {
        guard !names.contains(name) else { return }
        throw LeewayError(
            .missingColumn, "The \(what) column '\(name)' is not in the source.", hint: hint(for: name, among: names))
    }

    /// What may help somebody who named a column that is not there.
    private static func hint(for name: String, among names: [String]) -> String {
        if let nearest = NearestName.of(name, among: names) { return "Did you mean '\(nearest)'?" }
        if names.count == 1, names[0].contains(where: { ",;|\t".contains($0) }) {
            return "The file was read as one column: check 'delimiter', 'quote' and 'skip_lines'."
        }
        let rest = names.count > 20 ? " and \(names.count - 20) others" : ""
        return "Columns: \(names.prefix(20).joined(separator: ", "))\(rest)."
    }

    /// What a column is read as; nil where it is left out.
    private static func columnType(_ name: String, _ types: [String], _ shape: Shape) throws(LeewayError) -> ColumnType?
    {
        if name == shape.target?.column || shape.categorical.contains(name) { return .text }
        if shape.numeric.contains(name) { return .number }
        var seen: Set<ColumnType> = []
        for type in types {
            guard let known = ColumnType(engineType: type) else {
                if shape.drop.contains(name) { return nil }
                throw LeewayError(
                    .unsupportedType, "Column '\(name)' has the type \(type), which is not read.",
                    hint: "Leave it out (features.drop), or flatten it before.")
            }
            seen.insert(known)
        }
        if seen.count == 1 { return seen.first }
        return seen.allSatisfy(\.isNumeric) ? .number : .text
    }

    private static func query(_ scan: FileScan, _ columns: [Column], _ shape: Shape) -> String {
        var scan = scan
        if scan.delimiter != nil {
            // A CSV file is read with the type at which the column ends up, so that no text is lost on the way.
            for (place, column) in scan.columns.enumerated() {
                guard let wanted = columns.first(where: { $0.name == column.name }),
                    ColumnType(engineType: column.type) != wanted.type
                else { continue }
                scan.columns[place].type = wanted.type == .text ? "VARCHAR" : "DOUBLE"
            }
        }
        let selected = columns.map { column in
            "\(expression(column, scan, shape)) AS \(column.name.sqlName)"
        }
        return "SELECT \(selected.joined(separator: ", ")) FROM \(scan.sql)"
    }

    private static func expression(_ column: Column, _ scan: FileScan, _ shape: Shape) -> String {
        let name = column.name.sqlName
        switch column.type {
        case .integer: return "CAST(\(name) AS BIGINT)"
        case .number: return "CAST(\(name) AS DOUBLE)"
        case .boolean, .date, .time, .timestamp: return name
        case .text:
            var text = scan.file.options.text(of: name)
            if column.name == shape.target?.column, let suffix = shape.target?.stripSuffix {
                let length = suffix.unicodeScalars.count
                text =
                    "CASE WHEN ends_with(\(text), \(suffix.sqlLiteral)) THEN left(\(text), -\(length)) ELSE \(text) END"
            }
            return scan.file.options.missing(in: text)
        }
    }
}

extension ColumnType {
    /// The type of an engine's type by its SQL name; nil for one that is not read.
    init?(engineType name: String) {
        switch name.prefix(while: { $0 != "(" }) {
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER": self = .integer
        case "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL": self = .number
        case "BOOLEAN": self = .boolean
        case "VARCHAR", "ENUM", "UUID": self = .text
        case "DATE": self = .date
        case "TIME", "TIME WITH TIME ZONE", "TIME_NS": self = .time
        case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS": self = .timestamp
        default: return nil
        }
        if name.hasSuffix("]") { return nil }
    }
}
