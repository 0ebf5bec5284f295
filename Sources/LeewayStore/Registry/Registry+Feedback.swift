import GRDB
package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What became of a label that came in.
package enum FeedbackOutcome: String, Sendable, Codable {
    /// The first one for its prediction.
    case recorded
    /// The same label was there: nothing changed.
    case duplicate
    /// Another label was there, and gave way.
    case corrected
}

extension Registry {
    /// The label that came true for a prediction, and when it was told.
    package struct Feedback: Sendable, Equatable {
        package let label: String
        package let time: Timestamp

        package init(label: String, time: Timestamp) { (self.label, self.time) = (label, time) }
    }

    /// Takes labels in the order given, all of them in one transaction; a prediction may come more than once.
    ///
    /// - Returns: an outcome for each, in the same order.
    /// - Throws: `registryFailed`, `diskFull`.
    package func recordFeedback(
        _ labels: [(id: UUIDv7, label: String, time: Timestamp)]
    ) throws(LeewayError) -> [FeedbackOutcome] {
        guard !labels.isEmpty else { return [] }
        return try Self.mapping(database.path) {
            try database.write { db in
                let insertion = try db.cachedStatement(
                    sql: "INSERT INTO feedback (id, label, time) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING")
                let correction = try db.cachedStatement(
                    sql: "UPDATE feedback SET label = ?2, time = ?3 WHERE id = ?1 AND label <> ?2")
                return try labels.map { entry in
                    let arguments: StatementArguments = [Self.key(entry.id), entry.label, entry.time.milliseconds]
                    try insertion.execute(arguments: arguments)
                    if db.changesCount > 0 { return .recorded }
                    try correction.execute(arguments: arguments)
                    return db.changesCount > 0 ? .corrected : .duplicate
                }
            }
        }
    }

    /// The labels of predictions, for those that have one.
    ///
    /// - Throws: `registryFailed`.
    package func feedback(for ids: [UUIDv7]) throws(LeewayError) -> [UUIDv7: Feedback] {
        guard !ids.isEmpty else { return [:] }
        return try Self.mapping(database.path) {
            try database.read { db in
                let query = try db.cachedStatement(sql: "SELECT label, time FROM feedback WHERE id = ?")
                var found: [UUIDv7: Feedback] = [:]
                for id in ids where found[id] == nil {
                    guard let row = try Row.fetchOne(query, arguments: [Self.key(id)]) else { continue }
                    found[id] = Feedback(label: row[0], time: Timestamp(milliseconds: row[1]))
                }
                return found
            }
        }
    }

    /// How many predictions have a label.
    ///
    /// - Throws: `registryFailed`.
    package func feedbackCount() throws(LeewayError) -> Int {
        try Self.mapping(database.path) {
            try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM feedback") ?? 0 }
        }
    }

    /// 16 bytes, the highest first: they sort as the ids do.
    private static func key(_ id: UUIDv7) -> Data {
        Data([id.high, id.low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } })
    }
}
