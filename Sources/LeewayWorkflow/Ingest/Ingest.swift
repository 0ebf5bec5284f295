import LeewayCore
import LeewayEngine
import LeewayValidate

/// Reads the source, profiles it and loads what may be used: `ingestion_report.json`.
///
/// Two passes: the files into a table, and the rows into memory; a third counts the columns that are not kept.
package struct Ingest: Stage {
    package static let name = "ingest"

    package init() {}

    /// - Throws: `fileNotFound`, `fileNotAccessible`, `malformedSource`, `notEnoughRows`, `missingColumn`, `unsupportedType`.
    package func run(_ input: SourceConfiguration, in context: RunContext) async throws -> IngestedData {
        let configuration = context.configuration
        let files = try SourceFiles.find(input, resolve: context.project.resolve)
        let shape = SourceTable.Shape(
            target: configuration.target, numeric: Set(configuration.features.numeric),
            categorical: Set(configuration.features.categorical), drop: Set(configuration.features.drop))
        var table = try await SourceTable.make(of: files, shape: shape, engine: context.engine)
        guard table.rowCount > 0 else {
            throw LeewayError(
                .notEnoughRows, "\(files[0].path) has a header but no rows.", hint: "It needs some rows.")
        }
        var reading = try await RowReading.read(table, context.engine)
        if files.contains(where: { $0.format == .csv }), Self.mayHoldNumbers(reading.counts, shape) {
            // A column that was empty in the first rows was taken for text.
            table = try await SourceTable.make(of: files, shape: shape, sample: .all, engine: context.engine)
            reading = try await RowReading.read(table, context.engine)
        }
        let data = IngestedData(files: files.map(\.path), table, reading, target: configuration.target.column)
        try context.write(data.profile, as: "ingestion_report.json")
        return data
    }

    /// Whether a column of texts holds nothing but numbers, though nobody asked for texts.
    private static func mayHoldNumbers(_ counts: [ColumnCounts], _ shape: SourceTable.Shape) -> Bool {
        counts.contains { column in
            guard column.type == .text, column.name != shape.target?.column, !shape.categorical.contains(column.name),
                case .texts(let texts) = column.values, !texts.entries.isEmpty
            else { return false }
            return texts.entries.allSatisfy { Double($0.text) != nil }
        }
    }
}
