import LeewayCore
import LeewayValidate

/// Which columns are features, and why the others are not.
struct FeatureSelection: Sendable {
    /// A column that is no feature.
    struct Excluded: Sendable, Codable, Equatable {
        let column: String
        let reason: String
    }

    var numeric: [String] = []
    var categorical: [String] = []
    var excluded: [Excluded] = []

    /// Sorts the columns of a source: numbers are numeric features, texts of not too many kinds are categorical ones.
    ///
    /// - Throws: `noUsableValues` where no feature is left.
    init(of data: IngestedData, target: String, _ configuration: FeatureConfiguration) throws(LeewayError) {
        for column in data.counts where column.name != target {
            if let reason = Self.reasonAgainst(column, data, configuration) {
                excluded.append(Excluded(column: column.name, reason: reason))
            } else if column.type.isNumeric {
                numeric.append(column.name)
            } else {
                categorical.append(column.name)
            }
        }
        guard !numeric.isEmpty || !categorical.isEmpty else {
            throw LeewayError(
                .noUsableValues, "No column is left that could be a feature.",
                hint: excluded.first.map { "Column '\($0.column)': \($0.reason)." })
        }
    }

    private static func reasonAgainst(
        _ column: ColumnCounts, _ data: IngestedData, _ configuration: FeatureConfiguration
    ) -> String? {
        if configuration.drop.contains(column.name) { return "dropped by the configuration" }
        if column.nullCount == data.profile.rowCount { return "no value at all" }
        if column.type.isTemporal { return "a \(column.type.rawValue), which is no feature of its own" }
        if !data.dataset.columns.contains(where: { $0.name == column.name }) {
            return "\(column.distinctCount.grouped) distinct texts, too many to keep"
        }
        if !column.type.isNumeric, column.distinctCount > configuration.maximumCategories {
            return
                "\(column.distinctCount.grouped) distinct texts, more than max_categories (\(configuration.maximumCategories.grouped))"
        }
        return nil
    }
}
