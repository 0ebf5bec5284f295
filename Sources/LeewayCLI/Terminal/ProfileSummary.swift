import LeewayCore
import LeewayStats
import LeewayValidate
import LeewayWorkflow

/// A table's profile, a line a column.
struct ProfileSummary {
    let style: Style
    let width: Int

    func text(_ profile: TableProfile, excluded: [(column: String, reason: String)]) -> String {
        var text = style.bold("Data") + "  \(counted(profile.rowCount, "row")), \(counted(profile.columnCount, "column")), "
        text += "\(counted(profile.duplicateRowCount, "exact duplicate")), \(counted(profile.nullCellCount, "missing value"))\n"
        var table = TextTable([.left, .left, .right, .right, .left])
        table.add(["column", "type", "missing", "distinct", ""])
        for column in profile.columns where column.name != profile.target?.column {
            table.add([
                TextTable.clipped(column.name, to: 24), column.type.rawValue,
                column.nullCount == 0 ? "·" : column.nullCount.grouped, column.distinctCount.grouped,
                column.numeric.map(numeric) ?? column.categorical.map(categorical) ?? "",
            ])
        }
        text += table.lines { row, column, cell in
            row == 0 || column == 1 ? style.dim(cell) : column == 2 && cell != "·" ? style.warning(cell) : cell
        }
        if let target = profile.target { text += "\n" + self.target(target) }
        for (column, reason) in excluded { text += "  \(style.warning("!")) '\(column)' is no feature: \(reason)\n" }
        return text
    }

    private func numeric(_ summary: NumericSummary) -> String {
        let figures =
            "\(NumberFormat.short(summary.min)) … \(NumberFormat.short(summary.max)), mean \(NumberFormat.short(summary.mean)) ± \(NumberFormat.short(summary.sd))"
        let outliers = summary.outliers.count == 0 ? "" : ", \(counted(summary.outliers.count, "outlier"))"
        let room = max(16, width - 58)
        return Sparkline.of(merged(summary.histogram.counts)) + " " + TextTable.clipped(figures + outliers, to: room)
    }

    private func categorical(_ summary: CategoryProfile) -> String {
        let rare = summary.rareCount.map { $0 == 0 ? "" : ", \($0) rare" } ?? ""
        let room = max(20, width - 58 + 11) - rare.count
        let top = summary.top.prefix(3).map { entry in
            "\(TextTable.clipped(entry.value, to: 18)) \(NumberFormat.percent(entry.share))"
        }
        return TextTable.clipped(top.joined(separator: ", "), to: room) + rare
    }

    private func target(_ target: TargetProfile) -> String {
        var table = TextTable([.left, .right, .right, .left])
        for entry in target.classes.prefix(5) {
            let bar = String(repeating: "█", count: max(1, Int((entry.share * 30).rounded())))
            table.add([
                TextTable.clipped(entry.value, to: 24), entry.count.grouped, NumberFormat.percent(entry.share), bar,
            ])
        }
        let balance = target.imbalanceRatio.map { ", ratio \(NumberFormat.fixed($0, 2))" } ?? ""
        return style.bold("Target")
            + style.dim("  \(target.column)\(balance), entropy \(NumberFormat.fixed(target.entropy, 4)) nats\n")
            + table.lines { _, column, cell in column == 3 ? style.accent(cell) : cell }
    }

    /// Twenty bins as ten, which is as much as a line has room for.
    private func merged(_ counts: [Int]) -> [Int] {
        guard counts.count > 10 else { return counts }
        return stride(from: 0, to: counts.count, by: 2).map { counts[$0] + ($0 + 1 < counts.count ? counts[$0 + 1] : 0) }
    }
}
