package import LeewayCore
package import LeewayValidate

/// What ingestion hands on: the columns in memory, and what is known of all of them.
package struct IngestedData: Sendable {
    /// The files that were read.
    package let files: [String]
    /// Every column of the source, in its order.
    package let columns: [SourceTable.Column]
    /// The columns that may be features, and the target: numbers, and texts of not too many kinds.
    package let dataset: Dataset
    /// The counts behind the profile.
    package let counts: [ColumnCounts]
    package let profile: TableProfile
    /// The hash of each row's content, over every column.
    package let rowHashes: [UInt64]

    init(files: [String], _ table: SourceTable, _ reading: RowReading, target: String) {
        (self.files, columns) = (files, table.columns)
        (dataset, counts, rowHashes) = (reading.dataset, reading.counts, reading.rowHashes)
        profile = TableProfile(
            rowCount: table.rowCount, duplicateRowCount: table.rowCount - reading.distinctRowCount,
            fingerprint: reading.fingerprint, columns: reading.counts, target: target)
    }
}
