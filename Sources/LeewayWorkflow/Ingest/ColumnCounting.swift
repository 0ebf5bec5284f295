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

    /// The counts of every column that could be counted, by its place in the table.
    private struct Counts: Sendable {
        var numbers: [Int: [(value: Double, count: Int)]] = [:]
        var texts: [Int: [(text: String, count: Int)]] = [:]
        var nulls: [Int: Int] = [:]
    }

    /// Which columns have too many distinct values to count each, by place; a short table has none.
    func wideColumns() async throws -> Set<Int> {
        guard table.rowCount > Self.distinctLimit, !table.columns.isEmpty else { return [] }
        let terms = table.columns.map { "approx_count_distinct(\($0.name.sqlName))::VARCHAR" }
        let row = try await engine.texts("SELECT \(terms.joined(separator: ", ")) FROM \(SourceTable.name.sqlName)")[0]
        return Set(row.indices.filter { (Int(row[$0]) ?? 0) > Self.distinctLimit })
    }

    /// Counts every column.
    ///
    /// - Parameters:
    ///   - wide: the columns of too many distinct values.
    ///   - numbers: the numbers of such a column, which are counted here.
    func counts(wide: Set<Int>, numbers: (String) throws -> [Double]) async throws -> [ColumnCounts] {
        var counted = try await countEach(table.columns.indices.filter { !wide.contains($0) })
        var distinct: [Int: Int] = [:]
        for place in wide where !table.columns[place].type.isNumeric {
            distinct[place] = try await countNamed(place, into: &counted)
        }
        return try table.columns.indices.map { place in
            let column = table.columns[place]
            let values: ColumnCounts.Values
            var nullCount = counted.nulls[place] ?? 0
            if column.type.isNumeric {
                let pairs = (counted.numbers[place] ?? []).sorted { $0.value < $1.value }
                let counts =
                    wide.contains(place)
                    ? ValueCounts(try numbers(column.name))
                    : try ValueCounts(sorted: pairs.map(\.value), counts: pairs.map(\.count))
                nullCount = table.rowCount - counts.count
                values = .numbers(counts)
            } else {
                values = .texts(.init(counted.texts[place] ?? [], distinctCount: distinct[place]))
            }
            return ColumnCounts(name: column.name, type: column.type, nullCount: nullCount, values: values)
        }
    }

    private func countEach(_ places: [Int]) async throws -> Counts {
        guard !places.isEmpty else { return Counts() }
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
            queries.joined(separator: " UNION ALL "), into: { _ in Counts() }
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

    /// Counts the most frequent texts of a column, and how many there are.
    private func countNamed(_ place: Int, into counts: inout Counts) async throws -> Int {
        let name = table.columns[place].name.sqlName
        let rows = try await engine.texts(
            """
            WITH g AS (SELECT CAST(\(name) AS VARCHAR) AS v, count(*) AS n FROM \(SourceTable.name.sqlName) GROUP BY \(name)),
                t AS (SELECT count(v) AS d, coalesce(sum(n) FILTER (v IS NULL), 0) AS m FROM g)
            SELECT v, n::VARCHAR, d::VARCHAR, m::VARCHAR FROM g, t WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT \(Self.namedTexts)
            """)
        counts.texts[place] = rows.map { (text: $0[0], count: Int($0[1]) ?? 0) }
        counts.nulls[place] = rows.first.flatMap { Int($0[3]) } ?? 0
        return rows.first.flatMap { Int($0[2]) } ?? 0
    }
}
