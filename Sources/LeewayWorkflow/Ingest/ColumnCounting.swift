import LeewayCore
import LeewayEngine
import LeewayStats
import LeewayValidate

/// Counts the distinct values of a table's columns where the data are: one query for all columns that have few enough of them.
struct ColumnCounting: Sendable {
    /// A column of more distinct values than this is not counted value by value.
    static let distinctLimit = 65_536
    /// How many texts of such a column are named.
    static let namedTexts = 20

    let table: SourceTable
    let engine: any Engine

    /// Which columns have too many distinct values to count each, by place; a short table has none.
    func wideColumns() async throws -> Set<Int> {
        guard table.rowCount > Self.distinctLimit, !table.columns.isEmpty else { return [] }
        let terms = table.columns.map { "approx_count_distinct(\($0.name.sqlName))::VARCHAR" }
        let row = try await engine.texts("SELECT \(terms.joined(separator: ", ")) FROM \(SourceTable.name.sqlName)")[0]
        return Set(row.indices.filter { (Int(row[$0]) ?? 0) > Self.distinctLimit })
    }

    /// Counts every column but the numbers of wide ones, which are counted from the rows in memory.
    func count(wide: Set<Int>) async throws -> TableCounts {
        var counted = try await countEach(table.columns.indices.filter { !wide.contains($0) })
        for place in wide where !table.columns[place].type.isNumeric {
            try await countNamed(place, into: &counted)
        }
        counted.wide = wide
        return counted
    }

    private func countEach(_ places: [Int]) async throws -> TableCounts {
        guard !places.isEmpty else { return TableCounts(table) }
        let queries = places.map { place in
            let column = table.columns[place]
            let name = column.name.sqlName
            let (number, text) =
                column.type.isNumeric ? ("CAST(\(name) AS DOUBLE)", "NULL") : ("NULL", "CAST(\(name) AS VARCHAR)")
            return """
                SELECT \(place), CAST(\(number) AS DOUBLE), CAST(\(text) AS VARCHAR), \
                count(*) FROM \(SourceTable.name.sqlName) GROUP BY \(name)
                """
        }
        let isNumeric = table.columns.map(\.type.isNumeric)
        return try await engine.query(
            queries.joined(separator: " UNION ALL "), initial: TableCounts(table)
        ) { counts, batch in
            var (columns, numbers, rows) = ([Double](), [Double](), [Double]())
            try batch.appendNumbers(of: 0, to: &columns)
            try batch.appendNumbers(of: 1, to: &numbers)
            try batch.appendNumbers(of: 3, to: &rows)
            try batch.withTexts(of: 2) { texts in
                for row in columns.indices {
                    let (place, count) = (Int(columns[row]), Int(rows[row]))
                    if isNumeric[place], !numbers[row].isNaN {
                        counts.numbers[place, default: []].append((numbers[row], count))
                    } else if !isNumeric[place], let text = texts[row].string {
                        counts.texts[place, default: []].append((text, count))
                    } else {
                        counts.nulls[place, default: 0] += count
                    }
                }
            }
        }
    }

    /// Counts the most frequent texts of a column, its distinct texts and its missing values.
    private func countNamed(_ place: Int, into counts: inout TableCounts) async throws {
        let name = table.columns[place].name.sqlName
        let rows = try await engine.texts(
            """
            WITH g AS (SELECT CAST(\(name) AS VARCHAR) AS v, count(*) AS n FROM \(SourceTable.name.sqlName) GROUP BY \(name)),
                t AS (SELECT count(v) AS d, coalesce(sum(n) FILTER (v IS NULL), 0) AS m FROM g)
            SELECT v, n::VARCHAR, d::VARCHAR, m::VARCHAR FROM g, t WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT \(Self.namedTexts)
            """)
        counts.texts[place] = rows.map { (text: $0[0], count: Int($0[1]) ?? 0) }
        counts.nulls[place] = rows.first.flatMap { Int($0[3]) } ?? 0
        counts.distinct[place] = rows.first.flatMap { Int($0[2]) } ?? 0
    }
}
