import LeewayLearn
import LeewayMonitor
import LeewayWorkflow

/// What of a check is worth a word.
extension DriftText {
    /// A smaller change of a share would read as none.
    private static let leastChange = 0.0005

    func notes(_ findings: DriftFindings) -> String {
        var lines: [String] = []
        for column in findings.report.drifted {
            if column.values.isDrift, let change = changes(column, findings) { lines.append(change) }
            if column.missing?.isDrift == true {
                let (before, after) = column.sides.missingShares
                lines.append(
                    "\(column.name): missing in \(NumberFormat.percent(before)) of the reference, \(NumberFormat.percent(after)) of the window"
                )
            }
        }
        if let together = findings.together {
            lines += self.together(together, findings.report)
            if findings.report.verdict == .drift { lines += segments(together.segments) }
        }
        lines += findings.notes.map { style.dim($0) }
        return lines.isEmpty ? "" : "\n" + lines.map { TextTable.wrapped("  " + $0, to: width) + "\n" }.joined()
    }

    /// What showed in all columns together.
    private func together(_ found: TogetherFindings, _ report: DriftReport) -> [String] {
        let names = ["rows told apart by all columns", "rows off the usual pattern"]
        return zip(names, report.together).compactMap { name, finding -> String? in
            guard let result = finding.outcome.result else { return nil }
            let p = finding.adjustedPValue.map { ", p \(NumberFormat.pValue($0))" } ?? ""
            let isClassifier = result.method == .domainClassifier
            let figure =
                isClassifier
                ? "AUC \(NumberFormat.fixed(result.statistic, 3)) (.5 is chance)"
                : "\(NumberFormat.fixed(result.distance, 2)) sd of the reconstruction error"
            let carriers = found.classifier.columns.filter { $0.share >= 0.1 }.prefix(3).map(\.column)
            let by =
                isClassifier && finding.isDrift && !carriers.isEmpty ? ", by \(carriers.joined(separator: ", "))" : ""
            return (finding.isDrift ? style.bad("● ") : "  ") + name + ": " + figure + p + by
        }
    }

    /// The rows that there are more of, or fewer.
    private func segments(_ found: SegmentTree.Finding) -> [String] {
        found.segments.prefix(3).map { segment in
            let (before, after) = (segment.frequency.referenceShare, segment.frequency.windowShare)
            return "where: \(TextTable.clipped(segment.description, to: 120)) "
                + style.dim("(\(NumberFormat.percent(before)) → \(NumberFormat.percent(after)) of the rows)")
        }
    }

    /// What gained and what lost, of a column that drifted.
    private func changes(_ column: ColumnDrift, _ findings: DriftFindings) -> String? {
        guard let shape = column.shape else { return nil }
        let changes = shape.changes
        var parts: [String] = []
        if let gained = changes.first, gained.change >= Self.leastChange {
            parts.append("more \(Self.name(gained.bin)) (\(Self.points(gained.change)))")
        }
        if let lost = changes.last, lost.change <= -Self.leastChange {
            parts.append("less \(Self.name(lost.bin)) (\(Self.points(lost.change)))")
        }
        let new = findings.newCategories[column.name] ?? []
        if !new.isEmpty {
            let named = new.prefix(3).map { "'\(TextTable.clipped($0.text, to: 20))'" }.joined(separator: ", ")
            parts.append("new: \(named)\(new.count > 3 ? " and \((new.count - 3).grouped) more" : "")")
        }
        let gone = column.categories?.vanished ?? []
        if !gone.isEmpty {
            let named = gone.prefix(3).map { "'\(TextTable.clipped($0.category, to: 20))'" }.joined(separator: ", ")
            parts.append("gone: \(named)\(gone.count > 3 ? " and \((gone.count - 3).grouped) more" : "")")
        }
        return parts.isEmpty ? nil : "\(TextTable.clipped(column.name, to: 24)): \(parts.joined(separator: ", "))"
    }

    private static func name(_ bin: ColumnShape.Bin) -> String {
        if let category = bin.category { return "'\(TextTable.clipped(category, to: 24))'" }
        switch (bin.lower.map(NumberFormat.short), bin.upper.map(NumberFormat.short)) {
        case (let lower?, let upper?): return "\(lower) – \(upper)"
        case (let lower?, nil): return "above \(lower)"
        case (nil, let upper?): return "up to \(upper)"
        case (nil, nil): return "of all others"
        }
    }

    private static func points(_ change: Double) -> String {
        "\(change > 0 ? "+" : "−")\(NumberFormat.fixed(abs(change) * 100, 1)) points"
    }
}
