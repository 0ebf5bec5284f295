import LeewayCore
import LeewayLearn
import LeewayMonitor
package import LeewayStore

/// What happened to a model, as one page that needs nothing else: no script, no font, no request.
package struct HistoryPage: Sendable {
    private let model: String
    private let timeline: HistoryReport.Timeline
    /// When the page was made, in words.
    private let time: String

    package init(_ model: String, _ timeline: HistoryReport.Timeline, time: String) {
        (self.model, self.timeline, self.time) = (model, timeline, time)
    }

    package var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(Markup.escaped(model)) · history</title><style>\(PageStyle.css)
        \(Self.css)</style></head><body><main>
        <h1>\(Markup.escaped(model))</h1>
        <p class="soft">\(timeline.retrainings.count) retrainings, \(promoted) promoted · \(Markup.escaped(time))</p>
        <h2>Retrainings</h2>
        <div class="stack">\(timeline.retrainings.map(card).joined(separator: "\n"))</div>
        <h2>Events</h2>
        <div class="wide"><table><thead><tr><th>time (UTC)</th><th class="l">what</th><th class="l">why</th></tr></thead>
        <tbody>\(timeline.events.map(row).joined(separator: "\n"))</tbody></table></div>
        <h2>Decisions</h2>
        <div class="wide"><table><thead><tr><th>last time (UTC)</th><th class="l">decision</th><th>times</th><th class="l">why</th></tr></thead>
        <tbody>\(timeline.decisions.map(decision).joined(separator: "\n"))</tbody></table></div>
        </main></body></html>

        """
    }

    private static let css = """
        th.l,td.l{text-align:left}td.why{text-align:left;white-space:normal;min-width:18rem}td:first-child{white-space:nowrap}
        .stack{display:grid;gap:16px}.tag.good{background:var(--good-bg);color:var(--good)}.tag.bad{background:var(--bad-bg);color:var(--bad)}
        .tag.open{background:var(--warn-bg);color:var(--warn)}.criteria{list-style:none;padding:0;margin:12px 0 0;font-size:14px}
        .criteria b{display:inline-block;width:6.5rem}.ok{color:var(--good)}.no{color:var(--bad)}
        """

    private var promoted: Int {
        timeline.retrainings.count { [.promoted, .probation].contains($0.state) }
    }

    private static func minute(_ time: String) -> String { String(time.prefix(19)).replacing("T", with: " ") }

    // MARK: Retrainings

    private func card(_ retraining: Retraining) -> String {
        let document = RetrainingDocument(retraining.document)
        let versions =
            retraining.challenger.map { "version \(retraining.champion) → \($0)" }
            ?? "version \(retraining.champion)"
        var parts = [
            """
            <h3>Retraining \(retraining.id) <span class="soft">\(versions)</span> \(tag(retraining.state))</h3>
            <p class="soft">\(Self.minute(retraining.startedAt.description)) · \(retraining.cause.replacing("_", with: " "))</p>
            <p>\(Markup.escaped(retraining.reason))</p>
            """
        ]
        if let data = document?.data {
            var facts = ["\(data.rows.grouped) rows", "\(data.rowsOfLog.grouped) of them logged with a label"]
            if data.invalidRows > 0 { facts.append("\(data.invalidRows.grouped) left out as invalid") }
            if data.duplicateRows > 0 { facts.append("\(data.duplicateRows.grouped) as duplicates") }
            if data.oldRows > 0 { facts.append("\(data.oldRows.grouped) as too old") }
            parts.append("<p class=\"soft\">\(facts.joined(separator: ", "))</p>")
        }
        if let failure = document?.failure { parts.append("<p class=\"no\">\(Markup.escaped(failure.message))</p>") }
        if let gate = document?.gate { parts.append(self.gate(gate)) }
        return "<div class=\"card\">\(parts.joined(separator: "\n"))</div>"
    }

    private func tag(_ state: Retraining.State) -> String {
        let kind =
            switch state {
            case .promoted, .probation: "good"
            case .refused, .failed, .rolledBack, .withdrawn, .abandoned: "bad"
            default: "open"
            }
        return "<span class=\"tag \(kind)\">\(state.rawValue.replacing("_", with: " "))</span>"
    }

    private func gate(_ gate: GateReport) -> String {
        var rows: [String] = []
        for (name, side) in [("old test rows", gate.oldTest), ("newest window", gate.window)] {
            guard let side, let champion = side.champion, let challenger = side.challenger else { continue }
            func cells(_ metric: BinaryMetric) -> String {
                guard let before = champion[metric], let after = challenger[metric] else {
                    return "<td>–</td><td>–</td>"
                }
                return "<td>\(NumberFormat.fixed(before, 4))</td><td>\(NumberFormat.fixed(after, 4))</td>"
            }
            rows.append(
                "<tr><td>\(name)</td><td>\(side.rows.grouped)</td>\(cells(.rocAUC))\(cells(.logLoss))\(cells(.accuracy))</tr>"
            )
        }
        let criteria = gate.criteria.map { criterion in
            let (sign, style) =
                switch criterion.outcome {
                case .passed: ("✓", "ok")
                case .failed: ("✗", "no")
                case .notJudged: ("·", "soft")
                }
            let name = criterion.name.rawValue.replacing("_", with: " ")
            return "<li><span class=\"\(style)\">\(sign)</span> <b>\(name)</b> \(Markup.escaped(criterion.reason))</li>"
        }
        return """
            <div class="wide"><table><thead><tr><th></th><th>rows</th><th>AUC before</th><th>after</th><th>log loss before</th><th>after</th>\
            <th>accuracy before</th><th>after</th></tr></thead><tbody>\(rows.joined())</tbody></table></div>
            <ul class="criteria">\(criteria.joined())</ul>
            """
    }

    // MARK: Lists

    private func row(_ event: Registry.Event) -> String {
        """
        <tr><td>\(Self.minute(event.time))</td><td class="l">\(Markup.escaped(event.words))</td>\
        <td class="why">\(Markup.escaped(event.reason)) <span class="soft">(\(Markup.escaped(event.actor)))</span></td></tr>
        """
    }

    private func decision(_ decision: RecordedDecision) -> String {
        """
        <tr><td>\(Self.minute(decision.lastTime.description))</td><td class="l">\(decision.action.replacing("_", with: " "))</td>\
        <td>\(decision.count)</td><td class="why">\(Markup.escaped(decision.reason))</td></tr>
        """
    }
}

extension Registry.Event {
    /// What happened, in a few words.
    package var words: String {
        switch kind {
        case .registered: "version \(to ?? 0) registered"
        case .aliasMoved: "\(alias ?? "?") \(from.map { "\($0) " } ?? "")→ \(to ?? 0)"
        case .rolledBack: "rolled back \(from ?? 0) → \(to ?? 0)"
        case .retrainingEnded: "retraining \(retraining ?? 0)"
        }
    }
}
