#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the search for a library asks of the system: a value, so that a test brings its own files.
package struct FileAccess: Sendable {
    /// What stands at a path.
    package enum Kind: Sendable {
        case file
        case folder
    }

    /// The kind of what stands at a path, or nil where there is nothing.
    package let kind: @Sendable (_ path: String) -> Kind?
    /// The text of a small file, or nil where it can't be read.
    package let text: @Sendable (_ path: String) -> String?

    /// Takes the two answers.
    package init(kind: @escaping @Sendable (String) -> Kind?, text: @escaping @Sendable (String) -> String?) {
        self.kind = kind
        self.text = text
    }

    /// The files of this machine.
    package static let live = FileAccess(
        kind: { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
        },
        text: { path in
            guard let file = fopen(path, "r") else { return nil }
            defer { fclose(file) }
            // A manifest has a dozen lines; what is longer than this is none.
            return withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
                let count = fread(buffer.baseAddress, 1, buffer.count, file)
                return String(decoding: buffer[..<count], as: UTF8.self)
            }
        })
}
