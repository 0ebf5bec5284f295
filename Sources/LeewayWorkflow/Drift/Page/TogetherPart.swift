import LeewayLearn
import LeewayMonitor

/// What showed in all columns together, and in which rows, as a part of a page.
struct TogetherPart {
    private let found: TogetherFindings?
    private let report: DriftReport

    init(_ found: TogetherFindings?, _ report: DriftReport) { (self.found, self.report) = (found, report) }

    var html: String {
        guard let found else { return "" }
        let segments = report.verdict == .drift ? segments(found.segments.segments) : ""
        return """
            \(segments)
            <h2>All columns together</h2><div class="wide"><table><thead><tr><th>test</th><th>found</th><th>p, corrected</th><th>carried by</th></tr></thead>
            <tbody>\(zip(report.together.indices, report.together).map { row($1, isFirst: $0 == 0, found) }.joined())</tbody></table></div>
            <p class="soft">On \(found.classifier.referenceRows.grouped) rows of the reference and \(found.classifier.windowRows.grouped) of the window.</p>
            """
    }

    private func row(_ finding: ColumnDrift.Finding, isFirst: Bool, _ found: TogetherFindings) -> String {
        let name = isFirst ? "rows told apart by all columns" : "rows off the usual pattern"
        guard let result = finding.outcome.result else {
            let reason = if case .noEvidence(let reason) = finding.outcome { reason.words } else { "" }
            return "<tr><td>\(name)</td><td colspan=\"3\" class=\"soft\">no evidence: \(reason)</td></tr>"
        }
        let figure =
            isFirst
            ? "AUC \(PageNumbers.fixed(result.statistic, 3)) <span class=\"soft\">(.5 is chance)</span>"
            : "error \(PageNumbers.fixed(result.distance, 2)) sd higher"
        let carriers = found.classifier.columns.filter { $0.share >= 0.1 }.prefix(3).map { Markup.short($0.column) }
        let carried = isFirst && finding.isDrift ? carriers.joined(separator: ", ") : ""
        return """
            <tr\(finding.isDrift ? " class=\"is-drift\"" : "")><td>\(name)\(finding.isDrift ? " <span class=\"tag drift\">drift</span>" : "")</td>\
            <td>\(figure)</td><td>\(finding.adjustedPValue.map(PageNumbers.pValue) ?? "–")</td><td>\(carried)</td></tr>
            """
    }

    private func segments(_ segments: [DriftSegment]) -> String {
        guard !segments.isEmpty else { return "" }
        let rows = segments.prefix(6).map { segment in
            let conditions = Markup.short(segment.conditions.map(\.description).joined(separator: " and "), 160)
            return """
                <tr><td>\(conditions)</td><td>\(Markup.escaped(segment.frequency.description))</td>\
                <td>\(PageNumbers.percent(segment.frequency.referenceShare)) → \(PageNumbers.percent(segment.frequency.windowShare))</td>\
                <td>\(PageNumbers.percent(segment.explained))</td></tr>
                """
        }
        return """
            <h2>Where</h2><div class="wide"><table><thead><tr><th>rows with</th><th>in the window</th><th>share of rows</th><th>of the difference</th></tr></thead>
            <tbody>\(rows.joined())</tbody></table></div>
            """
    }
}
