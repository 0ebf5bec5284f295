import LeewayEngine

/// The SQL that makes a Parquet file of a segment's lines.
struct SegmentQuery: Sendable {
    private static let format = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 32768, USE_TMP_FILE false"
    /// What a name in a segment's inputs is read from where names had to be changed.
    private static let members = "leeway_members"

    let scan: SegmentScan
    let kind: LogKind
    let types: FieldTypes
    let dialect: Dialect

    /// Copies the lines of one file, all of which can be read, into another, in the order of their ids.
    func copy(_ lines: String, to parquet: String) -> String {
        // The lines of a segment ascend: sorting them would only take memory.
        let order = scan.isAscending ? "" : " ORDER BY id"
        return "COPY (SELECT \(outputs) FROM \(source(lines))\(order)) TO \(dialect.literal(parquet)) (\(Self.format))"
    }

    /// Counts what a Parquet file has, and reads all its ids.
    func check(_ parquet: String) -> String {
        """
        SELECT count(*) AS lines, count(id) AS ids, min(id) AS first, max(id) AS last
        FROM read_parquet(\(dialect.file(parquet)), hive_partitioning = false)
        """
    }

    private var extras: [String] {
        zip(scan.extras.names, scan.extras.kinds).filter { !$1.isEmpty }.map(\.0)
    }

    private var outputs: String {
        var outputs: [String] = []
        for column in kind.columns {
            guard column.kind == .inputs else {
                outputs.append(dialect.identifier(column.name))
                continue
            }
            outputs.append("\(inputs) AS \(dialect.identifier(column.name))")
        }
        return (outputs + extras.map(dialect.identifier)).joined(separator: ", ")
    }

    private var inputs: String {
        guard types.areRenamed else { return "inputs" }
        let members = types.fields.enumerated().map { place, field in
            "\(dialect.identifier(field.name)) := CAST(\(Self.members)[\(place + 1)] AS \(field.type))"
        }
        return "struct_pack(\(members.joined(separator: ", ")))"
    }

    private func source(_ lines: String) -> String {
        var columns: [String] = []
        for column in kind.columns {
            let type = column.kind == .inputs ? inputType : column.kind.sql
            columns.append("\(dialect.literal(column.name)): \(dialect.literal(type))")
        }
        columns += extras.map { "\(dialect.literal($0)): 'VARCHAR'" }
        // The engine reads in blocks of twice the longest line that it expects.
        let longest = max(1 << 20, scan.longestLine + 1)
        let table = """
            read_json(\(dialect.file(lines)), format = 'newline_delimited', records = true, auto_detect = false, \
            hive_partitioning = false, compression = 'uncompressed', maximum_object_size = \(longest), \
            columns = {\(columns.joined(separator: ", "))})
            """
        guard types.areRenamed else { return table }
        let paths = types.fields.map { field in
            dialect.literal("/" + field.key.replacing("~", with: "~0").replacing("/", with: "~1"))
        }
        return
            "(SELECT *, json_extract_string(inputs, [\(paths.joined(separator: ", "))]) AS \(Self.members) FROM \(table))"
    }

    private var inputType: String {
        if types.areRenamed { return "JSON" }
        // A struct has a field at least, and the files of a log must go together.
        if types.fields.isEmpty { return "STRUCT(_ VARCHAR)" }
        let fields = types.fields.map { "\(dialect.identifier($0.name)) \($0.type)" }
        return "STRUCT(\(fields.joined(separator: ", ")))"
    }
}
