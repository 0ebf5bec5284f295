package import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files and folders, with errors that say which one and what to do.
package enum FileSystem {
    /// What stands at a path.
    package enum Kind: Sendable {
        case file(bytes: Int)
        case folder
        case other
    }

    /// What stands at a path; nil where there is nothing, or nothing that may be seen.
    package static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file(bytes: Int(status.st_size))
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// Whether this user may read the file.
    package static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The bytes of a file, or its first ones up to a limit.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`.
    package static func read(_ path: String, limit: Int = .max) throws(LeewayError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        if case .file(let size) = kind(of: path) { bytes.reserveCapacity(min(size, limit)) }
        let room = min(1 << 16, limit)
        while true {
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                count = Self.retrying { systemRead(descriptor, buffer.baseAddress, room) }
                filled = max(0, count)
            }
            guard count >= 0 else { throw failure("read", path) }
            bytes += chunk
            if count == 0 || bytes.count >= limit { return bytes }
        }
    }

    /// A name beside a path for what is not complete yet, of this process alone.
    package static func temporaryName(for path: String) -> String { path + ".part-\(getpid())" }

    /// Writes a file anew, all of it or none: to a name of its own beside it, synced, then renamed.
    ///
    /// With `isSecret`, nobody but its owner may read it.
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func writeAtomically(
        _ bytes: [UInt8], to path: String, isSecret: Bool = false
    ) throws(LeewayError) {
        let temporary = temporaryName(for: path)
        do throws(LeewayError) {
            try write(bytes, to: temporary, isSecret: isSecret)
            try sync(temporary)
            guard rename(temporary, path) == 0 else { throw failure("write", path) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Writes a file anew, without a sync.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func write(_ bytes: [UInt8], to path: String, isSecret: Bool = false) throws(LeewayError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isSecret ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                retrying { systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written) }
            }
            guard count > 0 else { throw failure("write", path) }
            written += count
        }
    }

    /// Whether the file system of a path has no room left to speak of.
    package static func isFull(_ path: String) -> Bool {
        var status = statvfs()
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return statvfs(folder, &status) == 0 && UInt(status.f_bavail) * UInt(status.f_frsize) < 1_000_000
    }

    /// Waits until a file's or folder's content is on the disk.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func sync(_ path: String) throws(LeewayError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("write", path) }
    }

    /// Makes a folder and those above it; one that is there already is fine.
    ///
    /// With `isSecret`, nobody but its owner may look into a new one.
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func makeFolder(_ path: String, isSecret: Bool = false) throws(LeewayError) {
        if case .folder = kind(of: path) { return }
        if let cut = path.lastIndex(of: "/"), cut != path.startIndex { try makeFolder(String(path[..<cut])) }
        guard mkdir(path, isSecret ? 0o700 : 0o755) == 0 || errno == EEXIST else { throw failure("make", path) }
        guard case .folder = kind(of: path) else {
            throw LeewayError(
                .fileNotAccessible, "\(path) is a file where a folder is needed.", hint: "Move it out of the way.")
        }
    }

    /// Renames a file or folder within one file system.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func move(_ path: String, to destination: String) throws(LeewayError) {
        guard rename(path, destination) == 0 else { throw failure("write", destination) }
    }

    /// The names in a folder, sorted; hidden ones too.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`.
    package static func names(in folder: String) throws(LeewayError) -> [String] {
        guard let stream = opendir(folder) else { throw failure("read", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a folder with all that is in it; what is not there is fine.
    package static func remove(_ path: String) {
        if unlink(path) == 0 || errno == ENOENT { return }
        guard let names = try? names(in: path) else { return }
        for name in names { remove(path + "/" + name) }
        rmdir(path)
    }

    /// Runs a body while no other process or thread runs one under the lock of the same folder.
    ///
    /// A folder that can't be locked is no reason to stop: then the body just runs.
    package static func withLock<Result, Failure: Error>(
        on folder: String, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return try body() }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try body()
    }

    /// The folder in which the process stands.
    package static var currentFolder: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    /// The error for what `errno` says.
    package static func failure(_ verb: String, _ path: String) -> LeewayError {
        let number = errno
        let reason = String(cString: strerror(number))
        // A file is written beside its name first, which is nobody's business.
        let path = path.hasSuffix(temporaryName(for: "")) ? String(path.dropLast(temporaryName(for: "").count)) : path
        switch number {
        case ENOENT where verb == "write":
            return LeewayError(
                .fileNotFound, "There is no folder for \(path).", hint: "Make the folder, or check the path.")
        case ENOENT, ENOTDIR:
            return LeewayError(.fileNotFound, "There is no \(path).", hint: "Check the path.")
        case ENOSPC, EDQUOT:
            return LeewayError(
                .diskFull, "The disk is full: can't \(verb) \(path).", hint: "Free some space and run again.")
        case EACCES, EPERM, EROFS:
            return LeewayError(
                .fileNotAccessible, "No permission to \(verb) \(path).",
                hint: "Change its permissions, or run as a user who may.")
        case EISDIR:
            return LeewayError(.fileNotAccessible, "\(path) is a folder where a file is needed.")
        default:
            return LeewayError(.fileNotAccessible, "Can't \(verb) \(path): \(reason).")
        }
    }

    private static func retrying(_ call: () -> Int) -> Int {
        while true {
            let count = call()
            if count >= 0 || errno != EINTR { return count }
        }
    }

    #if canImport(Glibc)
        private static let systemRead = Glibc.read
        private static let systemWrite = Glibc.write
    #else
        private static let systemRead = Darwin.read
        private static let systemWrite = Darwin.write
    #endif
}
