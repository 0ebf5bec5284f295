/// Text as it may stand in a page.
enum Markup {
    /// The text with what has a meaning in HTML written out; control characters become spaces.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text cut to so many characters, escaped.
    static func short(_ text: String, _ limit: Int = 40) -> String {
        escaped(text.count > limit ? text.prefix(limit - 1) + "…" : text)
    }
}
