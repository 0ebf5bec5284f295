import CADBC
import LeewayCore

/// A stream of the Arrow C interface: it hands out what the producer made, unread and unchecked.
struct NativeStream: ~Copyable {
    private let handle: NativeHandle<ArrowArrayStream>
    private let driver: AdbcDriver?
    private var isFinished = false

    /// Takes a stream over, to release it once, whatever the producer leaves in `release`: one driver never clears it.
    ///
    /// - Throws: `malformedArrow` where it is released already.
    init(
        taking stream: ArrowArrayStream, from statement: (any Sendable)? = nil, driver: AdbcDriver? = nil
    ) throws(LeewayError) {
        guard let release = stream.release else { throw .malformedArrow("its stream is released already") }
        handle = try NativeHandle(stream, parent: statement, make: { _ in }, release: { release($0) })
        self.driver = driver
    }

    /// The schema, to be released by the caller.
    ///
    /// - Throws: What the stream reports.
    mutating func schema() throws(LeewayError) -> ArrowSchema {
        var schema = ArrowSchema()
        try check(handle.raw.pointee.get_schema?(handle.raw, &schema))
        return schema
    }

    /// The next array, to be released by the caller, or nil after the last.
    ///
    /// - Throws: What the stream reports; after that there is no array any more.
    mutating func next() throws(LeewayError) -> ArrowArray? {
        guard !isFinished else { return nil }
        var array = ArrowArray()
        isFinished = true
        try check(handle.raw.pointee.get_next?(handle.raw, &array))
        isFinished = array.release == nil
        return isFinished ? nil : array
    }

    private func check(_ code: Int32?) throws(LeewayError) {
        guard let code else { throw .malformedArrow("its stream has no functions") }
        guard code == 0 else { throw DriverFailure.streamError(handle.raw, code: code, driver: driver) }
    }
}
