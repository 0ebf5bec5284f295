import LeewayEngine

extension Engine {
    /// The rows of a small result, every column of which is text; a missing text is empty.
    func texts(_ sql: String) async throws -> [[String]] {
        try await query(sql, initial: [[String]]()) { rows, batch in
            let start = rows.count
            rows.append(contentsOf: repeatElement([], count: batch.rowCount))
            for place in batch.fields.indices {
                try batch.withTexts(of: place) { texts in
                    for row in texts.indices { rows[start + row].append(texts[row].string ?? "") }
                }
            }
        }
    }
}
