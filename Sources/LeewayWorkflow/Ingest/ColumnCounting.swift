import LeewayCore
import LeewayEngine
import LeewayValidate

/// Counts the distinct values of columns where the data are: of those that are not kept in memory.
struct ColumnCounting: Sendable {
    /// A column of more distinct values than this is not counted value by value.
    static let distinctLimit = 65_536
    /// How many texts of such a column are named.
    static let namedTexts = 20

    let table: SourceTable
    let engine: any Engine

    /// Which columns of other values than numbers have too many distinct ones to count each, by place; a short table has none.
    func wideColumns() async throws -> Set<Int> {
        let places = table.columns.indices.filter { !table.columns[$0].type.isNumeric }
        guard table.rowCount > Self.distinctLimit, !places.isEmpty else { return [] }
        let terms = places.map { "CAST(approx_count_distinct(\(table.columns[$0].name.sqlName)) AS VARCHAR)" }
        let row = try await engine.texts("SELECT \(terms.joined(separator: ", ")) FROM \(SourceTable.name.sqlName)")[0]
        return Set(zip(places, row).filter { (Int($1) ?? 0) > Self.distinctLimit }.map(\.0))
    }

    /// Counts the columns at some places, by place: those whose values are not kept in memory.
    func count(_ places: [Int], wide: Set<Int>) async throws -> [Int: ColumnCounts] {
        var counted = try await countEach(places.filter { !wide.contains($0) })
        for place in places where wide.contains(place) { counted[place] = try await countNamed(place) }
        return counted
    }

    /// Counts every value of columns, in one query.
    private func countEach(_ places: [Int]) async throws -> [Int: ColumnCounts] {
        guard !places.isEmpty else { return [:] }
        let queries = places.map { place in
            let name = table.columns[place].name.sqlName
            return """
                SELECT '\(place)', CAST(\(name) AS VARCHAR), CAST(count(*) AS VARCHAR), \
                CAST(\(name) IS NULL AS VARCHAR) FROM \(SourceTable.name.sqlName) GROUP BY \(name)
                """
        }
        let rows = try await engine.texts(queries.joined(separator: " UNION ALL "))
        let byPlace = Dictionary(grouping: rows) { Int($0[0]) ?? 0 }
        return Dictionary(
            uniqueKeysWithValues: places.map { place in
                let rows = (byPlace[place] ?? []).map { (text: $0[1], count: Int($0[2]) ?? 0, isNull: $0[3] == "true") }
                let nulls = rows.filter(\.isNull).reduce(0) { $0 + $1.count }
                let entries = rows.filter { !$0.isNull }.map { (text: $0.text, count: $0.count) }
                return (place, counts(place, nullCount: nulls, .init(entries)))
            })
    }

    /// Counts the most frequent texts of a column, its distinct texts and its missing values.
    private func countNamed(_ place: Int) async throws -> ColumnCounts {
        let name = table.columns[place].name.sqlName
        let rows = try await engine.texts(
            """
            WITH g AS (SELECT CAST(\(name) AS VARCHAR) AS v, count(*) AS n FROM \(SourceTable.name.sqlName) GROUP BY \(name)),
                t AS (SELECT count(v) AS d, coalesce(sum(n) FILTER (v IS NULL), 0) AS m FROM g)
            SELECT v, n::VARCHAR, d::VARCHAR, m::VARCHAR FROM g, t WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT \(Self.namedTexts)
            """)
        let number = { (cell: Int) in rows.first.flatMap { Int($0[cell]) } ?? 0 }
        return counts(
            place, nullCount: number(3),
            .init(rows.map { (text: $0[0], count: Int($0[1]) ?? 0) }, distinctCount: number(2)))
    }

    private func counts(_ place: Int, nullCount: Int, _ texts: ColumnCounts.TextCounts) -> ColumnCounts {
        let column = table.columns[place]
        return ColumnCounts(name: column.name, type: column.type, nullCount: nullCount, values: .texts(texts))
    }
}
