package import LeewayCore
package import LeewayValidate

/// Reads rows from CSV as its bytes come, and holds them to a contract.
///
/// The first line names the columns, in any order. A byte order mark before it is skipped, as are empty lines where
/// there are several columns.
///
/// - Missing: an empty cell.
/// - Use: after a failure, and after `finish`, only `take` may follow.
package struct CSVRowReader: Sendable {
    private var reader: ContractReader
    private var scanner = CSVScanner()
    /// The bytes of a record that began in an earlier piece.
    private var carried: [UInt8] = []
    /// The first bytes, until there are enough of them to tell a byte order mark; nil from then on.
    private var beginning: [UInt8]? = []
    /// The place of each column in the contract, or -1; nil before the header.
    private var places: [Int]?
    /// The names that the contract has not, until they were noted.
    private var unknownNames: [String] = []
    /// A cell whose doubled quotes were halved.
    private var unescaped: [UInt8] = []

    /// How many columns of the header the contract has not; they are noted at the first row alone.
    package private(set) var unknownColumnCount = 0

    package init(_ contract: Contract) { reader = ContractReader(contract) }

    /// How many rows have been read in all.
    package var rowCount: Int { reader.firstRow + reader.rows.count }

    /// Takes the next bytes.
    ///
    /// - Throws: `malformedRequest` with the line; the rows before it can still be taken.
    package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        guard var first = beginning else { return try read(bytes) }
        let taken = min(bytes.count, 3 - first.count)
        first += bytes[..<taken]
        guard first.count == 3 else {
            beginning = first
            return
        }
        beginning = nil
        if first != [0xEF, 0xBB, 0xBF] { try read(first) }
        try read(UnsafeBufferPointer(rebasing: bytes[taken...]))
    }

    /// Takes note that no more bytes come.
    ///
    /// - Throws: `malformedRequest` with the line.
    package mutating func finish() throws(LeewayError) {
        if let first = beginning {
            beginning = nil
            try read(first)
        }
        if try scanner.finish() { try takeCarried() }
        if places == nil { throw Self.noHeader(reader.contract, "The body has no header.") }
    }

    /// The rows since the last call.
    package mutating func take() -> ContractRows { reader.take() }

    private mutating func read(_ bytes: [UInt8]) throws(LeewayError) {
        let result = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(LeewayError) in try read(bytes) }
        }
        try result.get()
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        var (start, place) = (0, 0)
        while try scanner.scan(bytes, &place) {
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<place])
            if carried.isEmpty {
                try takeRecord(piece)
                scanner.beginRecord()
            } else {
                carried += piece
                try takeCarried()
            }
            start = place
        }
        carried += bytes[start...]
    }

    private mutating func takeCarried() throws(LeewayError) {
        var record: [UInt8] = []
        swap(&record, &carried)
        let result = record.withUnsafeBufferPointer { record in
            Result { () throws(LeewayError) in try takeRecord(record) }
        }
        try result.get()
        record.removeAll(keepingCapacity: true)
        swap(&record, &carried)
        scanner.beginRecord()
    }

    private mutating func takeRecord(_ record: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        if scanner.combined >= 0x80, let offset = record.firstNonUTF8 {
            throw LeewayError(
                .malformedRequest,
                "Line \(scanner.line(of: offset, in: record)) of the body has bytes that are not UTF-8.")
        }
        guard let places else { return try takeHeader(record) }
        guard scanner.cellCount == places.count else {
            // An empty line; an empty cell in quotes is none.
            if scanner.cellCount == 1, scanner.cells[0].end == 0 { return }
            reader.malformedRow("\(places.count) cells, as many as the header has")
            return noteUnknownNames()
        }
        reader.beginRow()
        noteUnknownNames()
        for (column, cell) in scanner.cells.enumerated() where places[column] >= 0 {
            let place = places[column]
            _ = reader.begin(place)
            let bytes = UnsafeBufferPointer(rebasing: record[Int(cell.start)..<Int(cell.end)])
            if bytes.isEmpty {
                reader.null(place)
            } else if cell.isEscaped {
                unescape(bytes)
                unescaped.withUnsafeBufferPointer { reader.text($0, place, isUntyped: true) }
            } else {
                reader.text(bytes, place, isUntyped: true)
            }
        }
        reader.endRow()
    }

    private mutating func noteUnknownNames() {
        guard !unknownNames.isEmpty else { return }
        for name in unknownNames { reader.extra(name) }
        unknownNames = []
    }

    private mutating func takeHeader(_ record: UnsafeBufferPointer<UInt8>) throws(LeewayError) {
        let contract = reader.contract
        guard scanner.cellCount <= scanner.cellCountLimit else {
            throw LeewayError(
                .malformedRequest, "The header of the body has more than \(scanner.cellCountLimit) columns.")
        }
        guard scanner.cells.contains(where: { $0.start < $0.end }) else {
            throw Self.noHeader(contract, "The body has no header.")
        }
        // Names are told apart by their bytes, as everywhere in a contract.
        var columns: [[UInt8]: Int] = [:]
        var found: [Int] = []
        for (column, cell) in scanner.cells.enumerated() {
            unescape(UnsafeBufferPointer(rebasing: record[Int(cell.start)..<Int(cell.end)]), if: cell.isEscaped)
            if contract.cleaning.trims { unescaped = Self.trimmed(unescaped) }
            let place = unescaped.withUnsafeBufferPointer { contract.names.find($0) }
            if let first = columns.updateValue(column, forKey: unescaped) {
                throw LeewayError(
                    .malformedRequest,
                    "The header of the body has \(place.map { "'\(contract.fields[$0].name)'" } ?? "a name") twice: in columns \(first + 1) and \(column + 1)."
                )
            }
            found.append(place ?? -1)
            if place == nil { unknownNames.append(String(decoding: unescaped, as: UTF8.self)) }
        }
        // Were this let through, the first row of a body without a header would be taken for names.
        guard found.contains(where: { $0 >= 0 }) || contract.fields.isEmpty else {
            throw Self.noHeader(contract, "The first line of the body names no column of the model.")
        }
        unknownColumnCount = unknownNames.count
        places = found
        scanner.cellCountLimit = found.count
    }

    private static func noHeader(_ contract: Contract, _ message: String) -> LeewayError {
        let names = contract.fields.prefix(20).map(\.name).joined(separator: ",")
        return LeewayError(
            .malformedRequest, message,
            hint: "It begins with a line of names: \(names)\(contract.fields.count > 20 ? ",…" : "").")
    }

    /// Copies a cell to `unescaped`, halving its doubled quotes.
    private mutating func unescape(_ bytes: UnsafeBufferPointer<UInt8>, if isEscaped: Bool = true) {
        unescaped.removeAll(keepingCapacity: true)
        guard isEscaped else { return unescaped.append(contentsOf: bytes) }
        var isSecond = false
        for byte in bytes {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            if !isSecond { unescaped.append(byte) }
        }
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
