import LeewayLearn
import LeewayMonitor

/// What a check found, as one page that needs nothing else: no script, no font, no request.
package struct DriftPage: Sendable {
    private let findings: DriftFindings
    /// When the check was made, in words.
    private let time: String

    package init(_ findings: DriftFindings, time: String) { (self.findings, self.time) = (findings, time) }

    /// The page.
    package var html: String {
        let report = findings.report
        let title = "Drift · \(findings.current.name)"
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(Markup.escaped(title))</title><style>\(PageStyle.css)</style></head><body><main>
            <h1>\(Markup.escaped(findings.current.name))</h1>
            <p class="soft">\(report.windowRows.grouped) rows, held against \(Markup.escaped(findings.reference.name)) (\(report.referenceRows.grouped) rows) · \(Markup.escaped(time))</p>
            \(verdict(report))
            \(notes)
            \(table(report))
            \(TogetherPart(findings.together, report).html)
            \(findings.performance.map { PerformancePart($0).html } ?? "")
            <h2>Column by column</h2>
            <div class="key"><span><i></i>reference</span><span><i class="w"></i>window</span></div>
            <div class="cards">\(sorted(report).map(card).joined(separator: "\n"))</div>
            <footer>\(rule(report.settings, report))</footer>
            </main></body></html>

            """
    }

    private func sorted(_ report: DriftReport) -> [ColumnDrift] {
        report.columns.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.isDrift != other.isDrift { return one.isDrift }
            return (-one.shift, left.offset) < (-other.shift, right.offset)
        }.map(\.element)
    }

    private func verdict(_ report: DriftReport) -> String {
        let names =
            report.drifted.prefix(8).map { Markup.short($0.name) }.joined(separator: ", ")
            + (report.drifted.count > 8 ? " …" : "")
        let (word, text): (String, String) =
            switch report.verdict {
            case .drift: ("Drift", "\(report.drifted.count) of \(report.columns.count) columns moved: \(names).")
            case .noDrift:
                (
                    "No drift",
                    report.drifted.isEmpty
                        ? "None of \(report.columns.count) columns moved beyond chance and the effect floor."
                        : "\(report.drifted.count) of \(report.columns.count) columns moved (\(names)), too few for the rule."
                )
            case .noEvidence: ("No evidence", "No drift where it could be judged, but something could not be.")
            }
        let open =
            report.unjudged.isEmpty
            ? ""
            : " Nothing can be said of \(report.unjudged.prefix(8).map { Markup.short($0.name) }.joined(separator: ", "))\(report.unjudged.count > 8 ? " …" : "")."
        return "<div class=\"verdict \(report.verdict.rawValue)\"><b>\(word)</b><span>\(text)\(open)</span></div>"
    }

    private var notes: String {
        findings.notes.isEmpty
            ? "" : "<ul class=\"soft\">\(findings.notes.map { "<li>\(Markup.escaped($0))</li>" }.joined())</ul>"
    }

    private func table(_ report: DriftReport) -> String {
        let showsImportance = report.columns.contains { $0.importance != nil }
        let largest = max(1, report.columns.map(\.shift).filter { $0 < 9.99 }.max() ?? 1)
        let rows = sorted(report).map { column -> String in
            let finding = column.foremost
            let cells: [String]
            if let reason = column.noEvidence, finding == column.values {
                cells = ["<td colspan=\"3\" class=\"soft\">no evidence: \(reason.words)</td>"]
            } else {
                let width = Int(min(1, finding.shift / largest) * 80)
                let bar = width > 0 ? "<span class=\"bar\" style=\"width:\(width)px\"></span>" : ""
                let interval =
                    finding.shiftInterval.map { "\(PageNumbers.shift($0.lower)) – \(PageNumbers.shift($0.upper))" }
                    ?? ""
                cells = [
                    "<td>\(bar) \(PageNumbers.shift(finding.shift)) sd</td>", "<td class=\"soft\">\(interval)</td>",
                    "<td>\(finding.adjustedPValue.map(PageNumbers.pValue) ?? "–")</td>",
                ]
            }
            let (before, after) = column.sides.missingShares
            let missing =
                column.missing == nil
                ? "<td></td>" : "<td>\(PageNumbers.percent(before)) → \(PageNumbers.percent(after))</td>"
            let importance = showsImportance ? "<td>\(column.importance.map(PageNumbers.percent) ?? "")</td>" : ""
            return
                "<tr\(column.isDrift ? " class=\"is-drift\"" : "")><td><a href=\"#\(anchor(column))\">\(Markup.short(column.name))</a> \(tag(column))</td>\(cells.joined())\(missing)\(importance)</tr>"
        }
        return """
            <h2>Columns</h2><div class="wide"><table><thead><tr><th>column</th><th>shift</th><th>95 % interval</th><th>p, corrected</th><th>missing</th>\(showsImportance ? "<th>importance</th>" : "")</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            """
    }

    private func anchor(_ column: ColumnDrift) -> String {
        "c\(findings.report.columns.firstIndex { $0.name == column.name && $0.role == column.role } ?? 0)"
    }

    private func tag(_ column: ColumnDrift) -> String {
        let role =
            column.role == .feature || column.role.rawValue == column.name
            ? "" : "<span class=\"tag\">\(column.role.rawValue)</span> "
        if column.isDrift { return role + "<span class=\"tag drift\">drift</span>" }
        return column.noEvidence == nil ? role : role + "<span class=\"tag no_evidence\">no evidence</span>"
    }

    private func card(_ column: ColumnDrift) -> String {
        var facts: [(String, String)] = []
        for result in [column.values.outcome.result].compactMap({ $0 }) + column.extras {
            let p = result.pValue.map { ", p \(PageNumbers.pValue($0))" } ?? ""
            facts.append(
                (
                    result.method.words,
                    "\(PageNumbers.short(result.distance)), of which chance gives \(PageNumbers.short(result.noise))\(p)"
                ))
        }
        if let missing = column.missing, let result = missing.outcome.result {
            let (before, after) = column.sides.missingShares
            let p = result.pValue.map { ", p \(PageNumbers.pValue($0))" } ?? ""
            facts.append(("missing", "\(PageNumbers.percent(before)) → \(PageNumbers.percent(after))\(p)"))
        }
        let new = findings.newCategories[column.name] ?? []
        if !new.isEmpty {
            let named = new.prefix(5).map { "\(Markup.short($0.text, 24)) (\($0.count.grouped))" }.joined(
                separator: ", ")
            facts.append(("new", named + (new.count > 5 ? " and \(new.count - 5) more" : "")))
        }
        let gone = column.categories?.vanished ?? []
        if !gone.isEmpty {
            let named = gone.prefix(5).map { "\(Markup.short($0.category, 24)) (\(PageNumbers.percent($0.share)))" }
                .joined(separator: ", ")
            facts.append(("gone", named + (gone.count > 5 ? " and \(gone.count - 5) more" : "")))
        }
        let drawing = column.shape.map {
            ShapeDrawing(shape: $0, kind: column.kind, title: "\(column.name): reference and window").svg
        }
        let reason = column.noEvidence.map { "<p class=\"soft\">No evidence: \($0.words).</p>" } ?? ""
        let list = facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined()
        return
            "<section class=\"card\" id=\"\(anchor(column))\"><h3>\(Markup.short(column.name, 60)) \(tag(column))</h3>\(reason)\(drawing ?? "")<dl>\(list)</dl></section>"
    }

    private func rule(_ settings: DriftSettings, _ report: DriftReport) -> String {
        if settings.policy == .classic {
            return
                "Rule: classic. Kolmogorov-Smirnov on each numeric column, p below \(PageNumbers.short(settings.level)), no correction, no floor."
        }
        return """
            Rule: p below \(PageNumbers.short(settings.level)) after correction (\(settings.correction.words)) over \(report.hypotheses) tests, and a shift of at least \
            \(PageNumbers.short(settings.effectFloor)) sd. A shift is the move of the mean of a normal column, in standard deviations, that the distance beyond chance amounts to.
            """
    }
}
