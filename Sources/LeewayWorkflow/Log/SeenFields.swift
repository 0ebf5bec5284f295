import LeewayWire

/// What kinds of values a field was seen to have.
struct SeenKinds: OptionSet, Sendable {
    let rawValue: Int

    static let null = SeenKinds(rawValue: 1)
    static let truth = SeenKinds(rawValue: 2)
    /// A text that is `true` or `false`: how the log has the booleans of a model.
    static let truthText = SeenKinds(rawValue: 4)
    /// A whole number that 64 bits hold.
    static let integer = SeenKinds(rawValue: 8)
    static let number = SeenKinds(rawValue: 16)
    static let text = SeenKinds(rawValue: 32)
    /// An object or an array.
    static let nested = SeenKinds(rawValue: 64)

    /// Reads a value and tells its kind.
    static func read(_ json: inout JSONReader) throws(JSONFailure) -> SeenKinds {
        switch try json.peek() {
        case .null:
            try json.readNull()
            return .null
        case .boolean:
            _ = try json.readBoolean()
            return .truth
        case .number:
            let number = try json.readNumber()
            return number.isInteger && number.value.magnitude < 0x1p63 ? .integer : .number
        case .string:
            let text = try json.readText()
            let isTruth = json.withBytes(of: text) { $0.elementsEqual("true".utf8) || $0.elementsEqual("false".utf8) }
            return isTruth ? .truthText : .text
        case .object, .array:
            try json.skipValue()
            return .nested
        }
    }
}

/// The names of the members of objects that are much alike, and what kinds of values each had.
///
/// Nothing of a row counts before it is kept: one that turns out to be damaged leaves no trace.
struct SeenFields: Sendable {
    private(set) var names: [String] = []
    private(set) var kinds: [SeenKinds] = []
    private var keys: [[UInt8]] = []
    private var places: [[UInt8]: Int] = [:]
    /// Where the next member is likely to be: lines of one model have the same fields in the same order.
    private var next = 0
    private var row: [(place: Int, kinds: SeenKinds)] = []

    /// Begins another object.
    mutating func beginRow() {
        next = 0
        row.removeAll(keepingCapacity: true)
    }

    /// Reads the value of a key; false where the key has come before.
    mutating func read(_ key: JSONText, _ json: inout JSONReader) throws(JSONFailure) -> Bool {
        let place = json.withBytes(of: key) { find($0) }
        next = place + 1
        // Names ascend in almost all rows, so a second one hardly ever has to be looked for.
        let isNew = row.last.map { $0.place < place } ?? true || !row.contains { $0.place == place }
        row.append((place, try SeenKinds.read(&json)))
        return isNew
    }

    /// Keeps what was read of the row.
    mutating func keepRow() {
        for (place, kinds) in row { self.kinds[place].formUnion(kinds) }
    }

    private mutating func find(_ key: UnsafeBufferPointer<UInt8>) -> Int {
        if next < keys.count, keys[next].elementsEqual(key) { return next }
        let bytes = Array(key)
        if let place = places[bytes] { return place }
        places[bytes] = names.count
        names.append(String(decoding: bytes, as: UTF8.self))
        kinds.append([])
        keys.append(bytes)
        return names.count - 1
    }
}
