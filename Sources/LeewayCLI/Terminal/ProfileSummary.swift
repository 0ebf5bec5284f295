import LeewayCore
import LeewayStats
import LeewayValidate
import LeewayWorkflow

/// A table's profile, a line a column.
struct ProfileSummary {
    let style: Style
    let width: Int
    /// The columns that the widest name takes.
    private let nameWidth: Int
    private let profile: TableProfile

    init(_ profile: TableProfile, style: Style, width: Int) {
        (self.profile, self.style, self.width) = (profile, style, width)
        nameWidth = min(24, profile.columns.map { TextTable.width($0.name) }.max() ?? 0)
    }

    func text(excluded: [(column: String, reason: String)]) -> String {
        var text =
            style.bold("Data") + "  \(counted(profile.rowCount, "row")), \(counted(profile.columnCount, "column")), "
        text +=
            "\(counted(profile.duplicateRowCount, "exact duplicate")), \(counted(profile.nullCellCount, "missing value"))\n"
        var table = TextTable([.left, .left, .right, .right, .left])
        table.add(["column", "type", "missing", "distinct", "values"])
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
        var parts = [
            "\(NumberFormat.short(summary.min)) … \(NumberFormat.short(summary.max))",
            "\(NumberFormat.short(summary.mean)) ± \(NumberFormat.short(summary.sd))",
        ]
        if summary.outliers.count > 0 { parts.append(counted(summary.outliers.count, "outlier")) }
        return Sparkline.of(merged(summary.histogram.counts)) + " " + fitting(parts, after: 11)
    }

    private func categorical(_ summary: CategoryProfile) -> String {
        let rare = summary.rareCount.map { $0 == 0 ? "" : ", \($0) rare" } ?? ""
        let frequent = summary.top.prefix(4).filter { $0.share >= 0.005 }
        guard !frequent.isEmpty else { return "every value is rare" }
        let top = frequent.map { entry in
            "\(TextTable.clipped(entry.value, to: 18)) \(NumberFormat.fixed(entry.share * 100, 0)) %"
        }
        return fitting(top, after: rare.count) + rare
    }

    /// As many parts as fit on the line beside the columns before them; always the first.
    private func fitting(_ parts: [String], after taken: Int) -> String {
        let room = max(24, min(width, 120) - nameWidth - 34) - taken
        var text = parts.first ?? ""
        for part in parts.dropFirst() {
            guard TextTable.width(text) + TextTable.width(part) + 2 <= room else { break }
            text += ", " + part
        }
        return text
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
        return stride(from: 0, to: counts.count, by: 2).map {
            counts[$0] + ($0 + 1 < counts.count ? counts[$0 + 1] : 0)
        }
    }
}
