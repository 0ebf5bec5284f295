/// An event as Slack's incoming webhooks take it, and those that understand the same: Mattermost, Rocket.Chat, Discord's `/slack`.
///
/// - Source: Slack's reference of incoming webhooks and Block Kit, 2026: `text` is what a notification shows, a header has at
///   most 150 characters, a section 3,000; `&`, `<` and `>` are escaped, so that no name of a column mentions anybody.
package struct SlackMessage: Sendable, Equatable, Encodable {
    struct Text: Sendable, Equatable, Encodable {
        let type: String
        let text: String
    }

    struct Block: Sendable, Equatable, Encodable {
        let type: String
        var text: Text?
        var elements: [Text]?
    }

    let text: String
    let blocks: [Block]

    package init(_ event: AlertEvent) {
        text = Self.escaped(event.summary, atMost: 3000)
        let (sign, word) =
            switch (event.kind, event.subject) {
            case (.drift, _): (":warning:", "Drift")
            case (.failure, _): (":x:", "Check failed")
            case (.retraining, _): (":arrows_counterclockwise:", "Retraining")
            case (.recovery, .failure): (":white_check_mark:", "Checks work again")
            case (.recovery, _): (":white_check_mark:", "Drift is over")
            }
        var details = ["since \(event.since)"]
        if let rows = event.rows { details.append("\(rows) rows") }
        if let window = event.window { details.append("window \(window.from) to \(window.to)") }
        if event.heldBackCount > 0 { details.append("\(event.heldBackCount) more checks held back") }
        blocks = [
            Block(
                type: "header", text: Text(type: "plain_text", text: Self.cut("\(sign) \(word): \(event.model)", 150))),
            Block(type: "section", text: Text(type: "mrkdwn", text: text)),
            Block(
                type: "context",
                elements: [Text(type: "mrkdwn", text: Self.escaped(details.joined(separator: " · "), atMost: 2000))]),
        ]
    }

    /// Escaped after it was cut, so that no escape is cut; five characters of an escape for one at most.
    private static func escaped(_ text: String, atMost limit: Int) -> String {
        cut(text, limit / 5).map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }

    private static func cut(_ text: String, _ limit: Int) -> String {
        text.count > limit ? text.prefix(limit - 1) + "…" : text
    }
}
