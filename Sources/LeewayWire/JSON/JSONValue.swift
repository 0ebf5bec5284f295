/// A JSON document as a tree, for documents the size of settings.
///
/// - Source: RFC 8259; of its choices: a key may not stand twice, and numbers are doubles.
package enum JSONValue: Sendable {
    /// An object's members in their order.
    case object([(String, JSONValue)])
    case array([JSONValue])
    case text(String)
    case number(Double)
    case boolean(Bool)
    case null

    /// Reads a whole document.
    ///
    /// - Throws: also where an object has two keys that are equal as `String`s, that is, canonically equivalent.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONFailure) {
        let result = bytes.withUnsafeBufferPointer { bytes -> Result<JSONValue, JSONFailure> in
            Result { () throws(JSONFailure) in
                var reader = JSONReader(bytes, maximumDepth: maximumDepth)
                let value = try JSONValue(from: &reader)
                try reader.finish()
                return value
            }
        }
        self = try result.get()
    }

    /// Reads the next value.
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        switch try reader.peek() {
        case .string: self = .text(reader.string(try reader.readText()))
        case .number: self = .number(try reader.readNumber().value)
        case .boolean: self = .boolean(try reader.readBoolean())
        case .null:
            try reader.readNull()
            self = .null
        case .array: self = .array(try Self.elements(from: &reader))
        case .object: self = .object(try Self.members(from: &reader))
        }
    }

    private static func elements(from reader: inout JSONReader) throws(JSONFailure) -> [JSONValue] {
        var elements: [JSONValue] = []
        try reader.beginArray()
        while try reader.nextElement() { elements.append(try JSONValue(from: &reader)) }
        return elements
    }

    private static func members(from reader: inout JSONReader) throws(JSONFailure) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        var keys: Set<String> = []
        try reader.beginObject()
        while let text = try reader.nextKey() {
            let key = reader.string(text)
            guard keys.insert(key).inserted else {
                throw JSONFailure("a key that stands twice in one object", at: reader.keyPosition)
            }
            members.append((key, try JSONValue(from: &reader)))
        }
        return members
    }

    /// The value under a key of an object; nil where there is none, or no object.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == key }?.1
    }
}

extension JSONValue: Equatable {
    /// Whether two trees are the same, members in the same order.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)): left.elementsEqual(right) { $0.0 == $1.0 && $0.1 == $1.1 }
        case (.array(let left), .array(let right)): left == right
        case (.text(let left), .text(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }
}

extension JSONWriter {
    /// Appends a tree, without white space.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .object(let members):
            raw("{")
            for (place, (key, value)) in members.enumerated() {
                if place > 0 { raw(",") }
                text(key)
                raw(":")
                self.value(value)
            }
            raw("}")
        case .array(let elements):
            raw("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { raw(",") }
                self.value(element)
            }
            raw("]")
        case .text(let text): self.text(text)
        case .number(let number): self.number(number)
        case .boolean(let boolean): self.boolean(boolean)
        case .null: null()
        }
    }
}
