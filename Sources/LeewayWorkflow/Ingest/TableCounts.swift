import LeewayCore
import LeewayStats
import LeewayValidate

/// What a query counted of a table's columns, by their places.
struct TableCounts: Sendable {
    private let table: SourceTable
    var numbers: [Int: [(value: Double, count: Int)]] = [:]
    var texts: [Int: [(text: String, count: Int)]] = [:]
    var nulls: [Int: Int] = [:]
    /// How many distinct texts a wide column has.
    var distinct: [Int: Int] = [:]
    /// The columns of too many distinct values to count each.
    var wide: Set<Int> = []

    init(_ table: SourceTable) { self.table = table }

    /// Puts counts in the order of their values; whole numbers beyond 2⁵³ may have become equal.
    private func valueCounts(_ pairs: [(value: Double, count: Int)]) throws(LeewayError) -> ValueCounts {
        let counts = Dictionary(
            pairs.map { ($0.value.orderedBits, $0.count) }, uniquingKeysWith: +)
        var keys = Array(counts.keys)
        RadixSort.sort(&keys)
        return try ValueCounts(
            sorted: keys.map { Double(orderedBits: $0) }, counts: keys.map { counts[$0] ?? 0 })
    }

    /// The counts as columns; the numbers of a wide column are counted here.
    func columns(numbers loaded: (String) throws -> [Double]) throws -> [ColumnCounts] {
        try table.columns.indices.map { place in
            let column = table.columns[place]
            guard column.type.isNumeric else {
                return ColumnCounts(
                    name: column.name, type: column.type, nullCount: nulls[place] ?? 0,
                    values: .texts(.init(texts[place] ?? [], distinctCount: distinct[place])))
            }
            let counts =
                wide.contains(place) ? ValueCounts(try loaded(column.name)) : try valueCounts(numbers[place] ?? [])
            return ColumnCounts(
                name: column.name, type: column.type, nullCount: table.rowCount - counts.count, values: .numbers(counts)
            )
        }
    }
}
