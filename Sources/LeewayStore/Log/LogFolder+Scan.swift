extension LogFolder {
    /// Gives each whole line of a segment, without its line feed, from a place on.
    ///
    /// - Throws: `fileNotAccessible`, and what `body` throws.
    package static func forEachLine(
        of path: String, from start: Int = 0, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard let file = try LineFile(ifThere: path) else { return }
        try LineFile.forEachLine(of: file.descriptor, from: start, to: file.bytes) { _, line in
            try body(UnsafeBufferPointer(rebasing: line.bindMemory(to: UInt8.self).dropLast()))
            return true
        }
    }

    /// Whether a line begins as every line does, so that its id is found without reading the rest.
    package static func beginsWithID(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        LineFile.id(of: UnsafeRawBufferPointer(line)) != nil
    }
}
