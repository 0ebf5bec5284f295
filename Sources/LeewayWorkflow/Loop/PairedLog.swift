import LeewayCore
import LeewayEngine
import LeewayStore

/// Logged rows that two versions scored: one answered, the other stood beside it.
struct PairedLog: Sendable {
    struct Row: Sendable {
        /// The version that the question is about, and the other one.
        let own: Double
        let other: Double
        /// nil: no label came yet.
        let label: Bool?
    }

    /// Reads rows since a time, those with a label first, in the order of their labels, then the newest others.
    ///
    /// - Throws: what the engine says of the logs.
    static func read(
        of version: Int, beside other: Int, model: String, classes: TargetClasses, since: Timestamp,
        in project: Project, unlabelledLimit: Int = 0, engine: any Engine
    ) async throws -> [Row] {
        let predictions = try LogTidying.folder(.predictions, of: project).segments()
            .filter { $0.date >= since.description.prefix(10) }
        guard let answers = LogSource(predictions, .predictions, engine.dialect).table else { return [] }
        let feedback = try LogTidying.folder(.feedback, of: project).segments()
        let labels =
            LogSource(feedback, .feedback, engine.dialect).table
            ?? "(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS prediction_id, NULL::VARCHAR AS label WHERE false)"
        let both = "\(version), \(other)"
        let found = try await engine.table(
            """
            WITH f AS (
                SELECT prediction_id, arg_max(label, id) AS label, min(id) AS first FROM \(labels)
                WHERE id IS NOT NULL AND prediction_id IS NOT NULL AND label IS NOT NULL GROUP BY prediction_id
            ), rows AS (
                SELECT p.id AS id, CASE WHEN p.version = \(version) THEN p.probability ELSE p.shadow_probability END AS own,
                    CASE WHEN p.version = \(version) THEN p.shadow_probability ELSE p.probability END AS other,
                    f.label = \(classes.positive.sqlLiteral) AS positive, f.first AS first
                FROM \(answers) AS p LEFT JOIN f ON p.id = f.prediction_id
                    AND f.label IN (\(classes.positive.sqlLiteral), \(classes.negative.sqlLiteral))
                WHERE p.model = \(model.sqlLiteral) AND p.version IN (\(both)) AND p.shadow_version IN (\(both))
                    AND p.version <> p.shadow_version AND p.time >= epoch_ms(\(since.milliseconds))
            )
            SELECT own, other, positive FROM (
                (SELECT own, other, positive, first AS place, 0 AS side FROM rows WHERE first IS NOT NULL)
                UNION ALL
                (SELECT own, other, positive, id AS place, 1 AS side FROM rows WHERE first IS NULL
                    ORDER BY id DESC LIMIT \(unlabelledLimit))
            ) WHERE own BETWEEN 0 AND 1 AND other BETWEEN 0 AND 1 ORDER BY side, place
            """)
        let (own, other) = (try found.numbers("own"), try found.numbers("other"))
        let positive = try found.integers("positive")
        return (0..<found.rowCount).map { row in
            Row(own: own[row], other: other[row], label: positive[row].map { $0 != 0 })
        }
    }

    /// The time of an answer by each version since a time, at the 95 % quantile, in microseconds, with how many there were.
    ///
    /// - Throws: what the engine says of the log.
    static func latencies(
        model: String, since: Timestamp, in project: Project, engine: any Engine
    ) async throws -> [Int: (microseconds: Double, rows: Int)] {
        let predictions = try LogTidying.folder(.predictions, of: project).segments()
            .filter { $0.date >= since.description.prefix(10) }
        guard let answers = LogSource(predictions, .predictions, engine.dialect).table else { return [:] }
        let found = try await engine.table(
            """
            SELECT version, quantile_cont(latency_us, 0.95) AS latency, count(*) AS rows FROM \(answers)
            WHERE model = \(model.sqlLiteral) AND latency_us IS NOT NULL AND time >= epoch_ms(\(since.milliseconds))
            GROUP BY version
            """)
        let (versions, times) = (try found.integers("version"), try found.numbers("latency"))
        let rows = try found.integers("rows")
        var latencies: [Int: (Double, Int)] = [:]
        for row in 0..<found.rowCount {
            if let version = versions[row] { latencies[Int(version)] = (times[row], Int(rows[row] ?? 0)) }
        }
        return latencies
    }
}
