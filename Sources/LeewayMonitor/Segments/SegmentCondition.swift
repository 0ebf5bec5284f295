/// What a row's value in one column has to be, to be in a segment.
package struct SegmentCondition: Sendable, Equatable {
    /// The values that are meant.
    package enum Values: Sendable, Equatable {
        /// Numbers above `above` and up to `upTo`; nil where there is no such end.
        case numbers(above: Double?, upTo: Double?)
        /// One of these categories, the most frequent first.
        case among([String])
        /// None of these categories, the most frequent first.
        case except([String])
        /// No value; always with `orMissing`.
        case none
        /// Any value.
        case any
    }

    /// The column's name.
    package let column: String
    /// The values that are meant.
    package let values: Values
    /// Whether rows without a value are meant too.
    package let orMissing: Bool

    package init(column: String, values: Values, orMissing: Bool) {
        (self.column, self.values, self.orMissing) = (column, values, orMissing)
    }
}

extension SegmentCondition: CustomStringConvertible {
    /// The most categories that are told by name.
    private static let named = 3

    /// The condition in words: `age > 55`, `40 < age ≤ 55`, `sex = Female`, `state is one of 7: Ohio, Iowa, Utah, …`.
    package var description: String {
        switch values {
        case .none: "\(column) is missing"
        case .any: "\(column) is not missing"
        default: orMissing ? "(\(valueText) or missing)" : valueText
        }
    }

    private var valueText: String {
        switch values {
        case .numbers(let above?, let upTo?): "\(ShortNumber.text(above)) < \(column) ≤ \(ShortNumber.text(upTo))"
        case .numbers(let above?, nil): "\(column) > \(ShortNumber.text(above))"
        case .numbers(nil, let upTo?): "\(column) ≤ \(ShortNumber.text(upTo))"
        case .among(let categories) where categories.count == 1: "\(column) = \(categories[0])"
        case .among(let categories): "\(column) is one of \(Self.list(categories))"
        case .except(let categories) where categories.count == 1: "\(column) ≠ \(categories[0])"
        case .except(let categories): "\(column) is none of \(Self.list(categories))"
        case .numbers(nil, nil), .any, .none: column
        }
    }

    /// All categories, or their number and the first of them.
    private static func list(_ categories: [String]) -> String {
        guard categories.count > named else { return categories.joined(separator: ", ") }
        return "\(categories.count): \(categories.prefix(named).joined(separator: ", ")), …"
    }
}
