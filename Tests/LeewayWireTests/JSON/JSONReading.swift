import LeewayWire

/// Reads documents for the tests.
enum JSONReading {
    /// Calls `body` with a reader of bytes in an allocation of just their size, so that a sanitizer sees a read past it.
    static func with<R, E: Error>(
        _ bytes: some Collection<UInt8>, maximumDepth: Int = 64, _ body: (inout JSONReader) throws(E) -> R
    ) throws(E) -> R {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { copy.deallocate() }
        _ = copy.initialize(fromContentsOf: bytes)
        var reader = JSONReader(UnsafeBufferPointer(copy), maximumDepth: maximumDepth)
        return try body(&reader)
    }

    /// Reads a document to its end.
    static func whole<R>(_ document: String, _ body: (inout JSONReader) throws -> R) throws -> R {
        try with(document.utf8) { reader in
            let value = try body(&reader)
            try reader.finish()
            return value
        }
    }

    /// What is wrong with a document; nil where nothing is.
    static func failure(of bytes: some Collection<UInt8>, maximumDepth: Int = 64) -> JSONFailure? {
        do throws(JSONFailure) {
            try with(bytes, maximumDepth: maximumDepth) { reader throws(JSONFailure) in
                try reader.skipValue()
                try reader.finish()
            }
            return nil
        } catch {
            return error
        }
    }
}
