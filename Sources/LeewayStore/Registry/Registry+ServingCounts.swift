import GRDB
package import LeewayCore

extension Registry {
    /// What became of the requests that a version was asked.
    package struct ServingCount: Sendable, Equatable {
        package var requests = 0
        /// Requests whose rows broke the contract.
        package var refused = 0
        /// Requests that could not be answered.
        package var failed = 0

        package init(requests: Int = 0, refused: Int = 0, failed: Int = 0) {
            (self.requests, self.refused, self.failed) = (requests, refused, failed)
        }
    }

    /// Adds what a server counted since it last did, all in one transaction.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func add(
        _ counts: [(model: String, number: Int, count: ServingCount)], hour: Int
    ) throws(LeewayError) {
        guard !counts.isEmpty else { return }
        try Self.mapping(database.path) {
            try database.write { db in
                for (model, number, count) in counts {
                    try db.execute(
                        sql: """
                            INSERT INTO serving_count (model, number, hour, requests, refused, failed)
                            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (model, number, hour) DO UPDATE SET
                                requests = requests + excluded.requests, refused = refused + excluded.refused,
                                failed = failed + excluded.failed
                            """,
                        arguments: [model, number, hour, count.requests, count.refused, count.failed])
                }
            }
        }
    }

    /// What became of the requests to a version from an hour on.
    ///
    /// - Throws: `registryFailed`.
    package func servingCount(model: String, number: Int, from hour: Int) throws(LeewayError) -> ServingCount {
        try Self.mapping(database.path) {
            try database.read { db in
                let row = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT sum(requests), sum(refused), sum(failed) FROM serving_count
                        WHERE model = ? AND number = ? AND hour >= ?
                        """, arguments: [model, number, hour])
                return ServingCount(requests: row?[0] ?? 0, refused: row?[1] ?? 0, failed: row?[2] ?? 0)
            }
        }
    }
}
