/// The Arrow types that are read; all others are refused by name when a result's columns are looked at.
package enum ArrowType: Sendable, Equatable {
    /// Nothing but missing values.
    case null
    case boolean
    case integer(ArrowInteger)
    case float32
    case float64
    /// An integer of 32, 64, 128 or 256 bits, to be divided by 10 to the power of the scale.
    case decimal(bits: Int, scale: Int)
    /// Days since 1970-01-01.
    case date32
    /// Milliseconds since 1970-01-01.
    case date64
    /// Since midnight.
    case time(ArrowTimeUnit)
    /// Since 1970-01-01 00:00:00; the zone is empty for local time.
    case timestamp(ArrowTimeUnit, zone: String)
    case text(ArrowTextLayout)
    /// Texts held once each, and for each row a place among them.
    case dictionary(index: ArrowInteger, values: ArrowTextLayout)
}

extension ArrowType {
    /// Whether the values are texts.
    package var isText: Bool {
        switch self {
        case .text, .dictionary: true
        default: false
        }
    }

    /// Whether the values are whole numbers: integers, and decimals without a fraction such as a HUGEINT.
    package var isWhole: Bool {
        switch self {
        case .integer, .decimal(bits: _, scale: 0): true
        default: false
        }
    }

    /// The machine integers that the values lie in, or nil where they lie in something else.
    var integerStorage: ArrowInteger? {
        switch self {
        case .integer(let integer), .dictionary(let integer, values: _): integer
        case .decimal(bits: 32, scale: _), .date32: .int32
        case .decimal(bits: 64, scale: _), .date64, .timestamp: .int64
        case .time(let unit): unit == .second || unit == .millisecond ? .int32 : .int64
        default: nil
        }
    }

    /// How many buffers an array of the type has; a text view has this many and one for each block of text.
    var bufferCount: Int {
        switch self {
        case .null: 0
        case .text: 3
        default: 2
        }
    }
}

extension ArrowType: CustomStringConvertible {
    /// The type as messages name it, such as `decimal128(scale 2)`.
    package var description: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .integer(let integer): integer.rawValue
        case .float32: "float32"
        case .float64: "float64"
        case .decimal(let bits, let scale): "decimal\(bits)(scale \(scale))"
        case .date32: "date32"
        case .date64: "date64"
        case .time(let unit): "time[\(unit.rawValue)]"
        case .timestamp(let unit, let zone): "timestamp[\(unit.rawValue)\(zone.isEmpty ? "" : ", " + zone)]"
        case .text(let layout): layout.rawValue
        case .dictionary(let index, let values): "dictionary(\(index.rawValue) to \(values.rawValue))"
        }
    }
}
