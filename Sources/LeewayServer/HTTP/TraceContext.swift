/// A W3C trace context: which trace a request belongs to, handed on with our own part in it.
///
/// - Source: W3C Trace Context, level 1, section 3.2.
struct TraceContext: Sendable, Equatable {
    /// 32 hexadecimal digits.
    let trace: String
    private let flags: String

    /// Reads a `traceparent` header; nil where it is none.
    init?(_ header: String) {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            parts[1].utf8.count == 32, parts[2].utf8.count == 16, parts[3].utf8.count == 2,
            parts[...3].allSatisfy({ $0.utf8.allSatisfy(Self.isHexadecimal) }),
            parts[1].utf8.contains(where: { $0 != 0x30 }), parts[2].utf8.contains(where: { $0 != 0x30 })
        else { return nil }
        (trace, flags) = (String(parts[1]), String(parts[3]))
    }

    /// The `traceparent` of our part, whose name is `span`.
    func header(span: UInt64) -> String {
        let digits = String(span | 1, radix: 16)
        return "00-\(trace)-\(String(repeating: "0", count: 16 - digits.count))\(digits)-\(flags)"
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
