import LeewayCore

extension ArrowBatch {
    /// Lends the texts of a column, one a row, where they lie in the batch.
    ///
    /// - Missing: a text that `isMissing`.
    /// - Throws: `wrongColumnKind` where the column holds no texts; `malformedArrow`; what the body throws.
    package borrowing func withTexts<Result>(
        of place: Int, _ body: (UnsafeBufferPointer<ArrowText>) throws -> Result
    ) throws -> Result {
        let column = try column(place)
        guard case .dictionary(_, let layout) = column.field.type else {
            return try column.withTexts(body)
        }
        return try column.dictionary(layout).withTexts { dictionary in
            try column.withCodes(count: dictionary.count) { codes in
                let texts = UnsafeMutableBufferPointer<ArrowText>.allocate(capacity: codes.count)
                defer { texts.deallocate() }
                for row in codes.indices { texts[row] = codes[row] < 0 ? .missing : dictionary[Int(codes[row])] }
                return try body(UnsafeBufferPointer(texts))
            }
        }
    }

    /// Lends the codes of a dictionary column, one a row, and the texts that they stand for.
    ///
    /// - Missing: code -1; a text of the dictionary may be missing as well.
    /// - Throws: `wrongColumnKind` where the column has no dictionary; `malformedArrow`; what the body throws.
    package borrowing func withCodes<Result>(
        of place: Int,
        _ body: (_ codes: UnsafeBufferPointer<Int32>, _ dictionary: UnsafeBufferPointer<ArrowText>) throws -> Result
    ) throws -> Result {
        let column = try column(place)
        guard case .dictionary(_, let layout) = column.field.type else {
            throw LeewayError(
                .wrongColumnKind, "Column '\(column.field.name)' holds \(column.field.type) where codes are read.")
        }
        return try column.dictionary(layout).withTexts { dictionary in
            try column.withCodes(count: dictionary.count) { try body($0, dictionary) }
        }
    }
}
