import LeewayCore
import LeewayWorkflow

/// The statistics of the logs as a person reads them.
struct LogStatsText {
    /// The most hours that are shown one by one.
    private static let most = 12

    let style: Style

    func text(_ statistics: LogStatistics) -> String {
        guard !statistics.segments.isEmpty else {
            return "Nothing was answered yet. The server logs what it answers: 'leeway serve'.\n"
        }
        return [versions(statistics), segments(statistics), feedback(statistics.feedback), counts(statistics)]
            .joined(separator: "\n")
    }

    private func versions(_ statistics: LogStatistics) -> String {
        var text = style.bold("Answers") + "\n"
        if statistics.versions.isEmpty { return text + "  none in this time\n" }
        var table = TextTable([.left, .right, .right, .right, .right, .right, .right, .left, .left])
        table.add([
            "model", "version", "rows", "positive", "mean probability", "median", "p99", "first", "last",
        ])
        for version in statistics.versions {
            table.add([
                TextTable.clipped(version.model, to: 30), "\(version.number)", version.rows.grouped,
                version.positiveShare.map(NumberFormat.percent) ?? "–", NumberFormat.fixed(version.meanProbability, 4),
                version.medianLatency.map(NumberFormat.microseconds) ?? "–",
                version.latencyP99.map(NumberFormat.microseconds) ?? "–", Self.short(version.first),
                Self.short(version.last),
            ])
        }
        text += table.lines { row, column, cell in row == 0 || column >= 7 ? style.dim(cell) : cell }
        if statistics.unreadableLines > 0 {
            text +=
                "  \(style.warning("!")) \(counted(statistics.unreadableLines, "line")) can't be read: damaged, or just being written\n"
        }
        return text
    }

    private func segments(_ statistics: LogStatistics) -> String {
        var table = TextTable([.left, .left, .right, .right, .left, .left])
        table.add(["log", "state", "segments", "size", "first begun", "last begun"])
        for own in statistics.segments {
            table.add([
                own.log.rawValue, own.state.rawValue, own.count.grouped, NumberFormat.bytes(own.bytes),
                Self.short(own.oldest), Self.short(own.newest),
            ])
        }
        return style.bold("Segments") + "\n"
            + table.lines { row, column, cell in
                guard row > 0 else { return style.dim(cell) }
                if column == 1, statistics.segments[row - 1].state == .abandoned { return style.warning(cell) }
                return column >= 4 ? style.dim(cell) : cell
            }
    }

    private func feedback(_ feedback: LogStatistics.Feedback) -> String {
        let verb = feedback.predictions == 1 ? "has" : "have"
        let predictions = "\(counted(feedback.predictions, "prediction")) \(verb) a label"
        return "\(style.bold("Feedback"))\n  \(predictions), \(counted(feedback.lines, "line")) in the log\n"
    }

    private func counts(_ statistics: LogStatistics) -> String {
        let differing = statistics.differingHours
        let title = style.bold("Window counts") + "\n"
        let hours = counted(statistics.comparedHours, "hour")
        guard !differing.isEmpty else {
            guard statistics.comparedHours > 0 else { return title + "  nothing to compare\n" }
            return title + "  \(style.good("✓")) \(hours) compared, the registry has counted each row\n"
        }
        var table = TextTable([.left, .left, .right, .right, .right])
        table.add(["hour", "model", "version", "in the log", "counted"])
        for hour in differing.suffix(Self.most) {
            table.add([
                Self.short(hour.time), TextTable.clipped(hour.model, to: 30), "\(hour.number)", hour.logged.grouped,
                hour.counted.grouped,
            ])
        }
        let verb = differing.count == 1 ? "differs" : "differ"
        let shown = differing.count > Self.most ? "; the last \(Self.most)" : ""
        let said = "\(differing.count.grouped) of \(hours) \(verb)\(shown). 'leeway log stats --help' tells why."
        return title + "  \(style.warning("!")) \(said)\n"
            + table.lines { row, _, cell in row == 0 ? style.dim(cell) : cell }
    }

    static func short(_ time: Timestamp) -> String {
        String(time.description.prefix(19)).replacing("T", with: " ")
    }
}
