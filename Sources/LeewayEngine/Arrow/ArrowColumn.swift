import CADBC
import LeewayCore

/// A checked view of one column of a batch; valid as long as the batch.
///
/// Its initialiser checks all that an array says of itself; what lies in the buffers is checked as it is read.
struct ArrowColumn {
    /// More values than any array has; a count above it is a damaged one.
    static let valueLimit = Int64(Int32.max)
    /// More bytes of text than any batch has.
    static let textLimit = 1 << 36

    let field: ArrowField
    /// The rows' places in the buffers.
    let rows: Range<Int>
    let validity: ArrowValidity
    private let array: ArrowArray

    /// Checks an array against its field, for the given rows of the batch.
    ///
    /// - Throws: `malformedArrow`.
    init(_ pointer: UnsafePointer<ArrowArray>, field: ArrowField, rows: Range<Int>) throws(LeewayError) {
        let array = pointer.pointee
        (self.array, self.field) = (array, field)
        guard array.release != nil else { throw .malformedArrow(field.name, "its array is released already") }
        guard let values = Self.checkedExtent(array) else {
            throw .malformedArrow(field.name, "\(array.length) values at offset \(array.offset)")
        }
        guard values.count >= rows.upperBound else {
            throw .malformedArrow(field.name, "\(array.length) values for \(rows.upperBound) rows")
        }
        self.rows = values.lowerBound + rows.lowerBound..<values.lowerBound + rows.upperBound
        try Self.checkBuffers(array, field)
        guard field.type != .null else {
            validity = ArrowValidity()
            return
        }
        validity = try ArrowValidity(array, rows: self.rows, column: field.name)
    }

    /// The places of an array's values in its buffers, or nil where length or offset make no sense.
    static func checkedExtent(_ array: ArrowArray) -> Range<Int>? {
        guard array.length >= 0, array.offset >= 0, array.length <= valueLimit, array.offset <= valueLimit else {
            return nil
        }
        return Int(array.offset)..<Int(array.offset + array.length)
    }

    /// A buffer of values, from the first row on.
    ///
    /// - Throws: `malformedArrow` where the buffer is missing or starts at an odd address.
    func values<Value: BitwiseCopyable>(_ buffer: Int = 1, as _: Value.Type) throws(LeewayError)
        -> UnsafeBufferPointer<Value>
    {
        try values(buffer, in: rows)
    }

    /// A buffer of values at given places.
    func values<Value: BitwiseCopyable>(_ buffer: Int, in places: Range<Int>) throws(LeewayError)
        -> UnsafeBufferPointer<Value>
    {
        guard !places.isEmpty else { return UnsafeBufferPointer(start: nil, count: 0) }
        guard let start = array.buffers?[buffer] else { throw .malformedArrow(field.name, "a buffer is missing") }
        guard UInt(bitPattern: start) % UInt(MemoryLayout<Value>.alignment) == 0 else {
            throw .malformedArrow(field.name, "a buffer starts at an odd address")
        }
        let values = start.assumingMemoryBound(to: Value.self) + places.lowerBound
        return UnsafeBufferPointer(start: values, count: places.count)
    }

    /// A buffer as bytes, or nil where it is missing.
    func bytes(_ buffer: Int) -> UnsafePointer<UInt8>? {
        array.buffers?[buffer]?.assumingMemoryBound(to: UInt8.self)
    }

    /// How many buffers the array has.
    var bufferCount: Int { Int(array.n_buffers) }

    /// The texts that the column's indexes stand for, as a column of their own.
    ///
    /// - Throws: `malformedArrow`.
    func dictionary(_ layout: ArrowTextLayout) throws(LeewayError) -> ArrowColumn {
        guard let dictionary = array.dictionary else { throw .malformedArrow(field.name, "its dictionary is missing") }
        // Bounds of `length` are checked by the initialiser, which a damaged length must reach unharmed.
        let count = Int(clamping: max(0, dictionary.pointee.length))
        return try ArrowColumn(dictionary, field: ArrowField(name: field.name, type: .text(layout)), rows: 0..<count)
    }

    private static func checkBuffers(_ array: ArrowArray, _ field: ArrowField) throws(LeewayError) {
        let needed = field.type.bufferCount
        let hasView = field.type == .text(.view)
        guard hasView ? (Int64(needed)...valueLimit).contains(array.n_buffers) : array.n_buffers == needed else {
            throw .malformedArrow(field.name, "\(array.n_buffers) buffers for \(field.type)")
        }
        guard array.buffers != nil || needed == 0 || array.length == 0 else {
            throw .malformedArrow(field.name, "its buffers are missing")
        }
        guard array.n_children == 0 else { throw .malformedArrow(field.name, "\(array.n_children) children") }
        if case .dictionary = field.type { return }
        guard array.dictionary == nil else { throw .malformedArrow(field.name, "a dictionary for \(field.type)") }
    }
}
