extension TensorElements {
    /// Appends elements that stand in the body as they stand in memory, the lowest byte first.
    ///
    /// - Source: the binary tensor data extension: BOOL is a byte of 0 or 1; BYTES has 4 bytes of length before each text.
    /// - Missing: NaN.
    /// - Precondition: the range lies within the body.
    mutating func append(
        _ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ shape: TensorShape
    ) throws(TensorFailure) {
        guard let width = type.width else { return try appendTexts(body, range, shape) }
        let (size, overflows) = shape.count.multipliedReportingOverflow(by: width)
        guard !overflows, size == range.count else {
            let needed = overflows ? "more bytes than can be counted" : "\(size)"
            throw TensorFailure(
                "binary_data_size is \(range.count), and \(type.rawValue) of shape \(shape) takes \(needed)")
        }
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: body[range]))
        numbers.reserveCapacity(shape.count)
        switch type {
        case .bool: try appendTruths(bytes)
        case .int8: appendIntegers(bytes, Int8.self)
        case .int16: appendIntegers(bytes, Int16.self)
        case .int32: appendIntegers(bytes, Int32.self)
        case .int64: appendIntegers(bytes, Int64.self)
        case .uint8: appendIntegers(bytes, UInt8.self)
        case .uint16: appendIntegers(bytes, UInt16.self)
        case .uint32: appendIntegers(bytes, UInt32.self)
        case .uint64: appendIntegers(bytes, UInt64.self)
        case .fp16: Self.each(bytes, UInt16.self) { numbers.append(Self.half($0)) }
        case .fp32: Self.each(bytes, UInt32.self) { numbers.append(Double(Float(bitPattern: $0))) }
        case .fp64: Self.each(bytes, UInt64.self) { numbers.append(Double(bitPattern: $0)) }
        case .bytes: break
        }
    }

    private mutating func appendTruths(_ bytes: UnsafeRawBufferPointer) throws(TensorFailure) {
        for byte in bytes {
            guard byte < 2 else { throw TensorFailure("element \(numbers.count) of the binary data is no BOOL") }
            numbers.append(Double(byte))
        }
    }

    private mutating func appendIntegers<I: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ type: I.Type) {
        Self.each(bytes, type) { numbers.append(Double(exactly: $0) ?? .infinity) }
    }

    private static func each<I: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _ type: I.Type, _ body: (I) -> Void
    ) {
        for offset in stride(from: 0, to: bytes.count, by: MemoryLayout<I>.size) {
            body(I(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type)))
        }
    }

    /// The number that 16 bits stand for (IEEE 754 binary16; `Float16` is not there on every platform).
    static func half(_ bits: UInt16) -> Double {
        let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
        let magnitude: Double
        switch exponent {
        case 0: magnitude = fraction * 0x1p-24
        case 31: magnitude = fraction == 0 ? .infinity : .nan
        default: magnitude = (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
        }
        return bits >> 15 == 1 ? -magnitude : magnitude
    }

    private mutating func appendTexts(
        _ body: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ shape: TensorShape
    ) throws(TensorFailure) {
        let bytes = UnsafeRawBufferPointer(body)
        texts.reserveCapacity(min(shape.count, range.count / 4))
        var place = range.lowerBound
        while place < range.upperBound {
            guard texts.count < shape.count else {
                throw TensorFailure("the binary data have more elements than shape \(shape)")
            }
            guard range.upperBound - place >= 4 else { throw endsEarly }
            let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            let start = place + 4
            guard length <= range.upperBound - start else { throw endsEarly }
            place = start + length
            guard Self.isUTF8(UnsafeBufferPointer(rebasing: body[start..<place])) else {
                throw TensorFailure("element \(texts.count) of the binary data is not UTF-8")
            }
            texts.append(TextRange(start: start, end: place))
        }
        guard texts.count == shape.count else {
            let have = TensorFailure.words(texts.count, "element")
            throw TensorFailure("the binary data have \(have), and shape \(shape) has \(shape.count)")
        }
    }

    private var endsEarly: TensorFailure {
        TensorFailure("element \(texts.count) of the binary data is longer than binary_data_size leaves room for")
    }

    private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }
}
