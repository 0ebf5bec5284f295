package import LeewayCore
import LeewayStats

extension Schema {
    /// How many categories a column may have for the schema to list them.
    package static let listedCategories = 1000

    /// The schema of counted columns: what was seen is what is expected.
    package init(inferredFrom columns: [ColumnCounts], rowCount: Int, target: String) {
        self.init(
            columns: columns.map { column in
                let nullShare = rowCount == 0 ? 0 : Double(column.nullCount) / Double(rowCount)
                switch column.values {
                case .numbers(let counts):
                    return Column(
                        name: column.name, type: column.type, nullShare: nullShare, minimum: counts.finite.min,
                        maximum: counts.finite.max)
                case .texts(let counts):
                    let isListed = counts.isComplete && counts.distinctCount <= Self.listedCategories
                    let categories = counts.entries.map(\.text)
                        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                    return Column(
                        name: column.name, type: column.type, nullShare: nullShare,
                        categories: isListed ? categories : nil)
                }
            }, target: target)
    }
}
