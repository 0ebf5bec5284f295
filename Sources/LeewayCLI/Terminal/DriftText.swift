import LeewayLearn
import LeewayMonitor
import LeewayWorkflow

/// A check of a window as a person reads it.
struct DriftText {
    let style: Style
    let width: Int

    /// The whole report: a table of the columns, what is worth a word, and the verdict.
    func text(_ findings: DriftFindings) -> String {
        let report = findings.report
        return style.bold("Drift") + "  \(findings.current.text) against \(findings.reference.text)\n\n" + table(report)
            + notes(findings) + "\n" + verdict(report) + "\n"
    }

    // MARK: The table

    private func table(_ report: DriftReport) -> String {
        let showsImportance = report.columns.contains { $0.importance != nil }
        var head = ["", "column", "reference", "window", "shift", "95 % interval", "p"]
        if showsImportance { head.append("importance") }
        var table = TextTable([.left, .left, .left, .left, .right, .left, .right, .right])
        table.add(head)
        for column in report.columns { table.add(row(column, showsImportance)) }
        return table.lines(indent: "") { row, place, cell in
            guard row > 0 else { return style.dim(cell) }
            let column = report.columns[row - 1]
            switch place {
            case 0, 4: return column.isDrift ? style.bad(cell) : cell
            case 1: return column.isDrift ? style.bold(cell) : cell
            case 2: return style.dim(cell)
            case 3: return column.isDrift ? style.bad(cell) : style.accent(cell)
            default: return style.dim(cell)
            }
        }
    }

    private func row(_ column: ColumnDrift, _ showsImportance: Bool) -> [String] {
        let mark = column.isDrift ? "●" : column.noEvidence == nil ? " " : "?"
        let name =
            TextTable.clipped(column.name, to: 24) + (column.role == .feature ? "" : " (\(column.role.rawValue))")
        let (before, after) = sparklines(column.shape)
        let finding =
            column.missing.map { $0.shift > column.values.shift && $0.isDrift ? $0 : column.values } ?? column.values
        var cells = [mark, name, before, after]
        if let reason = column.noEvidence, !(column.missing?.isDrift ?? false) {
            cells += ["no evidence", reason.words, ""]
        } else {
            let interval = finding.shiftInterval.map { "\(Self.shift($0.lower)) – \(Self.shift($0.upper)) sd" } ?? ""
            cells += [
                "\(Self.shift(finding.shift)) sd", interval, finding.adjustedPValue.map(NumberFormat.pValue) ?? "",
            ]
        }
        if showsImportance { cells.append(column.importance.map(NumberFormat.percent) ?? "") }
        return cells
    }

    /// Both sides on one scale, so that heights can be compared.
    private func sparklines(_ shape: ColumnShape?) -> (String, String) {
        guard let shape else { return ("", "") }
        var (before, after) = (shape.bins.map { Double($0.reference) }, shape.bins.map { Double($0.window) })
        if shape.newRows > 0 {
            before.append(0)
            after.append(Double(shape.newRows))
        }
        while before.count > 12 { (before, after) = (Self.paired(before), Self.paired(after)) }
        func shares(_ counts: [Double]) -> [Double] {
            let total = counts.reduce(0, +)
            return total > 0 ? counts.map { $0 / total } : counts
        }
        let (left, right) = (shares(before), shares(after))
        let largest = max(left.max() ?? 0, right.max() ?? 0)
        return (Sparkline.of(left, largest: largest), Sparkline.of(right, largest: largest))
    }

    private static func paired(_ counts: [Double]) -> [Double] {
        stride(from: 0, to: counts.count, by: 2).map { counts[$0] + ($0 + 1 < counts.count ? counts[$0 + 1] : 0) }
    }

    static func shift(_ shift: Double) -> String { shift >= 9.995 ? "10+" : NumberFormat.fixed(shift, 2) }

    // MARK: What is worth a word

    private func notes(_ findings: DriftFindings) -> String {
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
        if let together = findings.together { lines += self.together(together, findings.report) }
        lines += findings.notes.map { style.dim($0) }
        return lines.isEmpty ? "" : "\n" + lines.map { "  \($0)\n" }.joined()
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

    /// What gained and what lost, of a column that drifted.
    private func changes(_ column: ColumnDrift, _ findings: DriftFindings) -> String? {
        guard let shape = column.shape else { return nil }
        let changes = shape.changes
        var parts: [String] = []
        if let gained = changes.first, gained.change > 0 {
            parts.append("more \(Self.name(gained.bin)) (\(Self.points(gained.change)))")
        }
        if let lost = changes.last, lost.change < 0 {
            parts.append("less \(Self.name(lost.bin)) (\(Self.points(lost.change)))")
        }
        let new = findings.newCategories[column.name] ?? []
        if !new.isEmpty {
            let named = new.prefix(3).map { "'\(TextTable.clipped($0.text, to: 20))'" }.joined(separator: ", ")
            parts.append("new: \(named)\(new.count > 3 ? " and \((new.count - 3).grouped) more" : "")")
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

    // MARK: The verdict

    private func verdict(_ report: DriftReport) -> String {
        let drifted = report.drifted
        let names =
            drifted.prefix(6).map { TextTable.clipped($0.name, to: 24) }.joined(separator: ", ")
            + (drifted.count > 6 ? " and \(drifted.count - 6) more" : "")
        let unjudged = report.unjudged
        let open = unjudged.isEmpty ? "" : " Nothing can be said of \(unjudged.map(\.name).joined(separator: ", "))."
        switch report.verdict {
        case .drift:
            return style.bad("● Drift")
                + ": \(drifted.count) of \(counted(report.columns.count, "column")) moved: \(names).\(open)\n\(rule(report))"
        case .noDrift:
            let below = drifted.isEmpty ? "" : " \(drifted.count) moved (\(names)), too few for the rule."
            return style.good("✓ No drift") + " in \(counted(report.columns.count, "column")).\(below)\n\(rule(report))"
        case .noEvidence:
            return style.warning("? No evidence") + ": no drift where it could be judged.\(open)\n\(rule(report))"
        }
    }

    private func rule(_ report: DriftReport) -> String {
        let settings = report.settings
        if settings.policy == .classic {
            return style.dim(
                "  classic: Kolmogorov-Smirnov on each numeric column, p < \(NumberFormat.short(settings.level)), no correction\n"
            )
        }
        let correction =
            switch settings.correction {
            case .holm: "Holm's correction"
            case .benjaminiHochberg: "Benjamini and Hochberg's correction"
            case .bonferroni: "Bonferroni's correction"
            case .none: "no correction"
            }
        return style.dim(
            "  p < \(NumberFormat.short(settings.level)) after \(correction) over \(counted(report.hypotheses, "test")), and a shift of at least \(NumberFormat.short(settings.effectFloor)) sd\n"
        )
    }
}
