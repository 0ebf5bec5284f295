import LeewayCore
import LeewayEngine
import LeewayValidate

/// Loads the rows of a table, and counts their values: in memory where they are kept, by a query where they are not.
struct RowReading {
    let dataset: Dataset
    let rowHashes: [UInt64]
    let distinctRowCount: Int
    /// Names the rows whatever their order.
    let fingerprint: String
    let counts: [ColumnCounts]

    /// - Throws: what the engine says of the table.
    static func read(_ table: SourceTable, _ engine: any Engine) async throws -> RowReading {
        let counting = ColumnCounting(table: table, engine: engine)
        let wide = try await counting.wideColumns()
        let roles = roles(of: table.columns, wide: wide)
        let loaded = try await load(
            table.columns, as: roles, of: SourceTable.name, rowCount: table.rowCount, engine: engine)
        let (dataset, hashes) = (try loaded.dataset(), loaded.rowHashes)
        async let distinct = Set(hashes.map(\.wide)).count
        let passing = try await counting.count(roles.indices.filter { roles[$0] == .passing }, wide: wide)
        let counts = try table.columns.enumerated().map { place, column in
            try passing[place]
                ?? ColumnCounts(
                    Dataset.Column(column.name, try dataset.values(column.name)), type: column.type)
        }
        return RowReading(
            dataset: dataset, rowHashes: hashes.map(\.first), distinctRowCount: await distinct,
            fingerprint: fingerprint(hashes), counts: counts)
    }

    /// What becomes of each column: numbers and texts of not too many kinds are kept.
    static func roles(of columns: [SourceTable.Column], wide: Set<Int> = []) -> [DatasetBuilder.Role] {
        columns.enumerated().map { place, column in
            if column.type.isNumeric { return .number }
            return wide.contains(place) || column.type.isTemporal ? .passing : .category
        }
    }

    /// Loads columns of a table or view, in its order.
    static func load(
        _ columns: [SourceTable.Column], as roles: [DatasetBuilder.Role], of table: String, rowCount: Int,
        engine: any Engine
    ) async throws -> DatasetBuilder {
        let expressions = columns.map { column in
            column.type == .boolean ? "CAST(\(column.name.sqlName) AS VARCHAR)" : column.name.sqlName
        }
        let names = columns.map(\.name)
        return try await engine.query(
            "SELECT \(expressions.joined(separator: ", ")) FROM \(table.sqlName)",
            into: { _ in DatasetBuilder(names: names, roles: roles, rowCount: rowCount) },
            { builder, batch in try builder.add(batch) })
    }

    /// The sum of the rows' hashes, 32 hexadecimal digits.
    private static func fingerprint(_ hashes: [RowHash]) -> String {
        let digits = String(hashes.reduce(UInt128(0)) { $0 &+ $1.wide }, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
