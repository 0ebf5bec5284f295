package import LeewayCore
package import LeewayValidate

/// Reads rows from JSON Lines as their bytes come, and holds them to a contract: each line is a row as an object.
///
/// Empty lines are skipped.
///
/// - Use: after a failure, and after `finish`, only `take` may follow.
package struct NDJSONRowReader: Sendable {
    /// The most bytes of a line, without the LF.
    package static let lineLimit = 1 << 20

    private var reader: ContractReader
    /// The beginning of a line that did not end yet.
    private var carried: [UInt8] = []
    /// How many lines have ended.
    private var lineCount = 0

    package init(_ contract: Contract) { reader = ContractReader(contract) }

    /// How many rows have been read in all.
    package var rowCount: Int { reader.firstRow + reader.rows.count }

    /// Takes the next bytes.
    ///
    /// - Throws: `malformedRequest` with the line; the rows before it can still be taken.
    package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
            if carried.isEmpty {
                try takeLine(line)
            } else {
                try carry(line)
                try takeCarried()
            }
            start = end + 1
        }
        try carry(UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    /// Takes note that no more bytes come.
    ///
    /// - Throws: `malformedRequest` with the line.
    package mutating func finish() throws(LeewayError) {
        if !carried.isEmpty { try takeCarried() }
    }

    /// The rows since the last call.
    package mutating func take() -> ContractRows { reader.take() }

    private mutating func carry(_ bytes: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        try checkLimit(carried.count + bytes.count)
        carried += bytes
    }

    private mutating func takeCarried() throws(LeewayError) {
        var line: [UInt8] = []
        swap(&line, &carried)
        let result = line.withUnsafeBufferPointer { line in
            Result { () throws(LeewayError) in try takeLine(line) }
        }
        try result.get()
        line.removeAll(keepingCapacity: true)
        swap(&line, &carried)
    }

    private mutating func takeLine(_ line: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        try checkLimit(line.count)
        lineCount += 1
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        let mark = reader.mark()
        do {
            try JSONRows.readLine(line, number: lineCount, into: &reader)
        } catch {
            // Half a row is none.
            reader.goBack(to: mark)
            throw error
        }
    }

    private func checkLimit(_ length: Int) throws(LeewayError) {
        guard length > Self.lineLimit else { return }
        throw LeewayError(
            .malformedRequest, "Line \(lineCount + 1) of the body has more than \(Self.lineLimit) bytes.")
    }
}
