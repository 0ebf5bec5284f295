import LeewayValidate

/// The elements of a tensor, row after row, as what a contract takes.
struct TensorElements: Sendable {
    /// Where a text stands: in the body, or behind the body's end in `unescaped`.
    struct TextRange: Sendable {
        static let missing = TextRange(start: -1, end: -1)

        let start: Int
        let end: Int
    }

    let type: TensorType
    /// Numbers, or truth values as 1 and 0.
    ///
    /// - Missing: NaN. Infinite stands also for a whole number that no double is equal to.
    var numbers: [Double] = []
    var texts: [TextRange] = []
    /// Texts that had escapes.
    var unescaped: [UInt8] = []

    init(_ type: TensorType) { self.type = type }

    var count: Int { type.kind == .text ? texts.count : numbers.count }

    /// Gives an element to a field of the present row.
    @inline(__always)
    func give(
        _ element: Int, to place: Int, of reader: inout ContractReader, _ body: UnsafeBufferPointer<UInt8>,
        isUntyped: Bool
    ) {
        switch type.kind {
        case .number:
            let value = numbers[element]
            if value.isNaN { reader.null(place) } else { reader.number(value, place) }
        case .boolean:
            let value = numbers[element]
            if value.isNaN { reader.null(place) } else { reader.boolean(value == 1, place) }
        case .text:
            let range = texts[element]
            if range.start < 0 { return reader.null(place) }
            if range.start < body.count || range.end == range.start {
                let start = min(range.start, body.count)
                let slice = UnsafeBufferPointer(rebasing: body[start..<start + (range.end - range.start)])
                return reader.text(slice, place, isUntyped: isUntyped)
            }
            unescaped.withUnsafeBufferPointer { bytes in
                let slice = bytes[range.start - body.count..<range.end - body.count]
                reader.text(UnsafeBufferPointer(rebasing: slice), place, isUntyped: isUntyped)
            }
        }
    }
}
