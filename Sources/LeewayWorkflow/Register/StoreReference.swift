import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore
import LeewayValidate

/// Stores what drift will be measured against: the counts of the training values, for every engine (`reference_counts.parquet`)
/// and for serving (`reference_counts.json`), `train_reference.parquet` with the rows themselves, and `test_reference.parquet` with
/// those that tested, on which later versions are compared with this one.
package struct StoreReference: Stage {
    package static let name = "reference"
    /// The most training rows that are stored; of more, those of the lowest content hashes.
    static let rowLimit = 100_000
    /// The most test rows that are stored.
    static let testRowLimit = 1_000_000
    /// The test rows among the artifacts.
    static let testRows = "test_reference.parquet"

    package struct Input: Sendable {
        package let data: IngestedData
        package let trainRows: [Int]
        package let testRows: [Int]
        package init(data: IngestedData, trainRows: [Int], testRows: [Int] = []) {
            (self.data, self.trainRows, self.testRows) = (data, trainRows, testRows)
        }
    }

    /// Small row groups, one at a time: the writer holds 8,192 rows rather than all of them.
    private static let format = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)"

    package init() {}

    /// - Throws: what the engine says of the files it writes; `diskFull`.
    package func run(_ input: Input, in context: RunContext) async throws {
        guard let folder = context.folder else { return }
        try await context.engine.execute("SET write_buffer_row_group_count = 1")
        let other = try context.engine.second()
        async let rows: Void = writeRows(input, to: folder, other)
        let references = input.data.dataset.columns.map { column in
            ReferenceCounts(Dataset.Column(column.name, column.values.rows(input.trainRows)))
        }
        async let file: Void = writeFile(references, to: folder)
        try await writeCounts(references, to: folder, context.engine)
        try await file
        try await rows
    }

    private func writeFile(_ references: [ReferenceCounts], to folder: RunFolder) async throws {
        try FileSystem.write(ReferenceFile.encode(references), to: folder.path(of: ReferenceFile.name))
        try folder.record(ReferenceFile.name)
    }

    private func writeCounts(
        _ references: [ReferenceCounts], to folder: RunFolder, _ engine: any Engine
    ) async throws {
        let name = "reference_counts.parquet"
        var (columns, numbers, texts, counts) = ([String](), [Double](), [String?](), [Int64]())
        func add(_ column: String, _ number: Double, _ text: String?, _ count: Int) {
            columns.append(column)
            numbers.append(number)
            texts.append(text)
            counts.append(Int64(count))
        }
        for reference in references {
            let column = reference.column
            switch reference.values {
            case .numbers(let values, let numberCounts, isExact: _):
                for (value, count) in zip(values, numberCounts) { add(column, value, nil, count) }
            case .categories(let values, let categoryCounts):
                for (value, count) in zip(values, categoryCounts) { add(column, .nan, value, count) }
            }
            // The missing values: neither a number nor a category.
            if reference.nullCount > 0 { add(column, .nan, nil, reference.nullCount) }
        }
        let table = "leeway_reference_counts"
        try await engine.ingest(
            table: table,
            columns: [
                ArrowExportColumn("column", .categorical(Categorical(columns))),
                ArrowExportColumn("number", .double(numbers)),
                ArrowExportColumn("category", .texts(texts)), ArrowExportColumn("count", .int64(counts)),
            ], mode: .replace)
        try await engine.execute("COPY \(table) TO \(folder.path(of: name).sqlLiteral) \(Self.format)")
        try folder.record(name)
    }

    private func writeRows(_ input: Input, to folder: RunFolder, _ engine: any Engine) async throws {
        let hashes = input.data.rowHashes
        func kept(_ rows: [Int], _ limit: Int) -> [Int] {
            guard rows.count > limit else { return rows }
            return Array(rows.sorted { (hashes[$0], $0) < (hashes[$1], $1) }.prefix(limit))
        }
        var (train, test) = (
            [Bool](repeating: false, count: input.data.profile.rowCount),
            [Bool](repeating: false, count: input.data.profile.rowCount)
        )
        for row in kept(input.trainRows, Self.rowLimit) { train[row] = true }
        for row in kept(input.testRows, Self.testRowLimit) { test[row] = true }
        let table = "leeway_reference_rows"
        try await engine.ingest(
            table: table,
            columns: [
                ArrowExportColumn("leeway_train", .boolean(train)), ArrowExportColumn("leeway_test", .boolean(test)),
            ],
            mode: .replace)
        let names = input.data.columns.map { "s.\($0.name.sqlName)" }.joined(separator: ", ")
        for (name, side) in [("train_reference.parquet", "leeway_train"), (Self.testRows, "leeway_test")] {
            try await engine.execute(
                """
                COPY (SELECT \(names) FROM \(SourceTable.name.sqlName) AS s POSITIONAL JOIN \(table) AS k
                    WHERE k.\(side)) TO \(folder.path(of: name).sqlLiteral) \(Self.format)
                """)
            try folder.record(name)
        }
    }
}
