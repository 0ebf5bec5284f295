/// What a format string of the Arrow C data interface stands for.
enum ArrowFormat: Equatable {
    /// A type that is read.
    case read(ArrowType)
    /// A type that exists but is not read, its name, and what to do instead.
    case refused(name: String, hint: String)
    /// Nothing of the Arrow format.
    case unknown

    /// Understands a format string, such as `l` or `d:38,10`.
    init(_ format: String) {
        if let type = Self.fixed[format] ?? Self.decimal(format) ?? Self.timestamp(format) {
            self = .read(type)
        } else if let (_, name, hint) = Self.refusals.first(where: { Self.matches(format, $0.format) }) {
            self = .refused(name: name, hint: hint)
        } else {
            self = .unknown
        }
    }

    private static let fixed: [String: ArrowType] = [
        "n": .null, "b": .boolean, "c": .integer(.int8), "s": .integer(.int16), "i": .integer(.int32),
        "l": .integer(.int64), "C": .integer(.uint8), "S": .integer(.uint16), "I": .integer(.uint32),
        "L": .integer(.uint64), "f": .float32, "g": .float64, "tdD": .date32, "tdm": .date64,
        "tts": .time(.second), "ttm": .time(.millisecond), "ttu": .time(.microsecond), "ttn": .time(.nanosecond),
        "u": .text(.utf8), "U": .text(.largeUTF8), "vu": .text(.view),
    ]

    private static func decimal(_ format: String) -> ArrowType? {
        guard format.hasPrefix("d:") else { return nil }
        let numbers = format.dropFirst(2).split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2 || numbers.count == 3, let precision = numbers[0], let scale = numbers[1],
            let bits = numbers.count == 3 ? numbers[2] : 128, [32, 64, 128, 256].contains(bits),
            (1...76).contains(precision), (-76...76).contains(scale)
        else { return nil }
        return .decimal(bits: bits, scale: scale)
    }

    private static func timestamp(_ format: String) -> ArrowType? {
        let parts = format.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let zone = String(parts[1])
        switch parts[0] {
        case "tss": return .timestamp(.second, zone: zone)
        case "tsm": return .timestamp(.millisecond, zone: zone)
        case "tsu": return .timestamp(.microsecond, zone: zone)
        case "tsn": return .timestamp(.nanosecond, zone: zone)
        default: return nil
        }
    }

    /// A format that ends in a colon is followed by parameters.
    private static func matches(_ format: String, _ known: String) -> Bool {
        known.hasSuffix(":") ? format.hasPrefix(known) : format == known
    }

    private static let nested = "Take its parts in the query, such as s.field or unnest(list), or cast it to VARCHAR."
    private static let binary = "Cast it to VARCHAR in the query, or leave the column out."
    private static let span = "Take a number from it in the query, such as epoch(span), or leave the column out."
    private static let refusals: [(format: String, name: String, hint: String)] = [
        ("e", "float16", "Cast it to FLOAT in the query."),
        ("z", "binary", binary), ("Z", "large_binary", binary), ("vz", "binary_view", binary),
        ("w:", "fixed_size_binary", binary),
        ("tDs", "duration", span), ("tDm", "duration", span), ("tDu", "duration", span), ("tDn", "duration", span),
        ("tiM", "interval", span), ("tiD", "interval", span), ("tin", "interval", span),
        ("+l", "list", nested), ("+L", "large_list", nested), ("+vl", "list_view", nested),
        ("+vL", "large_list_view", nested), ("+w:", "fixed_size_list", nested), ("+s", "struct", nested),
        ("+m", "map", nested), ("+ud:", "dense_union", nested), ("+us:", "sparse_union", nested),
        ("+r", "run_end_encoded", "Cast it to its values' type in the query."),
    ]
}
