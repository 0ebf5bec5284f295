import LeewayWorkflow

/// What a replay found, as a person reads it.
struct ReplayText {
    let style: Style

    func text(_ report: ReplayReport) -> String {
        let days = { (time: String) in String(time.prefix(10)) }
        var text =
            "\(style.bold("Replay")) of \(report.rows.grouped) rows, \(days(report.from)) to \(days(report.to)); the first "
            + "\(report.warmUpRows.grouped) train, steps of \(report.step), labels \(report.labelDelay) late\n\n"
        var table = TextTable([.left, .right, .right, .right, .right, .right, .right])
        table.add(["Policy", "AUC", "log loss", "accuracy", "retrainings", "promoted", "CPU"])
        for policy in report.policies {
            table.add([
                policy.name, policy.rocAUC.map { NumberFormat.fixed($0, 4) } ?? "–",
                NumberFormat.fixed(policy.logLoss, 4), NumberFormat.fixed(policy.accuracy, 4),
                policy.retrainings.grouped, policy.promotions.grouped, NumberFormat.fixed(policy.cpuSeconds, 1) + " s",
            ])
        }
        text += table.lines { row, column, cell in row == 0 ? style.dim(cell) : column == 0 ? style.bold(cell) : cell }
        return text + behind(report) + "\n" + months(report)
    }

    private func behind(_ report: ReplayReport) -> String {
        guard let best = report.behind.first?.than else { return "" }
        var table = TextTable([.left, .right, .left, .right, .left])
        table.add(["Behind \(best)", "AUC", "95 %", "log loss", "95 %"])
        func cells(_ difference: ReplayReport.Difference.Interval?) -> [String] {
            guard let difference else { return ["–", ""] }
            let (lower, upper) = (NumberFormat.fixed(difference.lower, 4), NumberFormat.fixed(difference.upper, 4))
            return [NumberFormat.fixed(difference.value, 4), "\(lower) to \(upper)"]
        }
        for difference in report.behind {
            table.add([difference.policy] + cells(difference.rocAUC) + cells(difference.logLoss))
        }
        return "\n"
            + table.lines { row, column, cell in row == 0 || column == 2 || column == 4 ? style.dim(cell) : cell }
    }

    private func months(_ report: ReplayReport) -> String {
        guard let first = report.policies.first, first.months.count > 1 else { return "" }
        var table = TextTable([.left, .right] + report.policies.map { _ in .right })
        table.add(["AUC by month", "rows"] + report.policies.map(\.name))
        for (place, month) in first.months.enumerated() {
            let cells = report.policies.map { policy in
                place < policy.months.count
                    ? policy.months[place].rocAUC.map { NumberFormat.fixed($0, 4) } ?? "–" : ""
            }
            table.add([month.month, month.rows.grouped] + cells)
        }
        return table.lines { row, _, cell in row == 0 ? style.dim(cell) : cell }
    }
}
