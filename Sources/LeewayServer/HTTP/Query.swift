/// Reads the part of a URL behind the question mark.
enum Query {
    /// The parameters; of several of one name the last.
    static func parse(_ text: Substring) -> [Substring: String] {
        var query: [Substring: String] = [:]
        for pair in text.split(separator: "&") {
            let cut = pair.firstIndex(of: "=") ?? pair.endIndex
            query[pair[..<cut]] = cut < pair.endIndex ? decoded(pair[pair.index(after: cut)...]) : ""
        }
        return query
    }

    /// The text with `%41` and `+` resolved; what is no escape stays as it is.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            // Digits only: a sign would be read, too.
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy({ $0 >= UInt8(ascii: "0") }),
                let code = UInt8(String(Substring(digits)), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
