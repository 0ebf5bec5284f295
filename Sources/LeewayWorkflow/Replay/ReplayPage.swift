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

/// Lines of the AUC by month, one a policy.
package struct ReplayPlot {
    private let policies: [ReplayReport.Policy]

    package init(_ policies: [ReplayReport.Policy]) { self.policies = policies }

    private static let colors = ["#8a8f98", "#d9822b", "#2f7ed8", "#1a9850", "#b03a8c", "#555555"]
    private static let (width, height) = (760.0, 300.0)
    private static let (left, right, top, bottom) = (52.0, 110.0, 14.0, 34.0)

    /// The drawing on its own.
    package var svg: String {
        let values = policies.flatMap { $0.months.compactMap(\.rocAUC) }
        guard let low = values.min(), let high = values.max(), let first = policies.first, first.months.count > 1 else {
            return "<p class=\"soft\">Fewer than two months.</p>"
        }
        let (floor, ceiling) = ((low * 50).rounded(.down) / 50, max((high * 50).rounded(.up) / 50, low + 0.02))
        let (plotWidth, plotHeight) = (Self.width - Self.left - Self.right, Self.height - Self.top - Self.bottom)
        func x(_ place: Int) -> Double { Self.left + plotWidth * Double(place) / Double(first.months.count - 1) }
        func y(_ value: Double) -> Double { Self.top + plotHeight * (ceiling - value) / (ceiling - floor) }
        func short(_ number: Double) -> String { NumberFormat.fixed(number, 1) }
        var parts: [String] = []
        for step in 0...4 {
            let value = floor + (ceiling - floor) * Double(step) / 4
            parts.append(
                "<line class=\"axis\" x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(short(y(value)))\" y2=\"\(short(y(value)))\"/>"
                    + "<text x=\"\(Self.left - 8)\" y=\"\(short(y(value) + 4))\" text-anchor=\"end\">\(NumberFormat.fixed(value, 3))</text>"
            )
        }
        for (place, month) in first.months.enumerated() {
            parts.append(
                "<text x=\"\(short(x(place)))\" y=\"\(Self.height - 12)\" text-anchor=\"middle\">\(month.month.suffix(5))</text>"
            )
        }
        // Names at the right end, none upon another.
        var taken: [Double] = []
        for (place, policy) in policies.enumerated() {
            let color = Self.colors[place % Self.colors.count]
            let points = policy.months.enumerated().compactMap { month in
                month.element.rocAUC.map { "\(short(x(month.offset))),\(short(y($0)))" }
            }
            parts.append(
                "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>"
            )
            var height = policy.months.last?.rocAUC.map(y) ?? Self.top
            while taken.contains(where: { abs($0 - height) < 13 }) { height += 13 }
            taken.append(height)
            parts.append(
                "<text x=\"\(Self.width - Self.right + 8)\" y=\"\(short(height + 4))\" style=\"fill:\(color);opacity:1\">\(Markup.escaped(policy.name))</text>"
            )
        }
        return """
            <svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="AUC by month and policy">
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }
}
