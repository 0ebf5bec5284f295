import LeewayCore
import LeewayLearn
package import LeewayValidate

/// What the user says of the contract, beside what training saw.
package struct ContractSettings: Sendable, Equatable {
    /// What the user says of one column.
    package struct Column: Sendable, Equatable {
        package var minimum: Double?
        package var maximum: Double?
        package var values: [String]?
        package var isNullable: Bool?
        package var isRequired: Bool?

        package init(
            minimum: Double? = nil, maximum: Double? = nil, values: [String]? = nil, isNullable: Bool? = nil,
            isRequired: Bool? = nil
        ) {
            (self.minimum, self.maximum, self.values) = (minimum, maximum, values)
            (self.isNullable, self.isRequired) = (isNullable, isRequired)
        }
    }

    package var mode: Contract.Mode
    /// The share of the training range that is added at each end.
    package var rangeSlack: Double
    package var columns: [String: Column]

    package init(mode: Contract.Mode = .strict, rangeSlack: Double = 0, columns: [String: Column] = [:]) {
        (self.mode, self.rangeSlack, self.columns) = (mode, rangeSlack, columns)
    }
}

extension Contract {
    /// The contract of a version: what its training saw, and what the user says of it.
    ///
    /// A feature that was never missing in training must be there; a column that the model does not use may be left out.
    init(
        schema: Schema, preprocessor: Preprocessor.Fitted, cleaning: Cleaning, _ settings: ContractSettings
    ) {
        var (numbers, categories) = (0, 0)
        let numeric = Set(preprocessor.numericImputer.fills.map(\.column))
        let encodings = Dictionary(preprocessor.encoder.encodings.map { ($0.column, $0) }) { first, _ in first }
        var fields: [Field] = []
        for column in schema.columns where column.name != schema.target {
            let isFeature = numeric.contains(column.name) || encodings[column.name] != nil
            let isNumber = numeric.contains(column.name) || (encodings[column.name] == nil && column.type.isNumeric)
            let own = settings.columns[column.name] ?? .init()
            let isNullable = own.isNullable ?? (!isFeature || column.nullShare > 0)
            let slack = settings.rangeSlack * ((column.maximum ?? 0) - (column.minimum ?? 0))
            let known = own.values ?? column.categories ?? encodings[column.name]?.categories ?? []
            fields.append(
                Field(
                    name: column.name, type: column.type,
                    storage: isNumber ? .number(numbers) : .category(categories),
                    minimum: isNumber && isFeature ? own.minimum ?? column.minimum.map { $0 - slack } : own.minimum,
                    maximum: isNumber && isFeature ? own.maximum ?? column.maximum.map { $0 + slack } : own.maximum,
                    categories: isNumber ? [] : known,
                    isClosed: !isNumber && (own.values != nil || isFeature && column.categories != nil),
                    isNullable: isNullable, isRequired: own.isRequired ?? !isNullable, isFeature: isFeature))
            if isNumber { numbers += 1 } else { categories += 1 }
        }
        self.init(fields: fields, target: schema.target, mode: settings.mode, cleaning: cleaning)
    }

    /// The names of the fields whose values are numbers, by place.
    package var numberNames: [String] {
        fields.compactMap { field in
            if case .number = field.storage { return field.name }
            return nil
        }
    }

    /// The fields whose values are categories, by place.
    package var categoryFields: [Field] {
        fields.filter { field in
            if case .category = field.storage { return true }
            return false
        }
    }
}
