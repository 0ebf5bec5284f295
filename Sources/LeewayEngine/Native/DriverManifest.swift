/// The one line of an ADBC driver manifest that matters here: where the driver's library lies.
///
/// Understands `[Driver] shared = "path"` and `[Driver.shared] linux_amd64 = "path"`; passes over all else.
enum DriverManifest {
    /// This machine in the words of the manifests, such as `linux_amd64`.
    static var platform: String {
        #if os(macOS)
            let system = "macos"
        #else
            let system = "linux"
        #endif
        #if arch(arm64)
            return system + "_arm64"
        #else
            return system + "_amd64"
        #endif
    }

    /// The library's path in a manifest's text, or nil where it names none for the platform.
    static func sharedLibrary(in text: String, platform: String = platform) -> String? {
        var section: Substring = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = line[line.index(after: line.startIndex)..<end].trimmed
                continue
            }
            guard let equals = line.firstIndex(of: "=") else { continue }
            let key = line[..<equals].trimmed
            let isWanted = section == "Driver" && key == "shared" || section == "Driver.shared" && key == platform
            if isWanted, let path = quoted(line[line.index(after: equals)...].trimmed) { return path }
        }
        return nil
    }

    private static func quoted(_ value: Substring) -> String? {
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        let inside = value.dropFirst()
        guard let end = inside.firstIndex(of: quote), end > inside.startIndex else { return nil }
        return String(inside[..<end])
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let head = drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return head[...last]
    }
}
