package import LeewayCore

extension ADBCConnection {
    /// Writes a stream's rows into a table and makes sure that all have arrived.
    ///
    /// Drivers stop quietly where a stream ends too early, so the rows are counted on both sides.
    /// - Throws: What the driver reports; `engineFailed` where rows are missing.
    package mutating func ingest(
        _ stream: consuming ArrowExportStream, into table: String, mode: IngestMode
    ) throws(LeewayError) {
        let (rowCount, source) = (stream.rowCount, stream.source)
        var statement = try statement()
        try statement.setOption("adbc.ingest.target_table", table)
        try statement.setOption("adbc.ingest.mode", mode.option)
        try statement.bind(stream)
        let written = try statement.executeUpdate() ?? source.handedOver
        guard source.handedOver == rowCount, written == rowCount else {
            throw LeewayError(.engineFailed, "Of \(rowCount) rows, \(written) were written to the table '\(table)'.")
        }
    }

}
