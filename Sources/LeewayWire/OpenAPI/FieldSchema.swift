import LeewayCore
import LeewayValidate

/// What one field of a contract accepts, as JSON Schema: `ContractReader` decides, and this says the same.
struct FieldSchema {
    let field: Contract.Field
    let contract: Contract

    init(_ field: Contract.Field, _ contract: Contract) { (self.field, self.contract) = (field, contract) }

    var value: JSONValue {
        let head: JSONValue = ["description": .text(description)]
        switch contract.mode {
        case .lenient: return head.adding(["examples": [example]])
        case .strict: return head.adding(isNumber ? numbers(and: []) : strictCategories)
        case .coerce:
            guard isNumber else { return head.adding(convertedCategories) }
            return head.adding(numbers(and: ["string"])).adding(["pattern": .text(TextPattern(self).numbers)])
        }
    }

    var isNumber: Bool {
        if case .number = field.storage { return true }
        return false
    }

    private func types(_ names: [String]) -> JSONValue {
        let all = names + (field.isNullable ? ["null"] : [])
        return all.count == 1 ? .text(all[0]) : .texts(all)
    }

    /// A number in its range, and other types.
    private func numbers(and types: [String]) -> JSONValue {
        var members = [("type", self.types([field.type == .integer ? "integer" : "number"] + types))]
        if let minimum = field.minimum, minimum.isFinite { members.append(("minimum", .number(minimum))) }
        if let maximum = field.maximum, maximum.isFinite { members.append(("maximum", .number(maximum))) }
        return .object(members)
    }

    private var strictCategories: JSONValue {
        let type = field.type == .boolean ? "boolean" : field.type.isNumeric ? "number" : "string"
        let typed: JSONValue = ["type": types([type])]
        guard field.isClosed else { return typed }
        let values: [JSONValue] =
            switch type {
            case "boolean": truths
            case "number": categoryNumbers
            default: categories.map { .text($0) }
            }
        return typed.adding(Self.any(of: values + nulls))
    }

    private var convertedCategories: JSONValue {
        let pattern = TextPattern(self)
        guard field.isClosed else {
            let others = types(field.type == .boolean ? ["boolean"] : ["number", "boolean"])
            let zeroOrOne: [JSONValue] = field.type == .boolean ? [["enum": [0, 1]]] : []
            return ["anyOf": .array([["type": others]] + zeroOrOne + [pattern.openTexts])]
        }
        let numbers: [JSONValue] = field.type == .boolean ? truths.map { $0 == true ? 1 : 0 } : categoryNumbers
        let missing = field.isNullable ? pattern.missing.map { JSONValue.text($0) } : []
        let listed = Self.any(of: pattern.categories.map { .text($0) } + numbers + truths + missing + nulls)
        guard let texts = pattern.closedTexts else { return listed }
        return ["anyOf": [listed, texts]]
    }

    private static func any(of values: [JSONValue]) -> JSONValue {
        values.isEmpty ? ["not": [:]] : ["enum": .array(values)]
    }

    private var nulls: [JSONValue] { field.isNullable ? [.null] : [] }

    /// The categories, each once: as bytes they are told apart, not as Swift compares them.
    var categories: [String] {
        var seen: Set<[UInt8]> = []
        return field.categories.filter { seen.insert(Array($0.utf8)).inserted }
    }

    /// The truth values among the categories.
    var truths: [JSONValue] {
        [("false", false), ("true", true)].filter { categories.contains($0.0) }.map { .boolean($0.1) }
    }

    /// The categories that a number stands for: those that are written as a number is.
    private var categoryNumbers: [JSONValue] {
        categories.compactMap { text in
            guard let value = Double(text), value.isFinite else { return nil }
            return (Int64(exactly: value).map(String.init) ?? "\(value)") == text ? .number(value) : nil
        }
    }

    private var description: String {
        let expected = field.isClosed ? field.categoryExpectation : field.expectation
        var text = expected.prefix(1).uppercased() + expected.dropFirst() + "."
        if !isNumber, !field.isClosed, !field.categories.isEmpty {
            let more = field.categories.count - 20
            text += " Training saw \(field.categories.prefix(20).joined(separator: ", "))"
            text += (more > 0 ? " and \(more) more" : "") + "; others are answered too."
        }
        return text + (field.isFeature ? "" : " The model does not use it.")
    }

    /// A value of the field.
    var example: JSONValue {
        guard isNumber else { return categoryExample }
        let (low, high) = (field.minimum ?? field.maximum ?? 0, field.maximum ?? field.minimum ?? 0)
        let middle = low / 2 + high / 2
        let whole = middle.rounded()
        if field.type == .integer { return .number(whole < low ? whole + 1 : whole > high ? whole - 1 : whole) }
        let step = high - low >= 10 ? 1.0 : 100
        let round = (middle * step).rounded() / step
        return .number(round >= low && round <= high ? round : middle)
    }

    private var categoryExample: JSONValue {
        let isStrict = contract.mode == .strict
        switch field.type {
        case .boolean: return truths.last ?? (field.isClosed ? .null : true)
        case .integer, .number:
            if let number = categoryNumbers.first { return number }
            return field.isClosed ? isStrict ? .null : categories.first.map { .text($0) } ?? .null : 1
        case .text, .date, .time, .timestamp:
            if let first = (isStrict ? categories : TextPattern(self).categories).first { return .text(first) }
            return field.isClosed ? .null : .text(Self.texts[field.type] ?? "text")
        }
    }

    private static let texts: [ColumnType: String] = [
        .date: "2026-01-31", .time: "12:30:00", .timestamp: "2026-01-31T12:30:00",
    ]
}
