import LeewayCore
import LeewayValidate

/// Contracts of one field or of several, values of every kind, and what a reader makes of them.
enum ContractSample {
    /// What a client may send for a field.
    enum Value: Sendable {
        case number(Double)
        case text(String)
        /// A text of a format that knows texts alone, such as CSV.
        case untyped(String)
        case boolean(Bool)
        case null
        /// An object or an array.
        case nested
        /// The field is not there.
        case nothing
    }

    static let age = Contract.Field(name: "age", type: .integer, storage: .number(0), minimum: 17, maximum: 90)
    static let rate = Contract.Field(name: "rate", type: .number, storage: .number(0), minimum: 0, isNullable: true)
    static let job = Contract.Field(
        name: "job", type: .text, storage: .category(0), categories: ["clerk", "é", " 7", "smith"], isClosed: true)
    static let city = Contract.Field(
        name: "city", type: .text, storage: .category(0), categories: ["Rome"], isNullable: true)
    static let member = Contract.Field(
        name: "member", type: .boolean, storage: .category(0), categories: ["false", "true"], isClosed: true)
    static let grade = Contract.Field(
        name: "grade", type: .integer, storage: .category(0), categories: ["1", "2", "10"], isClosed: true)
    static let share = Contract.Field(
        name: "share", type: .number, storage: .category(0), categories: ["0", "0.5", "1e+300"])
    static let born = Contract.Field(
        name: "born", type: .date, storage: .category(0), isNullable: true, isRequired: false, isFeature: false)

    static func contract(_ fields: [Contract.Field], _ mode: Contract.Mode, trims: Bool = true) -> Contract {
        Contract(fields: fields, target: "income", mode: mode, cleaning: .init(trims: trims, missing: ["?", "NA"]))
    }

    /// Gives a value to a field of the row that was begun.
    static func give(_ value: Value, _ place: Int, to reader: inout ContractReader) {
        if case .nothing = value { return }
        guard reader.begin(place) else { return }
        switch value {
        case .number(let number): reader.number(number, place)
        case .text(var text): text.withUTF8 { reader.text($0, place) }
        case .untyped(var text): text.withUTF8 { reader.text($0, place, isUntyped: true) }
        case .boolean(let boolean): reader.boolean(boolean, place)
        case .null: reader.null(place)
        case .nested: reader.mismatch(place)
        case .nothing: break
        }
    }

    /// A row of one field: what is kept, then the rules that it breaks, with `!` where it is refused and `~` where not.
    ///
    /// `-` is a missing value, `?x` an unknown text; `39.0 range!`.
    static func outcome(
        _ value: Value, _ field: Contract.Field, _ mode: Contract.Mode, trims: Bool = true
    ) -> String {
        let contract = contract([field], mode, trims: trims)
        var reader = ContractReader(contract)
        reader.beginRow()
        give(value, 0, to: &reader)
        reader.endRow()
        return kept(reader.rows, contract)[0] + broken(reader.rows)
    }

    /// The values of all rows, field by field.
    static func kept(_ rows: ContractRows, _ contract: Contract) -> [String] {
        (0..<rows.count).flatMap { row in
            contract.fields.map { field in
                switch field.storage {
                case .number(let slot):
                    let number = rows.numbers[row * contract.numberCount + slot]
                    return number.isNaN ? "-" : "\(number)"
                case .category(let slot):
                    let code = rows.codes[row * contract.categoryCount + slot]
                    if code == ContractRows.missing { return "-" }
                    if code != ContractRows.unknown { return field.categories[Int(code)] }
                    let text = rows.unknownTexts.first { $0.row == row && $0.place == slot }?.text
                    return "?" + (text ?? "nothing")
                }
            }
        }
    }

    private static func broken(_ rows: ContractRows) -> String {
        rows.violations.map { " \($0.rule.rawValue)!" }.joined() + rows.notes.map { " \($0.rule.rawValue)~" }.joined()
    }
}
