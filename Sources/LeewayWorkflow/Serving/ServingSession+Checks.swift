import LeewayCore
import LeewayValidate

extension ServingSession {
    /// Holds the names of the configuration against the models that are served: a slip there must not go unnoticed.
    ///
    /// - Throws: `invalidConfiguration` with the key.
    static func check(_ configuration: ServingConfiguration, _ catalog: ModelCatalog) throws(LeewayError) {
        let names = catalog.snapshot.names
        if let name = configuration.defaultModel, !names.contains(name) {
            throw LeewayError(
                .invalidConfiguration, "'serving.default_model' names '\(name)', which is not served.",
                hint: "There are: \(names.joined(separator: ", ")).")
        }
        let fields = names.compactMap { catalog.champion(of: $0) }.flatMap(\.contract.fields)
        for name in configuration.log.redact.keys.sorted() { try require(name, "serving.log.redact", fields) }
        for column in configuration.columns {
            try require(column.name, "serving.columns", fields)
            let isNumber = fields.contains { field in
                if case .number = field.storage { return field.name == column.name }
                return false
            }
            if column.values != nil, isNumber {
                throw LeewayError(
                    .invalidConfiguration,
                    "'serving.columns.\(column.name).values' is for texts, and this is a number.",
                    hint: "Give it 'min' and 'max'.")
            }
            if column.minimum != nil || column.maximum != nil, !isNumber {
                throw LeewayError(
                    .invalidConfiguration,
                    "'serving.columns.\(column.name)' has 'min' or 'max', which are for numbers, and this is a text.",
                    hint: "Give it 'values'.")
            }
        }
    }

    private static func require(
        _ name: String, _ key: String, _ fields: [Contract.Field]
    ) throws(LeewayError) {
        guard !fields.contains(where: { $0.name == name }) else { return }
        let near = NearestName.of(name, among: Set(fields.map(\.name)))
        throw LeewayError(
            .invalidConfiguration, "'\(key)' names '\(name)', which no served model has.",
            hint: near.map { "Did you mean '\($0)'?" })
    }
}
