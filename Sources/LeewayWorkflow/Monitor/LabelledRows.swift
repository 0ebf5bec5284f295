import LeewayCore
import LeewayEngine
import LeewayMonitor
import LeewayStore

/// The logged rows of a version whose true labels came in.
struct LabelledRows: Sendable {
    /// A row, as far as it tells how good the model was.
    struct Row: Sendable {
        let probability: Double
        /// Whether the model called it positive.
        let isCalled: Bool
        /// Whether it is.
        let isPositive: Bool
        /// The id of the first label that came for it.
        let labelID: String
    }

    /// Reads rows that were answered from a time on, and whose first label has an id in a window, in the order of the labels;
    /// a label that was corrected counts as corrected.
    ///
    /// - Throws: what the engine says of the logs.
    static func read(
        of version: ModelVersion, classes: TargetClasses, in project: Project, answeredSince: Timestamp?,
        labelled: WatchWindow? = nil, limit: Int? = nil, engine: any Engine
    ) async throws -> [Row] {
        let predictions = try LogTidying.folder(.predictions, of: project).segments()
            .filter { segment in answeredSince.map { segment.date >= $0.description.prefix(10) } ?? true }
        let feedback = try LogTidying.folder(.feedback, of: project).segments()
        guard let answers = LogSource(predictions, .predictions, engine.dialect).table,
            let labels = LogSource(feedback, .feedback, engine.dialect).table
        else { return [] }
        var conditions = [
            "p.model = \(version.model.sqlLiteral)", "p.version = \(version.number)", "p.probability IS NOT NULL",
        ]
        if let answeredSince { conditions.append("p.time >= epoch_ms(\(answeredSince.milliseconds))") }
        if let labelled { conditions.append(labelled.condition("f.first")) }
        let classes = (positive: classes.positive, negative: classes.negative)
        let found = try await engine.table(
            """
            SELECT p.probability AS probability, p.label = \(classes.positive.sqlLiteral) AS called,
                f.label = \(classes.positive.sqlLiteral) AS positive, f.first AS first
            FROM \(answers) AS p JOIN (
                SELECT prediction_id, arg_max(label, id) AS label, min(id) AS first FROM \(labels)
                WHERE id IS NOT NULL AND prediction_id IS NOT NULL AND label IS NOT NULL GROUP BY prediction_id
            ) AS f ON p.id = f.prediction_id
            WHERE \(conditions.joined(separator: " AND "))
                AND f.label IN (\(classes.positive.sqlLiteral), \(classes.negative.sqlLiteral))
            ORDER BY f.first, p.id \(limit.map { "LIMIT \($0)" } ?? "")
            """)
        let (probabilities, called) = (try found.numbers("probability"), try found.integers("called"))
        let (positive, first) = (try found.integers("positive"), try found.texts("first"))
        return (0..<found.rowCount).compactMap { row in
            guard let isCalled = called[row], let isPositive = positive[row], let id = first[row],
                (0...1).contains(probabilities[row])
            else { return nil }
            return Row(
                probability: probabilities[row], isCalled: isCalled != 0, isPositive: isPositive != 0, labelID: id)
        }
    }
}
