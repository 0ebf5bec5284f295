import CADBC
package import LeewayCore

/// A result as it comes: its columns at once, its rows in batches.
package struct ArrowStream: ~Copyable {
    /// The columns.
    package let fields: [ArrowField]
    private var arrays: NativeStream

    /// Reads the schema of a stream.
    ///
    /// - Throws: What the stream reports; `unsupportedType`, `malformedArrow`.
    init(_ arrays: consuming NativeStream) throws(LeewayError) {
        var schema = try arrays.schema()
        defer { schema.release?(&schema) }
        fields = try ArrowSchemaReader.fields(of: schema)
        self.arrays = arrays
    }

    /// The next batch, or nil after the last.
    ///
    /// - Throws: What the engine reports as late as this: most queries run while their result is read; `malformedArrow`.
    package mutating func next() throws(LeewayError) -> ArrowBatch? {
        guard let array = try arrays.next() else { return nil }
        return try ArrowBatch(taking: array, fields: fields)
    }
}
