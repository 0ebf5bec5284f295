#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The stream to which the server's own log goes.
enum StandardError {
    /// Writes a line as a whole, as far as the system takes it.
    static func write(_ line: [UInt8]) {
        line.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                #if canImport(Glibc)
                    let count = Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
                #else
                    let count = Darwin.write(STDERR_FILENO, rest.baseAddress, rest.count)
                #endif
                guard count > 0 || errno == EINTR else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
            }
        }
    }
}
