package import LeewayCore

/// A change as the user wrote it, such as `age:+5` for a shift: its grammar is checked, its column not yet.
package struct ChangeRequest: Sendable, Equatable {
    package let kind: SimulatedChange.Kind
    /// What the user wrote.
    package let text: String

    private let subject: String
    private let amount: Amount

    private enum Amount: Equatable {
        case shift(ShiftAmount)
        case number(Double)
        case none
    }

    /// Reads `column:amount`, `column=value:number` or `column=value`, whichever the kind wants.
    ///
    /// The amount stands behind the last colon, so that a column's name or a value may hold others.
    /// - Throws: `invalidUsage`.
    package init(_ kind: SimulatedChange.Kind, _ text: String) throws(LeewayError) {
        (self.kind, self.text) = (kind, text)
        if kind == .dropCategory {
            (subject, amount) = (text, .none)
        } else {
            guard let colon = text.lastIndex(of: ":") else { throw Self.malformed(kind, text) }
            subject = String(text[..<colon])
            amount = try Self.amount(kind, String(text[text.index(after: colon)...]), in: text)
        }
        guard !subject.isEmpty, !kind.namesValue || subject.contains("=") else { throw Self.malformed(kind, text) }
    }

    /// The change, its column found among those that there are; a name that holds `=` is found by its length.
    ///
    /// - Throws: `missingColumn` with the nearest name.
    package func change(among columns: [String]) throws(LeewayError) -> SimulatedChange {
        switch (kind, amount) {
        case (.shift, .shift(let amount)): .shift(column: try column(columns), by: amount)
        case (.scale, .number(let factor)): .scale(column: try column(columns), factor: factor)
        case (.null, .number(let share)): .null(column: try column(columns), share: share)
        case (.flipLabels, .number(let share)): .flipLabels(column: try column(columns), share: share)
        case (.constant, .number(let share)): .constant(try value(columns), share: share)
        case (.newCategory, .number(let share)): .newCategory(try value(columns), share: share)
        case (.reweight, .number(let factor)): .reweight(try value(columns), factor: factor)
        case (.dropCategory, _): .dropCategory(try value(columns))
        default: preconditionFailure("A request has the amount of its kind.")
        }
    }

    private func column(_ columns: [String]) throws(LeewayError) -> String {
        guard columns.contains(subject) else { throw Self.missing(subject, columns) }
        return subject
    }

    private func value(_ columns: [String]) throws(LeewayError) -> CellValue {
        let cuts = subject.indices.filter { subject[$0] == "=" }
        guard let cut = cuts.last(where: { columns.contains(String(subject[..<$0])) }) else {
            throw Self.missing(String(subject[..<(cuts.first ?? subject.endIndex)]), columns)
        }
        return CellValue(column: String(subject[..<cut]), text: String(subject[subject.index(after: cut)...]))
    }

    private static func missing(_ name: String, _ columns: [String]) -> LeewayError {
        let nearest = NearestName.of(name, among: columns).map { "Did you mean '\($0)'?" }
        let rest = columns.count > 20 ? " and \(columns.count - 20) others" : ""
        return LeewayError(
            .missingColumn, "The input has no column '\(name)'.",
            hint: nearest ?? "Columns: \(columns.prefix(20).joined(separator: ", "))\(rest).")
    }

    private static func amount(
        _ kind: SimulatedChange.Kind, _ written: String, in text: String
    ) throws(LeewayError) -> Amount {
        switch kind {
        case .shift:
            guard let amount = ShiftAmount(written: written) else { throw malformed(kind, text) }
            return .shift(amount)
        case .scale, .reweight:
            guard let factor = Double(decimal: written), factor >= 0 else { throw malformed(kind, text) }
            return .number(factor)
        default:
            guard let share = Double(decimal: written), (0...1).contains(share) else {
                throw LeewayError(
                    .invalidUsage, "--\(kind.rawValue) \(text): the share must be a number from 0 to 1.",
                    hint: "Example: --\(kind.rawValue) \(kind.example)")
            }
            return .number(share)
        }
    }

    private static func malformed(_ kind: SimulatedChange.Kind, _ text: String) -> LeewayError {
        LeewayError(
            .invalidUsage, "--\(kind.rawValue) \(text): it must read \(kind.grammar).",
            hint: "Example: --\(kind.rawValue) \(kind.example)")
    }
}

extension SimulatedChange.Kind {
    /// Whether a request of the kind names a column's value.
    var namesValue: Bool {
        switch self {
        case .reweight, .dropCategory, .constant, .newCategory: true
        case .scale, .shift, .flipLabels, .null: false
        }
    }

    /// How a request of the kind is written.
    package var grammar: String {
        switch self {
        case .shift: "COLUMN:+NUMBER, COLUMN:+NUMBERsd or COLUMN:*NUMBER"
        case .scale: "COLUMN:FACTOR, the factor 0 or more"
        case .reweight: "COLUMN=CATEGORY:FACTOR, the factor 0 or more"
        case .dropCategory: "COLUMN=CATEGORY"
        case .constant: "COLUMN=VALUE:SHARE"
        case .newCategory: "COLUMN=CATEGORY:SHARE"
        case .flipLabels, .null: "COLUMN:SHARE"
        }
    }

    /// A request of the kind, for help and hints.
    package var example: String {
        switch self {
        case .shift: "age:+5"
        case .scale: "hours:1.5"
        case .reweight: "sex=Female:2"
        case .dropCategory: "job=Nurse"
        case .constant: "gain=0:0.5"
        case .newCategory: "job=Gig:0.1"
        case .flipLabels: "label:0.1"
        case .null: "job:0.2"
        }
    }
}

extension ShiftAmount {
    /// Reads `+5`, `-5`, `5`, `+0.5sd` or `*1.2`; nil for anything else.
    init?(written text: String) {
        if text.hasPrefix("*") {
            guard let factor = Double(decimal: String(text.dropFirst())) else { return nil }
            self = .times(factor)
        } else if text.hasSuffix("sd") {
            guard let count = Double(decimal: String(text.dropLast(2))) else { return nil }
            self = .deviations(count)
        } else {
            guard let units = Double(decimal: text) else { return nil }
            self = .units(units)
        }
    }
}

extension Double {
    /// Reads a finite number in decimal digits: no `nan`, no `0x10`.
    fileprivate init?(decimal text: String) {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text),
            number.isFinite
        else { return nil }
        self = number
    }
}
