package import LeewayCore
package import LeewayStats

/// What a table holds: the contents of `ingestion_report.json`.
package struct TableProfile: Sendable, Codable, Equatable {
    /// One column.
    package struct Column: Sendable, Codable, Equatable {
        package let name: String
        package let type: ColumnType
        package let nullCount: Int
        /// 0 … 1.
        package let nullShare: Double
        package let distinctCount: Int
        /// For a column of numbers that has at least one.
        package let numeric: NumericSummary?
        /// For any other column.
        package let categorical: CategoryProfile?

        enum CodingKeys: String, CodingKey {
            case name
            case type
            case nullCount = "nulls"
            case nullShare = "null_share"
            case distinctCount = "distinct"
            case numeric
            case categorical
        }
    }

    package let rowCount: Int
    package let columnCount: Int
    /// Rows that equal an earlier row in every column.
    package let duplicateRowCount: Int
    package let nullCellCount: Int
    /// Names the rows whatever their order: 32 hexadecimal digits.
    package let fingerprint: String
    package let target: TargetProfile?
    package let columns: [Column]

    enum CodingKeys: String, CodingKey {
        case rowCount = "rows"
        case columnCount = "columns_count"
        case duplicateRowCount = "duplicate_rows"
        case nullCellCount = "null_cells"
        case fingerprint
        case target
        case columns
    }

    /// Describes counted columns.
    ///
    /// - Complexity: O(distinct values).
    package init(
        rowCount: Int, duplicateRowCount: Int, fingerprint: String, columns: [ColumnCounts], target: String
    ) {
        self.rowCount = rowCount
        self.columnCount = columns.count
        self.duplicateRowCount = duplicateRowCount
        self.nullCellCount = columns.reduce(0) { $0 + $1.nullCount }
        self.fingerprint = fingerprint
        self.target = columns.first { $0.name == target }.flatMap { TargetProfile($0) }
        self.columns = columns.map { column in
            let (numeric, categorical): (NumericSummary?, CategoryProfile?) =
                switch column.values {
                case .numbers(let counts): (NumericSummary(counts), nil)
                case .texts(let counts): (nil, CategoryProfile(counts, rowCount: rowCount - column.nullCount))
                }
            return Column(
                name: column.name, type: column.type, nullCount: column.nullCount,
                nullShare: rowCount == 0 ? 0 : Double(column.nullCount) / Double(rowCount),
                distinctCount: column.distinctCount, numeric: numeric, categorical: categorical)
        }
    }
}
