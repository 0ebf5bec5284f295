import CADBC
import LeewayCore

/// Columns on their way out: where the next batch starts, and how many rows were handed over.
///
/// The consumer calls from any thread but never from two at once; the count is read when it is done.
final class ArrowExportSource {
    /// As many as DuckDB keeps in one group of rows.
    static let rowsPerBatch = 122_880

    private let columns: [ArrowExportColumn]
    private let rowCount: Int
    /// How many rows the consumer was given.
    private(set) var handedOver = 0

    init(_ columns: [ArrowExportColumn], rowCount: Int) { (self.columns, self.rowCount) = (columns, rowCount) }

    /// The columns as a struct.
    func schema() -> ArrowSchema {
        ArrowExportMemory().schema(
            format: "+s", name: "",
            children: columns.map { ArrowExportMemory().schema(format: $0.format, name: $0.name) })
    }

    /// The next rows, or an array that is released already: the end.
    func next() -> ArrowArray {
        guard handedOver < rowCount else { return ArrowArray() }
        let rows = handedOver..<min(rowCount, handedOver + Self.rowsPerBatch)
        handedOver = rows.upperBound
        return ArrowExportMemory().array(
            length: rows.count, nullCount: 0, buffers: [nil], children: columns.map { Self.array($0.values, rows) })
    }

    private static func array(_ values: ArrowExportColumn.Values, _ rows: Range<Int>) -> ArrowArray {
        let memory = ArrowExportMemory()
        switch values {
        case .int32(let values):
            return memory.array(
                length: rows.count, nullCount: 0, buffers: [nil, UnsafeRawPointer(memory.copy(values[rows]))])
        case .int64(let values):
            return memory.array(
                length: rows.count, nullCount: 0, buffers: [nil, UnsafeRawPointer(memory.copy(values[rows]))])
        case .double(let values, let nanIsNull):
            let (bits, nullCount) = nanIsNull ? validity(memory, rows) { !values[$0].isNaN } : (nil, 0)
            return memory.array(
                length: rows.count, nullCount: nullCount, buffers: [bits, UnsafeRawPointer(memory.copy(values[rows]))])
        case .boolean(let values):
            // A bitmap of the true ones is laid out as a validity is.
            let (bits, _) = validity(memory, rows) { values[$0] }
            return memory.array(length: rows.count, nullCount: 0, buffers: [nil, bits])
        case .texts(let values):
            return texts(memory, rows) { values[$0] }
        case .categorical(let values):
            return texts(memory, rows) { values[$0] }
        }
    }

    private static func texts(
        _ memory: ArrowExportMemory, _ rows: Range<Int>, _ text: (Int) -> String?
    ) -> ArrowArray {
        let offsets: UnsafeMutableBufferPointer<Int64> = memory.values(rows.count + 1)
        var bytes: [UInt8] = []
        for (place, row) in rows.enumerated() {
            if let text = text(row) { bytes.append(contentsOf: text.utf8) }
            offsets[place + 1] = Int64(bytes.count)
        }
        let (bits, nullCount) = validity(memory, rows) { text($0) != nil }
        return memory.array(
            length: rows.count, nullCount: nullCount,
            buffers: [bits, UnsafeRawPointer(offsets.baseAddress), UnsafeRawPointer(memory.copy(bytes))])
    }

    /// One bit a row, and how many of them are 0.
    private static func validity(
        _ memory: ArrowExportMemory, _ rows: Range<Int>, _ isThere: (Int) -> Bool
    ) -> (UnsafeRawPointer?, Int) {
        let bits: UnsafeMutableBufferPointer<UInt8> = memory.values((rows.count + 7) / 8)
        var missing = 0
        for (place, row) in rows.enumerated() {
            if isThere(row) { bits[place >> 3] |= 1 << UInt8(place & 7) } else { missing += 1 }
        }
        return (UnsafeRawPointer(bits.baseAddress), missing)
    }
}
