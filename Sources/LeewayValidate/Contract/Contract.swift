package import LeewayCore

/// What the rows of a request must be: the columns that a version was trained on, their types, ranges and categories.
package struct Contract: Sendable {
    /// How strictly rows are held to it.
    package enum Mode: String, Sendable, Codable, CaseIterable {
        /// Types are exact; anything that training did not see is refused.
        case strict
        /// Types are converted where nothing is lost by it, texts are cleaned as in training, extra fields are ignored; the rest is refused.
        case coerce
        /// A row is answered if it can be read at all; what breaks the contract is noted, and what is no value of the column counts as missing.
        case lenient
    }

    /// What one field must be.
    package struct Field: Sendable, Equatable {
        /// Where its values are kept.
        package enum Storage: Sendable, Equatable {
            /// The place among the numbers of a row.
            case number(Int)
            /// The place among the categories of a row.
            case category(Int)
        }

        package let name: String
        /// The type that clients send.
        package let type: ColumnType
        package let storage: Storage
        /// The smallest number allowed; nil where there is no limit.
        package let minimum: Double?
        /// The largest number allowed; nil where there is no limit.
        package let maximum: Double?
        /// The texts that have a code: their places.
        package let categories: [String]
        /// Whether only these texts are allowed.
        package let isClosed: Bool
        /// Whether null is allowed.
        package let isNullable: Bool
        /// Whether the field must be there.
        package let isRequired: Bool
        /// Whether the model uses it.
        package let isFeature: Bool

        package init(
            name: String, type: ColumnType, storage: Storage, minimum: Double? = nil, maximum: Double? = nil,
            categories: [String] = [], isClosed: Bool = false, isNullable: Bool = false, isRequired: Bool = true,
            isFeature: Bool = true
        ) {
            (self.name, self.type, self.storage) = (name, type, storage)
            (self.minimum, self.maximum) = (minimum, maximum)
            (self.categories, self.isClosed) = (categories, isClosed)
            (self.isNullable, self.isRequired, self.isFeature) = (isNullable, isRequired, isFeature)
        }
    }

    /// How texts were cleaned in training; a contract that is not strict cleans them so too.
    package struct Cleaning: Sendable, Equatable {
        package let trims: Bool
        /// Texts that mean a missing value.
        package let missing: [String]

        package init(trims: Bool, missing: [String]) { (self.trims, self.missing) = (trims, missing) }
    }

    /// The fields, in the order of the training data.
    package let fields: [Field]
    /// The column that is predicted, which is no field.
    package let target: String
    package let mode: Mode
    package let cleaning: Cleaning
    /// How many numbers a row has.
    package let numberCount: Int
    /// How many categories a row has.
    package let categoryCount: Int
    /// Finds a field by its name.
    package let names: TextIndex
    /// Finds a category's code, for each field; empty for numbers.
    let codes: [TextIndex]
    let missingTexts: TextIndex

    package init(fields: [Field], target: String, mode: Mode, cleaning: Cleaning) {
        (self.fields, self.target, self.mode, self.cleaning) = (fields, target, mode, cleaning)
        var counts = (numbers: 0, categories: 0)
        for field in fields {
            switch field.storage {
            case .number: counts.numbers += 1
            case .category: counts.categories += 1
            }
        }
        (numberCount, categoryCount) = counts
        names = TextIndex(fields.map(\.name))
        codes = fields.map { TextIndex($0.categories) }
        missingTexts = TextIndex(cleaning.missing + [""])
    }
}
