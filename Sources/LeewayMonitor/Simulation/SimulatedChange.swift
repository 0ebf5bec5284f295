/// One way in which simulated data differ from the data that they are made of.
package enum SimulatedChange: Sendable, Equatable {
    /// Numbers move away from their mean, or towards it: μ + (x − μ) · factor.
    case scale(column: String, factor: Double)
    /// Numbers are added to, or multiplied.
    case shift(column: String, by: ShiftAmount)
    /// A share of the cells hold this value, as where a sensor is stuck.
    case constant(CellValue, share: Double)
    /// A share of the cells hold a value that the column has not had.
    case newCategory(CellValue, share: Double)
    /// A share of the cells hold another of the column's values: poisoned labels.
    case flipLabels(column: String, share: Double)
    /// A share of the cells are missing.
    case null(column: String, share: Double)
    /// The rows with a category leave.
    case dropCategory(CellValue)
    /// The rows with a category weigh so much more in a draw with replacement.
    case reweight(CellValue, factor: Double)

    /// The kinds of change by the names of their options, in the order in which they are made.
    package enum Kind: String, Sendable, CaseIterable {
        case reweight
        case dropCategory = "drop-category"
        case scale
        case shift
        case constant
        case newCategory = "new-category"
        case flipLabels = "flip-labels"
        case null
    }

    /// The kind.
    package var kind: Kind {
        switch self {
        case .scale: .scale
        case .shift: .shift
        case .constant: .constant
        case .newCategory: .newCategory
        case .flipLabels: .flipLabels
        case .null: .null
        case .dropCategory: .dropCategory
        case .reweight: .reweight
        }
    }

    /// The column that is changed, or whose categories decide.
    package var column: String {
        switch self {
        case .scale(let column, _), .shift(let column, _), .flipLabels(let column, _), .null(let column, _): column
        case .constant(let value, _), .newCategory(let value, _), .dropCategory(let value), .reweight(let value, _):
            value.column
        }
    }

    /// The column's value that the change speaks of.
    package var value: CellValue? {
        switch self {
        case .scale, .shift, .flipLabels, .null: nil
        case .constant(let value, _), .newCategory(let value, _), .dropCategory(let value), .reweight(let value, _):
            value
        }
    }
}

/// A column and a value of it, as texts.
package struct CellValue: Sendable, Equatable {
    package let column: String
    package let text: String

    package init(column: String, text: String) { (self.column, self.text) = (column, text) }
}

/// How far numbers are shifted.
package enum ShiftAmount: Sendable, Equatable {
    /// So much is added.
    case units(Double)
    /// So many standard deviations of the input's column are added.
    case deviations(Double)
    /// The numbers are multiplied.
    case times(Double)
}
