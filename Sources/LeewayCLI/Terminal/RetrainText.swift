import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

/// What a step of the loop came to, as a person reads it.
struct RetrainText {
    let style: Style
    let width: Int

    func text(_ outcome: RetrainStep.Outcome) -> String {
        var text = outcome.notes.map { "\(style.warning("!")) \($0)\n" }.joined()
        let decision = outcome.decision
        switch decision.action {
        case .nothing: return text + "\(style.dim("·")) \(decision.reason)\n"
        case .wait: return text + wrapped("\(style.warning("…")) \(decision.reason)")
        case .cannotHelp: return text + wrapped("\(style.bad("✗")) \(decision.reason)")
        case .retrain: text += wrapped("\(style.accent("→")) \(decision.reason)")
        }
        guard let retraining = outcome.retraining else { return text }
        text += data(retraining.data)
        if let gate = retraining.gate { text += "\n" + self.gate(gate, retraining) }
        return text + "\n" + verdict(retraining)
    }

    private func wrapped(_ text: String) -> String { TextTable.wrapped(text, to: width, indent: "  ") + "\n" }

    private func data(_ data: RetrainingDataReport) -> String {
        var parts = ["\(data.rows.grouped) rows", "\(data.rowsOfLog.grouped) of them logged with a label"]
        if data.invalidRows > 0 { parts.append("\(data.invalidRows.grouped) left out as invalid") }
        if data.duplicateRows > 0 { parts.append("\(data.duplicateRows.grouped) as duplicates") }
        if data.oldRows > 0 { parts.append("\(data.oldRows.grouped) as too old") }
        var text = wrapped("  \(style.bold("Data"))  \(parts.joined(separator: ", "))")
        for rule in data.invalid {
            text +=
                "    \(style.dim("\(rule.column): \(rule.rule), \((rule.sourceRows + rule.logRows).grouped) rows"))\n"
        }
        return text
    }

    // MARK: The gate

    private func gate(_ gate: GateReport, _ retraining: RetrainOutcome) -> String {
        var table = TextTable([.left, .left, .left, .right, .right, .right])
        table.add([
            "Rows", "", "Metric", "champion \(retraining.champion.number)",
            "challenger \(retraining.challenger.number)", "change",
        ])
        let sides = [("old test rows", gate.oldTest), ("newest window", gate.window)]
        for (name, side) in sides {
            guard let side, let champion = side.champion, let challenger = side.challenger else { continue }
            for (place, metric) in [BinaryMetric.rocAUC, .logLoss, .accuracy].enumerated() {
                guard let before = champion[metric], let after = challenger[metric] else { continue }
                let change = after - before
                table.add([
                    place == 0 ? name : "", place == 0 ? side.rows.grouped : "", metric.title,
                    NumberFormat.fixed(before, 4), NumberFormat.fixed(after, 4),
                    (change < 0 ? "-" : "+") + NumberFormat.fixed(abs(change), 4),
                ])
            }
        }
        let metrics = table.lines { row, column, cell in
            if row == 0 { return style.dim(cell) }
            return column == 0 ? style.bold(cell) : cell
        }
        let criteria = gate.criteria.map { criterion in
            let sign =
                switch criterion.outcome {
                case .passed: style.good("✓")
                case .failed: style.bad("✗")
                case .notJudged: style.dim("·")
                }
            let name = criterion.name.rawValue.replacing("_", with: " ")
            let padding = String(repeating: " ", count: max(1, 12 - name.count))
            return TextTable.wrapped(
                "  \(sign) \(style.bold(name))\(padding)\(criterion.reason)", to: width, indent: "                ")
                + "\n"
        }
        return metrics + "\n" + criteria.joined()
    }

    private func verdict(_ outcome: RetrainOutcome) -> String {
        let (old, new) = (outcome.champion.number, outcome.challenger.number)
        switch outcome.state {
        case .promoted: return "\(style.good("✓")) Version \(new) is the champion in place of version \(old).\n"
        case .probation:
            return "\(style.good("✓")) Version \(new) is the champion in place of version \(old), and is watched.\n"
        case .awaiting:
            return
                "\(style.good("✓")) Version \(new) passed: 'leeway models promote challenger' makes it the champion.\n"
        case .shadow: return "\(style.good("✓")) Version \(new) passed, and scores beside version \(old).\n"
        case .canary: return "\(style.good("✓")) Version \(new) passed, and answers a share of the requests.\n"
        default: return "\(style.bad("✗")) Version \(new) was refused: version \(old) stays the champion.\n"
        }
    }
}

extension BinaryMetric {
    /// What a person calls it.
    fileprivate var title: String {
        switch self {
        case .rocAUC: "AUC"
        case .logLoss: "log loss"
        default: rawValue.replacing("_", with: " ")
        }
    }
}
