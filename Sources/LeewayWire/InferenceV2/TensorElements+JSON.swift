extension TensorElements {
    /// Appends the elements of a JSON array, flat or nested as the shape says.
    ///
    /// The places of unescaped texts begin behind the whole body, after `bodyCount`.
    ///
    /// - Missing: `null`.
    /// - Throws: `TensorFailure` where elements are not of the type, or not as many as the shape says.
    mutating func append(_ json: inout JSONReader, _ shape: TensorShape, bodyCount: Int) throws {
        guard try json.peek() == .array else { throw TensorFailure("data must be an array") }
        reserve(min(shape.count, bodyCount / 2))
        try json.beginArray()
        var (isNested, isFirst) = (false, true)
        while try json.nextElement() {
            if isFirst {
                (isNested, isFirst) = (try json.peek() == .array, false)
                guard !isNested || shape.rank == 2 else { throw TensorFailure("nested data do not fit shape \(shape)") }
            }
            if isNested {
                try appendRow(&json, shape, bodyCount)
            } else {
                try appendElement(&json, shape, bodyCount)
            }
        }
        guard count == shape.count else {
            throw TensorFailure("data has \(words(count)), and shape \(shape) has \(shape.count)")
        }
    }

    private mutating func reserve(_ elementCount: Int) {
        if type.kind == .text {
            texts.reserveCapacity(elementCount)
        } else {
            numbers.reserveCapacity(elementCount)
        }
    }

    private mutating func appendRow(_ json: inout JSONReader, _ shape: TensorShape, _ bodyCount: Int) throws {
        guard try json.peek() == .array else { throw TensorFailure("data are nested in one row and flat in another") }
        let row = count / shape.columnCount
        try json.beginArray()
        while try json.nextElement() { try appendElement(&json, shape, bodyCount) }
        guard count == (row + 1) * shape.columnCount else {
            throw TensorFailure(
                "row \(row) of data has \(words(count - row * shape.columnCount)), and shape \(shape) has "
                    + "\(shape.columnCount)")
        }
    }

    @inline(__always)
    private mutating func appendElement(_ json: inout JSONReader, _ shape: TensorShape, _ bodyCount: Int) throws {
        guard count < shape.count else {
            throw TensorFailure("data has more elements than shape \(shape)")
        }
        switch (try json.peek(), type.kind) {
        case (.number, .number): try appendNumber(&json)
        case (.boolean, .boolean): numbers.append(try json.readBoolean() ? 1 : 0)
        case (.string, .text): try appendText(&json, bodyCount)
        case (.null, .text):
            try json.readNull()
            texts.append(.missing)
        case (.null, _):
            try json.readNull()
            numbers.append(.nan)
        case (.array, _): throw TensorFailure("data are nested deeper than shape \(shape)")
        default: throw wrongElement
        }
    }

    private func words(_ count: Int) -> String { TensorFailure.words(count, "element") }

    private var wrongElement: TensorFailure { TensorFailure("element \(count) of data is no \(type.rawValue)") }

    @inline(__always)
    private mutating func appendNumber(_ json: inout JSONReader) throws {
        let number = try json.readNumber()
        guard let limits = type.integerLimits else {
            guard type.holds(number.value) else { throw wrongElement }
            return numbers.append(number.value)
        }
        let magnitude: UInt64
        if number.value.magnitude < 0x1p53 {
            guard number.isWhole else { throw wrongElement }
            magnitude = UInt64(number.value.magnitude)
        } else {
            guard number.isInteger, let digits = Self.digits(json.slice(number.range)) else { throw wrongElement }
            magnitude = digits
        }
        let isNegative = number.value < 0
        guard magnitude <= (isNegative ? limits.negative : limits.positive) else { throw wrongElement }
        let value = Double(exactly: magnitude) ?? .infinity
        numbers.append(isNegative ? -value : value)
    }

    /// The magnitude of a whole number as it is written; nil where it is beyond 64 bits.
    private static func digits(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
        var magnitude: UInt64 = 0
        for byte in text where byte != UInt8(ascii: "-") {
            let (product, overflows) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(UInt64(byte &- UInt8(ascii: "0")))
            if overflows || carries { return nil }
            magnitude = sum
        }
        return magnitude
    }

    @inline(__always)
    private mutating func appendText(_ json: inout JSONReader, _ bodyCount: Int) throws {
        switch try json.readText() {
        case .slice(let range): texts.append(TextRange(start: range.lowerBound, end: range.upperBound))
        case .owned(let bytes):
            let start = bodyCount + unescaped.count
            unescaped += bytes
            texts.append(TextRange(start: start, end: start + bytes.count))
        }
    }
}
