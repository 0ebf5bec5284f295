import CADBC
import LeewayCore

/// Which rows of a column are there: one bit a row, or none where all are.
package struct ArrowValidity {
    private let bits: UnsafePointer<UInt8>?
    private let start: Int

    /// Whether some rows may be missing.
    package var hasNulls: Bool { bits != nil }

    /// Takes the first buffer of an array, for the given places in it.
    ///
    /// - Throws: `malformedArrow` where nulls are counted but not marked.
    init(_ array: ArrowArray, rows: Range<Int>, column: String) throws(LeewayError) {
        start = rows.lowerBound
        guard (-1...array.length).contains(array.null_count) else {
            throw .malformedArrow(column, "\(array.null_count) nulls in \(array.length) values")
        }
        guard array.null_count != 0, !rows.isEmpty else {
            bits = nil
            return
        }
        bits = array.buffers?[0]?.assumingMemoryBound(to: UInt8.self)
        guard bits != nil || array.null_count == -1 else {
            throw .malformedArrow(column, "\(array.null_count) nulls are counted but not marked")
        }
    }

    /// Validity of an array without bits, of the null type: nothing is there, and nothing asks.
    init() { (bits, start) = (nil, 0) }

    /// Whether a row has a value.
    package subscript(row: Int) -> Bool {
        guard let bits else { return true }
        let place = start + row
        return bits[place >> 3] >> UInt8(truncatingIfNeeded: place & 7) & 1 == 1
    }

    /// Puts a value into every place whose row is missing.
    func replaceMissing<Value>(_ values: UnsafeMutableBufferPointer<Value>, with missing: Value) {
        guard let bits else { return }
        var row = 0
        while row < values.count {
            let place = start + row
            // Most bytes have no gap: eight rows in one look.
            if place & 7 == 0, values.count - row >= 8, bits[place >> 3] == 0xFF {
                row += 8
                continue
            }
            if bits[place >> 3] >> UInt8(truncatingIfNeeded: place & 7) & 1 == 0 { values[row] = missing }
            row += 1
        }
    }
}
