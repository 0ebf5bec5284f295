package import LeewayCore

/// Counts as bytes: a version, the bins' fingerprint, the rows, then of each column its special counts and its cells
/// that are not 0, as (cells skipped, count); a checksum ends them.
///
/// All numbers but the fingerprint and the checksum (8 bytes, least significant first) are in LEB128.
extension WindowCounts {
    private static let formatVersion: UInt8 = 1
    private static let (headerLength, checksumLength) = (9, 8)
    /// No number is larger: sums of a thousand still fit, and a Double holds each.
    private static let limit = 1 << 53

    /// The counts as bytes; equal counts give equal bytes.
    ///
    /// - Complexity: O(cells); the bytes grow with the cells that are not 0.
    package func encoded() -> [UInt8] {
        var bytes = [Self.formatVersion]
        bytes.append(word: bins.fingerprint)
        bytes.append(varint: rows)
        for layout in bins.layouts {
            for cell in layout.cells.prefix(ColumnLayout.special) { bytes.append(varint: cells[cell]) }
            let kept = layout.valueCells.filter { cells[$0] != 0 }
            bytes.append(varint: kept.count)
            var next = layout.valueCells.lowerBound
            for cell in kept {
                bytes.append(varint: cell - next)
                bytes.append(varint: cells[cell])
                next = cell + 1
            }
        }
        bytes.append(word: Self.checksum(bytes))
        return bytes
    }

    /// Reads what `encoded` wrote for the same bins.
    ///
    /// - Throws: `damagedArtifact`, also where the counts are those of other bins.
    package init(decoding bytes: some Sequence<UInt8>, _ bins: WindowBins) throws(LeewayError) {
        self.init(bins)
        try merge(decoding: bytes)
    }

    /// Adds what `encoded` wrote for the same bins; where it can't be read, nothing is added.
    ///
    /// - Throws: `damagedArtifact`, also where the counts are those of other bins.
    /// - Complexity: O(bytes), while `merge` takes all cells.
    package mutating func merge(decoding bytes: some Sequence<UInt8>) throws(LeewayError) {
        let bytes = Array(bytes)
        let end = bytes.count - Self.checksumLength
        guard end > Self.headerLength, bytes.word(at: end) == Self.checksum(bytes[..<end]) else {
            throw Self.damaged("they are not whole")
        }
        guard bytes[0] == Self.formatVersion else { throw Self.damaged("they are of another version") }
        guard bytes.word(at: 1) == bins.fingerprint else { throw Self.damaged("they were counted in other bins") }
        var (added, addedRows) = ([(cell: Int, count: Int)](), 0)
        var place = Self.headerLength
        guard Self.read(bytes[..<end], &place, bins, &added, rows: &addedRows), place == end else {
            throw Self.damaged("they are not well formed")
        }
        rows += addedRows
        for (cell, count) in added { cells[cell] += count }
    }

    /// False where the bytes end too early, or tell of a cell that is not there or of a count that can't be.
    private static func read(
        _ bytes: ArraySlice<UInt8>, _ place: inout Int, _ bins: WindowBins, _ added: inout [(cell: Int, count: Int)],
        rows: inout Int
    ) -> Bool {
        func next() -> Int? { bytes.varint(at: &place).flatMap { $0 <= limit ? Int($0) : nil } }
        guard let rowCount = next() else { return false }
        rows = rowCount
        for layout in bins.layouts {
            for cell in layout.cells.prefix(ColumnLayout.special) {
                guard let count = next() else { return false }
                added.append((cell, count))
            }
            guard let pairs = next(), pairs <= layout.valueCells.count else { return false }
            var cell = layout.valueCells.lowerBound
            for _ in 0..<pairs {
                guard let skipped = next(), let count = next(), skipped < layout.valueCells.upperBound - cell, count > 0
                else { return false }
                added.append((cell + skipped, count))
                cell += skipped + 1
            }
        }
        return true
    }

    private static func checksum(_ bytes: some Collection<UInt8>) -> UInt64 {
        bytes.withContiguousStorageIfAvailable { RowHash.hash($0) } ?? 0
    }

    private static func damaged(_ reason: String) -> LeewayError {
        LeewayError(.damagedArtifact, "Stored window counts can't be read: \(reason).")
    }
}

extension [UInt8] {
    fileprivate mutating func append(word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }

    fileprivate mutating func append(varint number: Int) {
        var rest = UInt64(number)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    fileprivate func word(at place: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(self[place + $1]) << UInt64(8 * $1) }
    }
}

extension ArraySlice<UInt8> {
    /// A number in LEB128, nil where the bytes end within it or it has more than 63 bits.
    fileprivate func varint(at place: inout Int) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard place < endIndex else { return nil }
            let byte = self[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }
}
