package import LeewayCore

/// A notice as it is sent: what webhooks get as JSON, and commands on their standard input.
///
/// ```
/// {"schema": "leeway.alert/1", "id": "0193…", "kind": "drift", "subject": "drift", "model": "churn", "version": 3,
///  "time": "2026-11-23T12:00:00.000Z", "since": "2026-11-23T12:00:00.000Z", "causes": ["age", "hours"],
///  "new_causes": ["hours"], "held_back": 0, "rows": 2000,
///  "window": {"from": "2026-11-22T12:00:00.000Z", "to": "2026-11-23T12:00:00.000Z"}, "summary": "churn version 3: …"}
/// ```
///
/// `kind` is `drift`, `recovery`, `failure` or `retraining`; `subject` of a recovery is what is over, else it is the kind. `causes` are the
/// columns that drifted, or the code of what failed. The same event may come twice, with the same `id`: it is sent again where
/// it was not known to have arrived. `rows` and `window` are null where nothing was looked at. No cell's value is in it.
package struct AlertEvent: Sendable, Equatable, Codable {
    /// The time that a check looked at.
    package struct Window: Sendable, Equatable, Codable {
        package let from: String
        package let to: String

        package init(from: Timestamp, to: Timestamp) { (self.from, self.to) = (from.description, to.description) }
    }

    /// What the check was of.
    package struct Check: Sendable, Equatable {
        package let model: String
        package let version: Int
        package let rows: Int?
        package let window: Window?

        package init(model: String, version: Int, rows: Int? = nil, window: Window? = nil) {
            (self.model, self.version, self.rows, self.window) = (model, version, rows, window)
        }
    }

    package static let schema = "leeway.alert/1"

    package let schema: String
    package let id: String
    package let kind: AlertNotice.Kind
    package let subject: AlertNotice.Kind
    package let model: String
    package let version: Int
    package let time: String
    package let since: String
    package let causes: [String]
    package let newCauses: [String]
    package let heldBackCount: Int
    package let rows: Int?
    package let window: Window?
    package let summary: String

    enum CodingKeys: String, CodingKey {
        case schema
        case id
        case kind
        case subject
        case model
        case version
        case time
        case since
        case causes
        case newCauses = "new_causes"
        case heldBackCount = "held_back"
        case rows
        case window
        case summary
    }

    /// The event of a notice.
    package init(_ notice: AlertNotice, of check: Check, id: String, at time: Timestamp) {
        schema = Self.schema
        self.id = id
        (kind, subject, causes, newCauses) = (notice.kind, notice.subject, notice.causes, notice.newCauses)
        (model, version, rows, window) = (check.model, check.version, check.rows, check.window)
        (self.time, since, heldBackCount) = (time.description, notice.since.description, notice.heldBackCount)
        summary = AlertSummary.text(notice, of: check, at: time)
    }

    /// The event of a piece of news on retraining: what became of it, in a word for programs and in sentences.
    package init(retraining text: String, code: String, of check: Check, id: String, at time: Timestamp) {
        schema = Self.schema
        self.id = id
        (kind, subject, causes, newCauses) = (.retraining, .retraining, [code], [code])
        (model, version, rows, window) = (check.model, check.version, nil, nil)
        (self.time, since, heldBackCount) = (time.description, time.description, 0)
        summary = "\(check.model): \(text)"
    }

    /// All keys, with null for what is not there: a receiver need not ask which there are.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(id, forKey: .id)
        try container.encode(kind, forKey: .kind)
        try container.encode(subject, forKey: .subject)
        try container.encode(model, forKey: .model)
        try container.encode(version, forKey: .version)
        try container.encode(time, forKey: .time)
        try container.encode(since, forKey: .since)
        try container.encode(causes, forKey: .causes)
        try container.encode(newCauses, forKey: .newCauses)
        try container.encode(heldBackCount, forKey: .heldBackCount)
        try container.encode(rows, forKey: .rows)
        try container.encode(window, forKey: .window)
        try container.encode(summary, forKey: .summary)
    }
}
