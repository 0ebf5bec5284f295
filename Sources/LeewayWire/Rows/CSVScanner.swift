import LeewayCore

/// Finds the records and cells of CSV (RFC 4180), piece by piece; it keeps places, no bytes.
///
/// - Source: RFC 4180; lines end in LF or CR LF. A quote or a lone CR within a cell without quotes is refused.
/// - Complexity: each byte is looked at once, however the bytes are cut into pieces.
struct CSVScanner: Sendable {
    /// A cell's contents, from the first byte of its record.
    struct Cell: Sendable {
        let start: Int32
        let end: Int32
        /// Whether quotes in it are doubled.
        let isEscaped: Bool
    }

    private enum Phase: Sendable {
        case cellStart
        case plain
        case quoted
        /// After a quote in a quoted cell: its end, or the first of two.
        case quote
        /// After a CR that ends the cell, if LF comes next.
        case carriageReturn
    }

    /// The most bytes of a cell, its quotes included.
    static let cellLimit = 1 << 20
    /// The most bytes of a record.
    static let recordLimit = 1 << 24

    /// The cells of the record so far, no more than `cellCountLimit`.
    private(set) var cells: [Cell] = []
    /// How many cells the record has, those that are not kept included.
    private(set) var cellCount = 0
    /// The most cells that are kept.
    var cellCountLimit = 1 << 16
    /// The line at which the record begins, from 1.
    private(set) var recordLine = 1
    /// All bytes of the record, combined by or: whether any is not ASCII.
    private(set) var combined: UInt8 = 0
    /// How long the record is so far.
    private(set) var length = 0

    private var phase = Phase.cellStart
    private var line = 1
    /// The line of the quote that is open.
    private var quoteLine = 1
    /// The cell's first byte, its quote included.
    private var cellStart = 0
    /// The contents' end, where the phase is `quote` or `carriageReturn`.
    private var contentEnd = 0
    private var isQuoted = false
    private var isEscaped = false

    /// Begins the next record.
    mutating func beginRecord() {
        cells.removeAll(keepingCapacity: true)
        (cellCount, length, cellStart, combined, recordLine) = (0, 0, 0, 0, line)
    }

    /// Goes on at a place; true where a record ended just before it, false where the bytes ended first.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) throws(LeewayError) -> Bool {
        let base = length - place
        var index = place
        defer {
            length = index + base
            place = index
        }
        while index < bytes.count {
            switch phase {
            case .cellStart:
                isEscaped = false
                isQuoted = bytes[index] == Self.quoteByte
                phase = isQuoted ? .quoted : .plain
                if isQuoted {
                    quoteLine = line
                    index += 1
                }
            case .plain:
                let next = passPlain(bytes, &index)
                switch next {
                case nil: break
                case UInt8(ascii: ","):
                    try endCell(at: index + base)
                    index += 1
                    cellStart = index + base
                case 0x0A:
                    try endCell(at: index + base)
                    index += 1
                    line += 1
                    return true
                case 0x0D:
                    (contentEnd, phase) = (index + base, .carriageReturn)
                    index += 1
                default: throw misplaced("a quote within a cell that does not begin with one", at: index + base)
                }
            case .quoted:
                passQuoted(bytes, &index)
                guard index < bytes.count else { break }
                (contentEnd, phase) = (index + base, .quote)
                index += 1
            case .quote:
                switch bytes[index] {
                case Self.quoteByte: (isEscaped, phase) = (true, .quoted)
                case UInt8(ascii: ","):
                    try endCell(at: contentEnd)
                    cellStart = index + base + 1
                case 0x0A:
                    try endCell(at: contentEnd)
                    index += 1
                    line += 1
                    return true
                case 0x0D: phase = .carriageReturn
                default: throw misplaced("text after the quote that ends a cell", at: index + base)
                }
                index += 1
            case .carriageReturn:
                guard bytes[index] == 0x0A else {
                    throw misplaced("a carriage return that ends no line", at: index + base - 1)
                }
                try endCell(at: contentEnd)
                index += 1
                line += 1
                return true
            }
        }
        // A CR belongs to the cell only if no LF comes.
        try checkLimits(index + base - (phase == .carriageReturn ? 1 : 0))
        return false
    }

    /// Ends the last record, which has no line end; false where there is none.
    mutating func finish() throws(LeewayError) -> Bool {
        guard length > 0 else { return false }
        switch phase {
        case .quoted:
            throw LeewayError(.malformedRequest, "Line \(quoteLine) of the body has a quote that is never closed.")
        case .cellStart, .plain:
            (isQuoted, isEscaped) = (false, false)
            try endCell(at: length)
        case .quote, .carriageReturn: try endCell(at: contentEnd)
        }
        return true
    }

    /// The line of a place in the record.
    func line(of offset: Int, in record: UnsafeBufferPointer<UInt8>) -> Int {
        recordLine + record[..<offset].count { $0 == 0x0A }
    }

    private static let quoteByte = UInt8(ascii: "\"")

    /// Passes over a cell without quotes, to the comma, quote, CR or LF that ends it; nil where the bytes end.
    @inline(__always)
    private mutating func passPlain(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt8? {
        var combined = combined
        defer { self.combined = combined }
        while index < bytes.count {
            let byte = bytes[index]
            combined |= byte
            // All four lie below, and hardly anything else does.
            if byte <= UInt8(ascii: ",") {
                switch byte {
                case UInt8(ascii: ","), Self.quoteByte, 0x0A, 0x0D: return byte
                default: break
                }
            }
            index += 1
        }
        return nil
    }

    /// Passes over the contents of a quoted cell, to the next quote.
    private mutating func passQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Self.quoteByte { return }
            combined |= byte
            if byte == 0x0A { line += 1 }
            index += 1
        }
    }

    @inline(__always)
    private mutating func endCell(at end: Int) throws(LeewayError) {
        try checkLimits(isQuoted ? end + 1 : end)
        if cellCount < cellCountLimit {
            let start = isQuoted ? cellStart + 1 : cellStart
            cells.append(
                Cell(
                    start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), isEscaped: isEscaped))
        }
        cellCount += 1
        phase = .cellStart
    }

    /// Checks the limit that the record's bytes reach first, so that it does not depend on how they are cut.
    @inline(__always)
    private func checkLimits(_ offset: Int) throws(LeewayError) {
        guard offset > min(cellStart + Self.cellLimit, Self.recordLimit) else { return }
        let what =
            cellStart + Self.cellLimit <= Self.recordLimit
            ? "Line \(isQuoted ? quoteLine : line) of the body has a cell of more than \(Self.cellLimit) bytes."
            : "Line \(recordLine) of the body begins a row of more than \(Self.recordLimit) bytes."
        throw LeewayError(.malformedRequest, what)
    }

    @inline(never)
    private func misplaced(_ what: String, at offset: Int) -> LeewayError {
        do throws(LeewayError) {
            try checkLimits(offset)
        } catch {
            return error
        }
        return LeewayError(
            .malformedRequest, "Line \(line) of the body has \(what).",
            hint: "A cell with commas, quotes or line ends stands in quotes, and quotes within it are doubled.")
    }
}
