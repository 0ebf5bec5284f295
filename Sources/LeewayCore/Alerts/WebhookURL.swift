/// Where an alert is posted.
///
/// It may hold a secret, so that nothing prints more of it than the host.
package struct WebhookURL: Sendable, Equatable {
    package let isSecure: Bool
    /// A name or an address; of an IPv6 address without its brackets.
    package let host: String
    package let port: Int
    /// Path and query, as they go into the request.
    package let target: String
    /// `name:password`, where the URL has them.
    package let credentials: String?

    /// Reads an `http` or `https` URL; nil for anything else, and for what would not fit on a request's line.
    ///
    /// A fragment is left out. A host outside of ASCII must be written in its ASCII form.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let colon = text.firstRange(of: "://")
        else { return nil }
        switch text[..<colon.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { !"/?".contains($0) }
        let path = rest[authority.endIndex...]
        target = path.isEmpty ? "/" : path.hasPrefix("?") ? "/" + path : String(path)
        let address: Substring
        if let at = authority.lastIndex(of: "@") {
            guard let decoded = Self.decoded(authority[..<at]), decoded.contains(":") else { return nil }
            credentials = decoded
            address = authority[authority.index(after: at)...]
        } else {
            (credentials, address) = (nil, authority)
        }
        guard let (host, digits) = Self.split(address) else { return nil }
        self.host = host.lowercased()
        guard let digits else {
            port = isSecure ? 443 : 80
            return
        }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        self.port = port
    }

    /// The host as it stands in a request's head: with its brackets, and with the port where it is no usual one.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    private static let longest = 8000

    /// The host, and the digits of the port where there is one.
    private static func split(_ address: Substring) -> (host: String, port: Substring?)? {
        let (host, rest): (Substring, Substring)
        if address.hasPrefix("[") {
            guard let end = address.firstIndex(of: "]") else { return nil }
            host = address[address.index(after: address.startIndex)..<end]
            rest = address[address.index(after: end)...]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            host = address.prefix { $0 != ":" }
            rest = address[host.endIndex...]
            guard host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }) else { return nil }
        }
        guard !host.isEmpty, rest.isEmpty || (rest.hasPrefix(":") && rest.count > 1) else { return nil }
        return (String(host), rest.isEmpty ? nil : rest.dropFirst())
    }

    /// A text without its percent signs; nil where they hide no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension WebhookURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The host alone.
    package var description: String { host }
    package var debugDescription: String { host }
    /// A dump shows no more than the host either.
    package var customMirror: Mirror { Mirror(self, children: ["host": host]) }
}
