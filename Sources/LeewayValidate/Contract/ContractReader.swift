import LeewayCore

/// Takes the values of rows one by one, whatever the protocol, and holds them to a contract.
///
/// Every problem of every row is found, not the first alone; the first 10,000 are listed.
package struct ContractReader: Sendable {
    /// The most violations that are listed.
    package static let listLimit = 10_000

    package let contract: Contract
    package internal(set) var rows = ContractRows()
    /// The number of the first of `rows`, where others were taken away before.
    package internal(set) var firstRow = 0
    /// How many violations were listed in rows that were taken away.
    var earlierViolationCount = 0
    /// Which row each field was last given in, plus one.
    var lastRow: [Int]
    private var row: Int { rows.count - 1 }
    private var rowIsBad = false

    package init(_ contract: Contract) {
        self.contract = contract
        lastRow = [Int](repeating: 0, count: contract.fields.count)
    }

    /// Makes room for as many rows.
    package mutating func reserve(_ rowCount: Int) {
        rows.numbers.reserveCapacity(rowCount * contract.numberCount)
        rows.codes.reserveCapacity(rowCount * contract.categoryCount)
    }

    /// Begins a row, all of whose fields are missing.
    package mutating func beginRow() {
        rows.count += 1
        rowIsBad = false
        for _ in 0..<contract.numberCount { rows.numbers.append(.nan) }
        for _ in 0..<contract.categoryCount { rows.codes.append(ContractRows.missing) }
    }

    /// Ends a row: fields that were not given are noticed here.
    package mutating func endRow() {
        let stamp = rows.count
        for place in lastRow.indices where lastRow[place] != stamp && contract.fields[place].isRequired {
            let field = contract.fields[place]
            add(.required, field.name, field.expectation, isTolerable: true)
        }
        if rowIsBad { rows.badRows.append(row) }
    }

    /// Notes that a field is given now; false where it was given before in this row.
    package mutating func begin(_ place: Int) -> Bool {
        guard lastRow[place] != rows.count else {
            add(.duplicate, contract.fields[place].name, "the field once")
            return false
        }
        lastRow[place] = rows.count
        return true
    }

    /// Takes a field that the contract has not.
    package mutating func extra(_ name: String) {
        guard contract.mode == .strict else {
            if contract.mode == .lenient { add(.extra, String(name.prefix(100)), "no such field", isTolerable: true) }
            return
        }
        if name == contract.target {
            add(.extra, name, "no such field: it is what the model predicts")
        } else {
            // Looking for what was meant takes time: a body of ten thousand slips gets no more than a few answers.
            let isEarly = earlierViolationCount + rows.violations.count < 100
            let near = isEarly ? NearestName.of(name, among: contract.fields.map(\.name)) : nil
            add(.extra, String(name.prefix(100)), "no such field" + (near.map { ": did you mean '\($0)'?" } ?? ""))
        }
    }

    /// Takes a row that is no row at all.
    package mutating func malformedRow(_ expected: String) {
        rows.count += 1
        rowIsBad = false
        for _ in 0..<contract.numberCount { rows.numbers.append(.nan) }
        for _ in 0..<contract.categoryCount { rows.codes.append(ContractRows.missing) }
        add(.shape, "", expected)
        rows.badRows.append(row)
    }

    /// Notes that the row that was begun has not as many values as it should.
    package mutating func wrongLength(_ expected: String) { add(.shape, "", expected) }

    /// Takes a null.
    package mutating func null(_ place: Int) {
        let field = contract.fields[place]
        if !field.isNullable { add(.null, field.name, field.expectation, isTolerable: true) }
    }

    /// Takes a number; `isWhole` where it has no fraction.
    package mutating func number(_ value: Double, _ place: Int) {
        let field = contract.fields[place]
        guard value.isFinite else { return mismatch(place) }
        switch field.storage {
        case .number(let slot):
            guard field.type != .integer || value == value.rounded(.towardZero) else {
                if contract.mode == .lenient { rows.numbers[row * contract.numberCount + slot] = value }
                return mismatch(place)
            }
            keep(value, field, slot)
        case .category(let slot):
            // A column of numbers that the model takes for categories, or a text that a client sent as a number.
            guard field.type.isNumeric || contract.mode != .strict, field.type != .boolean else {
                guard field.type == .boolean, contract.mode != .strict, value == 0 || value == 1 else {
                    return mismatch(place)
                }
                return keep(value == 1 ? "true" : "false", place, slot)
            }
            keep(Int64(exactly: value).map(String.init) ?? "\(value)", place, slot)
        }
    }

    /// Takes true or false.
    package mutating func boolean(_ value: Bool, _ place: Int) {
        let field = contract.fields[place]
        switch field.storage {
        case .category(let slot) where field.type == .boolean || contract.mode != .strict:
            keep(value ? "true" : "false", place, slot)
        default: mismatch(place)
        }
    }

    /// Takes a text; `isUntyped` where the format has no other type, so that it may stand for a number.
    package mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, isUntyped: Bool = false) {
        let field = contract.fields[place]
        let converts = isUntyped || contract.mode != .strict
        var bytes = bytes
        if converts {
            if contract.cleaning.trims || field.type != .text { bytes = Self.trimmed(bytes) }
            if contract.missingTexts.find(bytes) != nil { return null(place) }
        }
        switch field.storage {
        case .number:
            guard converts, let value = Self.parse(bytes) else { return mismatch(place) }
            number(value, place)
        case .category(let slot):
            if let code = contract.codes[place].find(bytes) {
                guard converts || !(field.type.isNumeric || field.type == .boolean) else { return mismatch(place) }
                rows.codes[row * contract.categoryCount + slot] = Int32(code)
                return
            }
            if field.type == .boolean {
                guard converts, let value = Self.boolean(bytes) else { return mismatch(place) }
                return keep(value ? "true" : "false", place, slot)
            }
            if field.type.isNumeric {
                guard converts, let value = Self.parse(bytes), value.isFinite else { return mismatch(place) }
                return keep(Int64(exactly: value).map(String.init) ?? "\(value)", place, slot)
            }
            unknown(String(decoding: bytes, as: UTF8.self), place, slot)
        }
    }

    /// Takes a number of the log, which was held to the contract when it was answered.
    package mutating func keepLogged(_ value: Double, _ place: Int) {
        guard case .number(let slot) = contract.fields[place].storage else { return }
        rows.numbers[row * contract.numberCount + slot] = value
    }

    /// Takes a text of the log, which was held to the contract when it was answered.
    package mutating func keepLogged(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) {
        guard case .category(let slot) = contract.fields[place].storage else { return }
        let code = contract.codes[place].find(text).map { Int32($0) } ?? ContractRows.unknown
        rows.codes[row * contract.categoryCount + slot] = code
    }

    /// Takes a value of a kind that no field has.
    package mutating func mismatch(_ place: Int) {
        let field = contract.fields[place]
        add(.type, field.name, field.expectation, isTolerable: true)
    }

    private mutating func keep(_ value: Double, _ field: Contract.Field, _ slot: Int) {
        if value < field.minimum ?? -.infinity || value > field.maximum ?? .infinity {
            add(.range, field.name, field.expectation, isTolerable: true)
        }
        rows.numbers[row * contract.numberCount + slot] = value
    }

    private mutating func keep(_ text: String, _ place: Int, _ slot: Int) {
        var text = text
        guard let code = text.withUTF8({ contract.codes[place].find($0) }) else { return unknown(text, place, slot) }
        rows.codes[row * contract.categoryCount + slot] = Int32(code)
    }

    private mutating func unknown(_ text: String, _ place: Int, _ slot: Int) {
        let field = contract.fields[place]
        if field.isClosed { add(.category, field.name, field.categoryExpectation, isTolerable: true) }
        rows.codes[row * contract.categoryCount + slot] = ContractRows.unknown
        rows.unknownTexts.append(.init(row: row, place: slot, text: text))
    }

    private mutating func add(
        _ rule: Violation.Rule, _ field: String, _ expected: String, isTolerable: Bool = false
    ) {
        rows.ruleCounts[rule, default: 0] += 1
        let violation = Violation(row: firstRow + row, field: field, rule: rule, expected: expected)
        if isTolerable, contract.mode == .lenient {
            if rows.notes.count < Self.listLimit { rows.notes.append(violation) }
            return
        }
        rowIsBad = true
        rows.violationCount += 1
        if rows.violations.count < Self.listLimit { rows.violations.append(violation) }
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// A decimal number; no hexadecimal digits, no `nan`, no `inf`.
    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count <= 400, !bytes.isEmpty else { return nil }
        var isSmall = bytes.count <= 15
        for byte in bytes {
            switch byte {
            case 0x30...0x39: break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                isSmall = false
            default: return nil
            }
        }
        if isSmall { return Double(bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }) }
        return Double(String(decoding: bytes, as: UTF8.self))
    }

    private static func boolean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        switch String(decoding: bytes.prefix(6), as: UTF8.self).lowercased() {
        case "true", "t", "1", "yes": true
        case "false", "f", "0", "no": false
        default: nil
        }
    }
}
