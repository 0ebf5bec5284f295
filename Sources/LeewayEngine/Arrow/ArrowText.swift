/// One text of a column, where it lies in the batch; no copy, no `String` unless asked for.
package struct ArrowText: BitwiseCopyable {
    // Nil for a missing text; an empty one has an address too.
    @usableFromInline
    let start: UInt
    @usableFromInline
    let count: Int

    /// A text that is not there.
    package static let missing = ArrowText()

    private init() { (start, count) = (0, 0) }

    /// A text at an address.
    @inline(__always)
    init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        self.start = UInt(bitPattern: start)
        self.count = count
    }

    /// Whether there is no text, which is not the same as an empty one.
    @inlinable
    package var isMissing: Bool { start == 0 }

    /// The text's bytes in UTF-8, or nil where it is missing; valid as long as the batch is borrowed.
    @inlinable
    package var bytes: UnsafeBufferPointer<UInt8>? {
        UnsafePointer<UInt8>(bitPattern: start).map { UnsafeBufferPointer(start: $0, count: count) }
    }

    /// The text as a `String`, or nil where it is missing.
    package var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
}
