import CADBC

/// A sound array of every type that is read, made by hand: four rows, of which the third is missing.
struct Specimen: Sendable {
    /// A batch of one column with its schema, in an arena.
    struct Batch {
        let schema: UnsafeMutablePointer<ArrowSchema>
        let array: UnsafeMutablePointer<ArrowArray>
        /// The column's array, which is the batch's only child.
        let column: UnsafeMutablePointer<ArrowArray>
        /// The column's schema.
        let field: UnsafeMutablePointer<ArrowSchema>
    }

    /// The format string, followed by the dictionary's after an arrow.
    let name: String
    private let make:
        @Sendable (Arena) -> (schema: UnsafeMutablePointer<ArrowSchema>, array: UnsafeMutablePointer<ArrowArray>)

    /// Lays the specimen out.
    func batch(in arena: Arena) -> Batch {
        let (field, column) = make(arena)
        return Batch(
            schema: arena.schema("+s", children: [field]),
            array: arena.array(length: 4, buffers: [nil], children: [column]), column: column, field: field)
    }

    /// One specimen of each type and layout.
    static let all: [Specimen] =
        [Specimen(name: "n") { ($0.schema("n"), $0.array(length: 4, nullCount: 4, buffers: [])) }]
        + [Specimen(name: "b") { ($0.schema("b"), $0.primitive($0.bits([true, false, true, true]))) }]
        + [
            fixed("c", [1, -2, 0, 4] as [Int8]), fixed("C", [1, 2, 0, 255] as [UInt8]),
            fixed("s", [1, -2, 0, 4] as [Int16]), fixed("S", [1, 2, 0, 4] as [UInt16]),
            fixed("I", [1, 2, 0, 4] as [UInt32]), fixed("L", [1, 2, 0, 4] as [UInt64]),
            fixed("f", [1.5, .nan, 0, -4] as [Float]), fixed("g", [1.5, .nan, 0, -4] as [Double]),
        ]
        + ["i", "tdD", "tts", "ttm", "d:9,2,32"].map { fixed($0, [1, -2, 0, 4] as [Int32]) }
        + ["l", "tdm", "ttu", "ttn", "tss:", "tsm:", "tsu:UTC", "tsn:Europe/Berlin", "d:18,2,64"].map {
            fixed($0, [1, -2, 0, 4] as [Int64])
        }
        + [
            fixed("d:38,10", [1, 0, .max, .max, 0, 0, 0, 1] as [UInt64]),
            fixed("d:76,3,256", [1, 0, 0, 0, .max, .max, .max, .max, 0, 0, 0, 0, 0, 0, 0, 1] as [UInt64]),
        ]
        + ["u", "U", "vu"].map { layout in
            Specimen(name: layout) { ($0.schema(layout), $0.texts(layout, ["", "zwölf", nil, longText])) }
        }
        + ["u", "U", "vu"].flatMap { layout in
            [
                dictionary("c", [0, 2, 0, 1] as [Int8], layout), dictionary("C", [0, 2, 0, 1] as [UInt8], layout),
                dictionary("s", [0, 2, 0, 1] as [Int16], layout), dictionary("S", [0, 2, 0, 1] as [UInt16], layout),
                dictionary("i", [0, 2, 0, 1] as [Int32], layout), dictionary("I", [0, 2, 0, 1] as [UInt32], layout),
                dictionary("l", [0, 2, 0, 1] as [Int64], layout), dictionary("L", [0, 2, 0, 1] as [UInt64], layout),
            ]
        }

    /// Longer than the 12 bytes that a view holds itself.
    static let longText = "a text of more than twelve bytes 🧭"

    private static func fixed<Value: Sendable>(_ format: String, _ values: [Value]) -> Specimen {
        Specimen(name: format) { ($0.schema(format), $0.primitive($0.buffer(values))) }
    }

    private static func dictionary<Index: Sendable>(_ index: String, _ codes: [Index], _ layout: String) -> Specimen {
        Specimen(name: index + "→" + layout) { arena in
            let texts = arena.texts(layout, ["first", longText, "third"])
            let array = arena.primitive(arena.buffer(codes))
            array.pointee.dictionary = texts
            return (arena.schema(index, dictionary: arena.schema(layout)), array)
        }
    }
}

extension Arena {
    /// Four values of a fixed width, the third of them missing.
    func primitive(_ values: UnsafeRawPointer?) -> UnsafeMutablePointer<ArrowArray> {
        array(length: 4, nullCount: 1, buffers: [bits([true, true, false, true]), values])
    }

    /// Texts in one of the three layouts.
    func texts(_ layout: String, _ texts: [String?]) -> UnsafeMutablePointer<ArrowArray> {
        let validity = bits(texts.map { $0 != nil })
        let missing = texts.count { $0 == nil }
        let bytes = texts.map { Array(($0 ?? "").utf8) }
        let ends = bytes.reduce(into: [0]) { ends, text in ends.append((ends.last ?? 0) + text.count) }
        let block = buffer(bytes.flatMap { $0 })
        let buffers =
            switch layout {
            case "u": [validity, buffer(ends.map { Int32($0) }), block]
            case "U": [validity, buffer(ends.map { Int64($0) }), block]
            default:
                [
                    validity, buffer(zip(bytes, ends).flatMap { view($0, at: $1) }), block,
                    buffer([Int64(ends.last ?? 0)]),
                ]
            }
        return array(length: texts.count, nullCount: missing, buffers: buffers)
    }

    /// The 16 bytes of a view: the text itself, or its first four bytes, its block and where it begins there.
    private func view(_ text: [UInt8], at offset: Int) -> [UInt8] {
        let number = { (value: Int) in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        if text.count <= 12 { return number(text.count) + text + [UInt8](repeating: 0, count: 12 - text.count) }
        return number(text.count) + text.prefix(4) + number(0) + number(offset)
    }
}
