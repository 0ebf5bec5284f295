/// A query that grows by levels: each sees the columns of the ones below, so that no expression is written twice.
struct QueryLevels: Sendable {
    /// A column and the expression that makes it.
    typealias Column = (name: String, sql: String)

    private(set) var sql: String

    /// Starts from a query.
    init(_ sql: String) { self.sql = sql }

    /// Adds columns.
    mutating func add(_ columns: [Column]) {
        guard !columns.isEmpty else { return }
        sql = "SELECT *, \(Self.list(columns)) FROM (\(sql)) AS q"
    }

    /// Replaces columns.
    mutating func replace(_ columns: [Column]) {
        guard !columns.isEmpty else { return }
        sql = "SELECT * REPLACE (\(Self.list(columns))) FROM (\(sql)) AS q"
    }

    private static func list(_ columns: [Column]) -> String {
        columns.map { "\($0.sql) AS \($0.name)" }.joined(separator: ", ")
    }
}
