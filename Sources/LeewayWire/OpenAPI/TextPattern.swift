import LeewayCore
import LeewayValidate

/// The texts that a field takes where texts are converted, as regular expressions (ECMA-262).
struct TextPattern {
    private let field: FieldSchema
    /// Whether blanks around a text are ignored.
    private let trims: Bool
    /// Texts that stand for no value.
    let missing: [String]
    /// The categories that a text can name: not those that mean no value, nor those that trimming changes.
    let categories: [String]

    init(_ field: FieldSchema) {
        self.field = field
        trims = field.contract.cleaning.trims || field.field.type != .text
        let missing = [""] + field.contract.cleaning.missing.filter { !$0.isEmpty }
        self.missing = missing
        let edges: [UInt8?] = trims ? [0x20, 0x09] : []
        categories = field.categories.filter { text in
            !missing.contains { $0.utf8.elementsEqual(text.utf8) }
                && !edges.contains(text.utf8.first) && !edges.contains(text.utf8.last)
        }
    }

    /// The texts of a field whose values are numbers.
    var numbers: String { whole([field.field.type == .integer ? Self.integer : Self.number] + missingAlternatives) }

    /// The texts of an open field.
    var openTexts: JSONValue {
        switch field.field.type {
        case .text, .date, .time, .timestamp:
            // All but those that mean a null that is not allowed.
            let all: JSONValue = ["type": "string"]
            if field.field.isNullable { return all }
            return all.adding(["not": ["pattern": .text(whole(missing.map(Self.escaped)))]])
        case .boolean, .integer, .number: return ["type": "string", "pattern": .text(whole(alternatives))]
        }
    }

    /// The texts of a closed field, where they are more than its categories.
    var closedTexts: JSONValue? {
        guard trims, !alternatives.isEmpty else { return nil }
        return ["type": "string", "pattern": .text(whole(alternatives))]
    }

    private var alternatives: [String] {
        let own = categories.map(Self.escaped) + missingAlternatives
        switch field.field.type {
        case .integer, .number: return own + [Self.number]
        case .boolean:
            let truths = field.field.isClosed ? field.truths : [true, false]
            return own + (truths.contains(true) ? [Self.yes] : []) + (truths.contains(false) ? [Self.no] : [])
        case .text, .date, .time, .timestamp: return own
        }
    }

    private var missingAlternatives: [String] { field.field.isNullable ? missing.map(Self.escaped) : [] }

    private func whole(_ alternatives: [String]) -> String {
        let choice = "(?:" + alternatives.joined(separator: "|") + ")"
        return trims ? "^[ \\t]*\(choice)[ \\t]*$" : "^\(choice)$"
    }

    private static let number = #"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"#
    /// A number that is whole, or has an exponent and then may be.
    private static let integer = #"[+-]?(?:[0-9]+\.?0*|\.0+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+)"#
    private static let yes = "[Tt][Rr][Uu][Ee]|[Tt]|1|[Yy][Ee][Ss]"
    private static let no = "[Ff][Aa][Ll][Ss][Ee]|[Ff]|0|[Nn][Oo]"

    private static func escaped(_ text: String) -> String {
        String(
            text.unicodeScalars.flatMap { scalar -> [Character] in
                #"^$\.*+?()[]{}|/"#.unicodeScalars.contains(scalar) ? ["\\", Character(scalar)] : [Character(scalar)]
            })
    }
}
