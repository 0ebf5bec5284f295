import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One of the two output streams, and what it can show.
struct Terminal: Sendable {
    static let standardOutput = Terminal(descriptor: 1)
    static let standardError = Terminal(descriptor: 2)

    let descriptor: Int32

    /// Whether a person watches, rather than a file or a pipe.
    var isInteractive: Bool { isatty(descriptor) == 1 }

    /// Whether colours are shown: on a terminal, unless NO_COLOR is set or TERM is `dumb`.
    var hasColor: Bool {
        guard isInteractive, getenv("NO_COLOR").map({ $0.pointee == 0 }) ?? true else { return false }
        return getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
    }

    /// The columns that fit on a line; 100 where nobody can say.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// The longest line that is not broken: anything goes where it is no terminal.
    var lineWidth: Int { isInteractive ? width : .max }

    /// Writes text as it is.
    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            #if canImport(Glibc)
                let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #else
                let count = bytes.withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress, $0.count) }
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Writes an error: what is wrong, and below it what to do.
    func print(error: LeewayError) {
        let style = Style(hasColor: hasColor)
        write("\(style.bad("error:")) \(error.message)\n" + (error.hint.map { "  \(style.dim("→")) \($0)\n" } ?? ""))
    }
}
