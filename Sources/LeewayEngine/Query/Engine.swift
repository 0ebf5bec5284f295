/// All that the workflow asks of a query engine: DuckDB in the process, or another one behind an ADBC driver.
///
/// Every call stops within a second when its task is cancelled, and then throws `interrupted`; the engine stays usable.
package protocol Engine: Sendable {
    /// The engine's way of writing SQL.
    var dialect: Dialect { get }

    /// Runs SQL to its end and drops its result.
    ///
    /// - Throws: What the engine reports; `interrupted`.
    func execute(_ sql: String) async throws

    /// Runs a query and folds its batches into a result, one after another, in the order of the rows.
    ///
    /// - Parameters:
    ///   - sql: The query.
    ///   - start: Makes the empty result from the columns; called once, even where there are no rows.
    ///   - add: Adds a batch.
    /// - Returns: The result of all batches.
    /// - Throws: What the engine reports, even after many batches; what the closures throw; `interrupted`.
    func query<Result: Sendable>(
        _ sql: String, into start: @escaping @Sendable ([ArrowField]) throws -> Result,
        _ add: @escaping @Sendable (inout Result, borrowing ArrowBatch) throws -> Void
    ) async throws -> Result

    /// The session beside this one, always the same: on the same tables, its queries running beside this one's.
    ///
    /// - Throws: What the engine reports.
    func second() throws -> any Engine

    /// Writes columns into a table, all rows or none.
    ///
    /// - Throws: `malformedDataset`; what the engine reports; `interrupted`.
    func ingest(table: String, columns: [ArrowExportColumn], mode: IngestMode) async throws
}

extension Engine {
    /// Runs a query and folds its batches into a result that needs no knowledge of the columns.
    ///
    /// - Throws: As `query(_:into:_:)`.
    package func query<Result: Sendable>(
        _ sql: String, initial: Result, _ add: @escaping @Sendable (inout Result, borrowing ArrowBatch) throws -> Void
    ) async throws -> Result {
        try await query(sql, into: { _ in initial }, add)
    }

    /// Runs a query whose result is small, such as an aggregate, and gives all of it at once.
    ///
    /// - Throws: As `query`.
    package func table(_ sql: String) async throws -> ResultTable {
        try await query(sql, into: { ResultTable(fields: $0) }, { table, batch in try table.append(batch) })
    }
}
