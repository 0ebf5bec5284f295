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
        let title = style.bold("Drift") + "  \(findings.current.text) against \(findings.reference.text)"
        return TextTable.wrapped(title, to: width) + "\n\n" + table(report)
            + notes(findings) + performance(findings.performance) + "\n" + verdict(report) + "\n"
    }

    // MARK: The table

    private func table(_ report: DriftReport) -> String {
        let showsImportance = report.columns.contains { $0.importance != nil }
        var head = ["", "column", "reference", "window", "shift", "95 % interval", "p"]
        if showsImportance { head.append("importance") }
        var table = TextTable(
            [.left, .left, .left, .left, .right, .left, .right] + (showsImportance ? [.right] : []))
        table.add(head)
        for column in report.columns { table.add(row(column, showsImportance)) }
        return table.fitted(to: width, without: showsImportance ? [7, 5] : [5]).lines(indent: "") { row, place, cell in
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
            TextTable.clipped(column.name, to: 24) + (column.role == .target ? " (target)" : "")
        let (before, after) = sparklines(column.shape)
        let finding = column.foremost
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

    // MARK: The verdict

    private func verdict(_ report: DriftReport) -> String {
        let drifted = report.drifted
        let names = Self.list(drifted)
        let open = report.unjudged.isEmpty ? "" : " Nothing can be said of \(Self.list(report.unjudged))."
        let text =
            switch report.verdict {
            case .drift:
                style.bad("● Drift")
                    + ": \(drifted.count) of \(counted(report.columns.count, "column")) moved: \(names).\(open)"
            case .noDrift:
                style.good("✓ No drift") + " in \(counted(report.columns.count, "column"))."
                    + (drifted.isEmpty ? "" : " \(drifted.count) moved (\(names)), too few for the rule.")
            case .noEvidence:
                style.warning("? No evidence")
                    + (report.unjudged.count == report.columns.count
                        ? ": nothing could be judged." : ": no drift where it could be judged.\(open)")
            }
        return TextTable.wrapped(text, to: width, indent: "  ") + "\n" + rule(report)
    }

    /// The columns' names, of many only the first.
    private static func list(_ columns: [ColumnDrift]) -> String {
        columns.prefix(6).map { TextTable.clipped($0.name, to: 24) }.joined(separator: ", ")
            + (columns.count > 6 ? " and \((columns.count - 6).grouped) more" : "")
    }

    private func rule(_ report: DriftReport) -> String {
        let settings = report.settings
        if settings.policy == .classic {
            return style.dim(
                "  classic: Kolmogorov-Smirnov on each numeric column, p < \(NumberFormat.trimmed(settings.level)), no correction\n"
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
            "  p < \(NumberFormat.trimmed(settings.level)) after \(correction) over \(counted(report.hypotheses, "test")), and a shift of at least \(NumberFormat.trimmed(settings.effectFloor)) sd\n"
        )
    }
}
