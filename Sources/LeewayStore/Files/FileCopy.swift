package import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Copies files, and tells the length and the digest of what was copied.
package enum FileCopy {
    private static let room = 1 << 20

    /// Copies the bytes that a file has when the copying begins; what is added to it meanwhile is left out.
    ///
    /// The copy is on the disk when this returns; only its owner may read it. A file there is replaced.
    /// - Throws: `fileNotFound` for a source that is not there, `fileNotAccessible`, `diskFull`.
    package static func copy(_ source: String, to target: String) throws(LeewayError) -> (bytes: Int, sha256: String) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw FileSystem.failure("read", source) }
        defer { close(input) }
        var status = stat()
        guard fstat(input, &status) == 0 else { throw FileSystem.failure("read", source) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LeewayError(.fileNotAccessible, "\(source) is no file.", hint: "Move it out of the way.")
        }
        let output = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw FileSystem.failure("write", target) }
        defer { close(output) }
        var (digest, left) = (SHA256(), Int(status.st_size))
        while left > 0 {
            let chunk = try bytes(of: input, atMost: min(left, room), source)
            guard !chunk.isEmpty else { break }
            digest.update(chunk)
            try write(chunk, to: output, target)
            left -= chunk.count
        }
        guard fsync(output) == 0 else { throw FileSystem.failure("write", target) }
        return (Int(status.st_size) - left, digest.finalize())
    }

    /// The length and the digest of a file, without its bytes in memory.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`.
    package static func digest(of path: String) throws(LeewayError) -> (bytes: Int, sha256: String) {
        let input = open(path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw FileSystem.failure("read", path) }
        defer { close(input) }
        var (digest, count) = (SHA256(), 0)
        while true {
            let chunk = try bytes(of: input, atMost: room, path)
            guard !chunk.isEmpty else { return (count, digest.finalize()) }
            digest.update(chunk)
            count += chunk.count
        }
    }

    private static func bytes(of file: Int32, atMost limit: Int, _ path: String) throws(LeewayError) -> [UInt8] {
        var count = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            repeat { count = read(file, buffer.baseAddress, limit) } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw FileSystem.failure("read", path) }
        return chunk
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(LeewayError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.write(file, buffer.baseAddress?.advanced(by: written), bytes.count - written)
                #else
                    Darwin.write(file, buffer.baseAddress?.advanced(by: written), bytes.count - written)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileSystem.failure("write", path) }
            written += count
        }
    }
}
