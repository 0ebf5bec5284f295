import LeewayCore

extension ArrowColumn {
    /// Lends the texts of a column without a dictionary, each checked to lie within what the array says of itself.
    func withTexts<Result>(_ body: (UnsafeBufferPointer<ArrowText>) throws -> Result) throws -> Result {
        let texts = UnsafeMutableBufferPointer<ArrowText>.allocate(capacity: rows.count)
        defer { texts.deallocate() }
        switch field.type {
        case .text(.utf8): try readOffsets(Int32.self, into: texts)
        case .text(.largeUTF8): try readOffsets(Int64.self, into: texts)
        case .text(.view): try readViews(into: texts)
        case .null: texts.update(repeating: .missing)
        default:
            throw LeewayError(
                .wrongColumnKind, "Column '\(field.name)' holds \(field.type) where texts are needed.")
        }
        return try body(UnsafeBufferPointer(texts))
    }

    /// Lends the codes of a dictionary column, each checked to lie below `count`; -1 is missing.
    func withCodes<Result>(
        count: Int, _ body: (UnsafeBufferPointer<Int32>) throws -> Result
    ) throws -> Result {
        let codes = UnsafeMutableBufferPointer<Int32>.allocate(capacity: rows.count)
        defer { codes.deallocate() }
        try withIntegers { indexes throws(LeewayError) in
            for row in indexes.indices {
                guard validity[row] else {
                    codes[row] = -1
                    continue
                }
                // As unsigned, a negative index is too large as well.
                guard UInt64(bitPattern: indexes[row]) < UInt64(count) else {
                    throw .malformedArrow(field.name, "an index lies outside its dictionary of \(count)")
                }
                codes[row] = Int32(truncatingIfNeeded: indexes[row])
            }
        }
        return try body(UnsafeBufferPointer(codes))
    }

    private func readOffsets<Offset: FixedWidthInteger & BitwiseCopyable>(
        _: Offset.Type, into texts: UnsafeMutableBufferPointer<ArrowText>
    ) throws(LeewayError) {
        guard !rows.isEmpty else { return }
        let offsets: UnsafeBufferPointer<Offset> = try values(1, in: rows.lowerBound..<rows.upperBound + 1)
        guard let anyAddress = bytes(1) else { return }
        // Where all texts are empty there may be no block of text; then none of it is read.
        let block = bytes(2)
        let start = block ?? anyAddress
        var from = offsets[0]
        guard from >= 0 else { throw .malformedArrow(field.name, "an offset of its texts is negative") }
        for row in texts.indices {
            let to = offsets[row + 1]
            guard to >= from else { throw .malformedArrow(field.name, "the offsets of its texts decrease") }
            guard to <= Self.textLimit else { throw .malformedArrow(field.name, "an offset of its texts is absurd") }
            guard block != nil || to == from else { throw .malformedArrow(field.name, "its text is missing") }
            texts[row] = validity[row] ? ArrowText(start + Int(truncatingIfNeeded: from), Int(to - from)) : .missing
            from = to
        }
    }

    private func readViews(into texts: UnsafeMutableBufferPointer<ArrowText>) throws(LeewayError) {
        let views: UnsafeBufferPointer<UInt64> = try values(1, in: rows.lowerBound * 2..<rows.upperBound * 2)
        guard let first = views.baseAddress else { return }
        // The blocks of text come after validity and views; the last buffer holds their sizes.
        let blocks = bufferCount - 3
        let sizes: UnsafeBufferPointer<Int64> = try values(bufferCount - 1, in: 0..<blocks)
        for row in texts.indices {
            guard validity[row] else {
                texts[row] = .missing
                continue
            }
            let view = UnsafeRawPointer(first + 2 * row)
            let length = Int(view.load(as: Int32.self))
            guard length >= 0 else { throw .malformedArrow(field.name, "a text has a negative length") }
            if length <= 12 {
                texts[row] = ArrowText((view + 4).assumingMemoryBound(to: UInt8.self), length)
                continue
            }
            let block = Int((view + 8).load(as: Int32.self))
            let offset = Int((view + 12).load(as: Int32.self))
            guard (0..<blocks).contains(block), offset >= 0, offset + length <= sizes[block],
                let start = bytes(2 + block)
            else { throw .malformedArrow(field.name, "a text lies outside its block") }
            texts[row] = ArrowText(start + offset, length)
        }
    }
}
