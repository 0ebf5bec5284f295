import LeewayCore

extension ArrowColumn {
    /// Lends the column's integers as 64 bits: where they lie if they have 64, else widened into a copy.
    ///
    /// Booleans come as 0 and 1, an unsigned integer of 64 bits as its bit pattern.
    /// - Missing: the number at a missing row has no meaning.
    /// - Precondition: the type has an integer storage or is boolean.
    /// - Throws: `malformedArrow`; what the body throws.
    func withIntegers<Result>(
        _ body: (UnsafeBufferPointer<Int64>) throws(LeewayError) -> Result
    ) throws(LeewayError) -> Result {
        switch field.type.integerStorage {
        case .int64, .uint64: return try body(try values(1, in: rows))
        case .int32: return try widened(Int32.self, body)
        case .int16: return try widened(Int16.self, body)
        case .int8: return try widened(Int8.self, body)
        case .uint32: return try widened(UInt32.self, body)
        case .uint16: return try widened(UInt16.self, body)
        case .uint8: return try widened(UInt8.self, body)
        case nil: return try unpacked(body)
        }
    }

    private func widened<Value: FixedWidthInteger & BitwiseCopyable, Result>(
        _: Value.Type, _ body: (UnsafeBufferPointer<Int64>) throws(LeewayError) -> Result
    ) throws(LeewayError) -> Result {
        let narrow: UnsafeBufferPointer<Value> = try values(1, in: rows)
        let wide = UnsafeMutableBufferPointer<Int64>.allocate(capacity: narrow.count)
        defer { wide.deallocate() }
        for row in narrow.indices { wide[row] = Int64(truncatingIfNeeded: narrow[row]) }
        return try body(UnsafeBufferPointer(wide))
    }

    private func unpacked<Result>(
        _ body: (UnsafeBufferPointer<Int64>) throws(LeewayError) -> Result
    ) throws(LeewayError) -> Result {
        precondition(field.type == .boolean, "\(field.type) has no integers.")
        // Bits have no address of their own: the buffer is taken from its start, a byte for eight places.
        let bits: UnsafeBufferPointer<UInt8> = try values(1, in: rows.isEmpty ? rows : 0..<(rows.upperBound + 7) / 8)
        let wide = UnsafeMutableBufferPointer<Int64>.allocate(capacity: rows.count)
        defer { wide.deallocate() }
        for row in wide.indices {
            let place = rows.lowerBound + row
            wide[row] = Int64(bits[place >> 3] >> UInt8(truncatingIfNeeded: place & 7) & 1)
        }
        return try body(UnsafeBufferPointer(wide))
    }
}
