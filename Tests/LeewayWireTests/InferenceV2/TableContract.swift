import LeewayCore
import LeewayValidate

/// The contracts and ways of reading that the tests of the foreign protocols share.
enum TableContract {
    /// age, score, job, member, note: whole number, number, text, truth, text; score and note may be left out.
    static func mixed(_ mode: Contract.Mode = .strict) -> Contract {
        Contract(
            fields: [
                .init(name: "age", type: .integer, storage: .number(0), minimum: 17, maximum: 90),
                .init(name: "score", type: .number, storage: .number(1), isNullable: true, isRequired: false),
                .init(
                    name: "job", type: .text, storage: .category(0), categories: ["clerk", "clérk", "smith"],
                    isClosed: true),
                .init(
                    name: "member", type: .boolean, storage: .category(1), categories: ["false", "true"],
                    isClosed: true),
                .init(
                    name: "note", type: .text, storage: .category(2), isNullable: true, isRequired: false,
                    isFeature: false),
            ], target: "income", mode: mode, cleaning: .init(trims: true, missing: ["?"]))
    }

    /// Numbers only, of which the last may be left out.
    static func numbers(_ names: String..., mode: Contract.Mode = .strict) -> Contract {
        Contract(
            fields: names.enumerated().map { place, name in
                .init(
                    name: name, type: .number, storage: .number(place), isNullable: true,
                    isRequired: place < names.count - 1)
            }, target: "income", mode: mode, cleaning: .init(trims: true, missing: ["?"]))
    }

    /// Rows in a line: numbers, then codes, then what is wrong.
    static func text(_ rows: ContractRows) -> String {
        var text = "\(rows.numbers) \(rows.codes)"
        if rows.violationCount > 0 { text += " " + ViolationTextTests.list(rows.violations) }
        if !rows.notes.isEmpty { text += " notes " + ViolationTextTests.list(rows.notes) }
        return text
    }

    /// Calls `body` with bytes in an allocation of just their size, so that a sanitizer sees a read past it.
    static func with<R>(
        _ bytes: some Collection<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws(LeewayError) -> R
    ) throws(LeewayError) -> R {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { copy.deallocate() }
        _ = copy.initialize(fromContentsOf: bytes)
        return try body(UnsafeBufferPointer(copy))
    }
}
