import LeewayCore
import LeewayEngine
import LeewayStore

/// Tables that are written to files for users.
enum TableFile {
    /// The format that the name of an output tells.
    ///
    /// - Throws: `invalidUsage`.
    static func format(of path: String) throws(LeewayError) -> FileOptions.Format {
        let name = path.lowercased()
        if name.hasSuffix(".csv") { return .csv }
        if name.hasSuffix(".parquet") { return .parquet }
        throw LeewayError(
            .invalidUsage, "The output \(path) must end in .csv or .parquet.", hint: "The ending tells the format.")
    }

    /// Writes the rows of a query, all of them or nothing.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`, `diskFull`; what the engine says of the query.
    static func write(
        _ query: String, to path: String, _ format: FileOptions.Format, on engine: any Engine
    ) async throws {
        let temporary = FileSystem.temporaryName(for: path)
        // What can't be written is said in our words, not in the engine's.
        try FileSystem.write([], to: temporary)
        let options = format == .csv ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd"
        do {
            // The name is temporary as it is: the engine need not make up another one.
            try await engine.execute("COPY (\(query)) TO \(temporary.sqlLiteral) (\(options), USE_TMP_FILE false)")
            try FileSystem.sync(temporary)
            try FileSystem.move(temporary, to: path)
        } catch {
            FileSystem.remove(temporary)
            throw error
        }
    }
}
