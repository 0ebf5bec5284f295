/// What a replay found, as one page that needs nothing else: no script, no font, no request.
package struct ReplayPage: Sendable {
    private let report: ReplayReport

    package init(_ report: ReplayReport) { self.report = report }

    package var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Replay</title><style>\(PageStyle.css)
        \(Self.css)</style></head><body><main>
        <h1>Retraining policies, replayed</h1>
        <p class="soft">\(report.rows.grouped) rows, \(report.from.prefix(10)) to \(report.to.prefix(10)); the first \(report.warmUpRows.grouped) train the first version, steps of \(report.step), labels \(report.labelDelay) late</p>
        \(table)
        \(behind)
        <h2>AUC by month</h2>
        \(ReplayPlot(report.policies).svg)
        <h2>What was done</h2>
        \(report.policies.filter { !$0.events.isEmpty }.map(events).joined(separator: "\n"))
        </main></body></html>

        """
    }

    private static let css = """
        .plot text{font-size:11px;fill:currentColor;opacity:.75}.plot .axis{stroke:currentColor;opacity:.2}
        details{margin:.4rem 0}td.why{white-space:normal;text-align:left}
        """

    private var table: String {
        let rows = report.policies.map { policy in
            """
            <tr><td>\(Markup.escaped(policy.name))</td><td>\(policy.rocAUC.map { NumberFormat.fixed($0, 4) } ?? "–")</td>\
            <td>\(NumberFormat.fixed(policy.logLoss, 4))</td><td>\(NumberFormat.fixed(policy.accuracy, 4))</td>\
            <td>\(policy.retrainings)</td><td>\(policy.promotions)</td><td>\(NumberFormat.fixed(policy.cpuSeconds, 1)) s</td></tr>
            """
        }
        return """
            <div class="wide"><table><thead><tr><th>policy</th><th>AUC</th><th>log loss</th><th>accuracy</th><th>retrainings</th>\
            <th>promoted</th><th>CPU</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            """
    }

    private var behind: String {
        guard let best = report.behind.first?.than else { return "" }
        func cell(_ difference: ReplayReport.Difference.Interval?) -> String {
            difference.map {
                "\(NumberFormat.fixed($0.value, 4)) <span class=\"soft\">\(NumberFormat.fixed($0.lower, 4)) to \(NumberFormat.fixed($0.upper, 4))</span>"
            } ?? "–"
        }
        let rows = report.behind.map {
            "<tr><td>\(Markup.escaped($0.policy))</td><td>\(cell($0.rocAUC))</td><td>\(cell($0.logLoss))</td></tr>"
        }
        return """
            <h2>Behind \(Markup.escaped(best))</h2>
            <div class="wide"><table><thead><tr><th>policy</th><th>AUC</th><th>log loss</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            <p class="soft">How much worse on the same rows, and where that lies with a confidence of 95 %: by DeLong's method, and by Student's t.</p>
            """
    }

    private func events(_ policy: ReplayReport.Policy) -> String {
        let rows = policy.events.map {
            "<tr><td>\($0.time.prefix(10))</td><td>\($0.kind)</td><td class=\"why\">\(Markup.escaped($0.reason))</td></tr>"
        }
        return """
            <details><summary>\(Markup.escaped(policy.name)): \(policy.events.count) retrainings</summary><div class="wide"><table>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></details>
            """
    }
}
