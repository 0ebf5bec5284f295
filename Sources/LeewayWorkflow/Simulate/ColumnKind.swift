import LeewayCore

/// What a column's values are to a change.
enum ColumnKind: Sendable, Equatable {
    /// Whole numbers, between the ends of their type.
    case whole(type: String, least: String, most: String)
    /// Other numbers, up to the largest of their type.
    case fraction(type: String, most: String)
    case text
    /// Days, moments, truth values, lists.
    case other

    /// The kind of an engine's type; a text's kind is told by its values.
    init(engineType type: String) {
        let name = type.prefix { $0 != "(" }
        if let (least, most) = Self.ends[String(name)] {
            self = .whole(type: type, least: least, most: most)
        } else if name == "FLOAT" {
            self = .fraction(type: type, most: "3.4028234663852886e38")
        } else if name == "DECIMAL" {
            self = .fraction(type: type, most: Self.largestDecimal(type))
        } else if name == "DOUBLE" {
            self = .fraction(type: type, most: "1.7976931348623157e308")
        } else {
            self = type == "VARCHAR" ? .text : .other
        }
    }

    /// Whole numbers of a file that has no types.
    static let written = Self(engineType: "BIGINT")
    /// Numbers of a file that has no types.
    static let writtenFraction = Self(engineType: "DOUBLE")

    var isNumber: Bool {
        switch self {
        case .whole, .fraction: true
        case .text, .other: false
        }
    }

    private static let ends = [
        "TINYINT": ("-128", "127"), "SMALLINT": ("-32768", "32767"), "INTEGER": ("-2147483648", "2147483647"),
        "BIGINT": ("-9223372036854775808", "9223372036854775807"), "UTINYINT": ("0", "255"),
        "USMALLINT": ("0", "65535"),
        "UINTEGER": ("0", "4294967295"), "UBIGINT": ("0", "18446744073709551615"),
    ]

    /// The largest number of a type such as `DECIMAL(5,2)`: 999.99.
    private static func largestDecimal(_ type: String) -> String {
        let digits = type.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        let (width, scale) = (digits.first ?? 18, digits.count > 1 ? digits[1] : 0)
        let (whole, rest) = (String(repeating: "9", count: width - scale), String(repeating: "9", count: scale))
        return (whole.isEmpty ? "0" : whole) + (rest.isEmpty ? "" : "." + rest)
    }
}
