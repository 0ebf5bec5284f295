import LeewayEngine

extension Engine {
    /// The rows of a small result, every column of which is text; a missing text is empty.
    func texts(_ sql: String) async throws -> [[String]] {
        let table = try await table(sql)
        return (0..<table.rowCount).map { row in
            table.columns.map { column in
                guard case .texts(let texts) = column else { return "" }
                return texts[row] ?? ""
            }
        }
    }
}
