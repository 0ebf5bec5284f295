import LeewayCore
import LeewayMonitor
import LeewayWorkflow

/// What a check of a model found, as a person reads it.
struct MonitorText {
    let style: Style
    let width: Int

    // MARK: All of it

    /// The whole check: the window's columns, the rows and the labels one by one, the performance, what is told.
    func text(_ outcome: MonitorOutcome) -> String {
        let (version, time) = (outcome.version, String(outcome.time.description.prefix(19)).replacing("T", with: " "))
        let name = TextTable.clipped(version.model, to: 40)
        var text = "\(style.bold("\(name) version \(version.number)"))  \(style.dim(time))\n\n"
        if outcome.failure != nil { text += "\(style.bad("✗ Not checked"))\n\n" }
        if case .found(let window) = outcome.window { text += self.window(window.findings) + "\n" }
        if outcome.window.found != nil || outcome.failures.isEmpty {
            text += section("Rows one by one", outcome.stream, stream)
            text += section("Labels one by one", outcome.harm, harm)
            text += unmeasured(outcome)
        }
        for event in outcome.alerts { text += "\(style.warning("→")) to be told: \(event.summary)\n" }
        return text
    }

    private func window(_ findings: DriftFindings) -> String {
        let text = DriftText(style: style, width: width)
        guard findings.report.windowRows == 0 else { return text.text(findings) }
        // A table of columns would say as often as there are columns that there are no rows.
        let nothing =
            "\(style.bold("Drift"))  \(findings.current.name) has no rows: \(style.warning("? no evidence"))\n"
        return nothing + (findings.performance?.realised == nil ? "" : text.performance(findings.performance))
    }

    private func section<Found>(_ title: String, _ part: MonitorPart<Found>, _ lines: (Found) -> [String]) -> String {
        let shown =
            switch part {
            case .found(let found): lines(found)
            case .leftOut(let reason): [style.dim("left out: \(reason)")]
            case .failed: [style.bad("✗ failed")]
            }
        return style.bold(title) + "\n" + shown.map { "  \($0)\n" }.joined()
    }

    // MARK: Rows and labels, one by one

    private func stream(_ found: StreamFinding) -> [String] {
        let unit = found.block == nil ? "" : ", in blocks of \(counted(found.block ?? 1, "row"))"
        let more = found.isCutShort ? "; more wait for the next check" : ""
        var lines = ["\(counted(found.rows, "row")) since the last check\(unit)\(more)"]
        lines += lag(found.lag, "row")
        lines += alarms(found.alarms, found.standing) { alarm in
            let names = alarm.columns.prefix(6).map { TextTable.clipped($0, to: 24) }.joined(separator: ", ")
            let more = alarm.columns.count > 6 ? " and \(alarm.columns.count - 6) more" : ""
            return "\(names)\(more) changed, after \(counted(alarm.rows, "row"))"
        }
        let leader = found.evidence.columns.first.map { ", most of it for \(TextTable.clipped($0.name, to: 24))" } ?? ""
        lines.append(evidence(found.evidence.value, found.evidence.threshold, leader))
        return lines
    }

    private func harm(_ found: HarmFinding) -> [String] {
        let more = found.isCutShort ? "; more wait for the next check" : ""
        var lines = ["\(counted(found.labels, "label")) since the last check\(more)"]
        lines += lag(found.lag, "label")
        lines += alarms(found.alarms, found.standing) { alarm in
            "the model is wrong more often than is tolerated, after \(counted(alarm.rows, "label"))"
        }
        lines.append(
            "wrong: \(wrong(found) ?? "not known yet"), \(NumberFormat.percent(found.testRisk)) when tested, \(NumberFormat.percent(found.toleratedRisk)) is tolerated"
        )
        lines.append(evidence(found.evidence, found.threshold, ""))
        return lines
    }

    private func alarms(
        _ new: AlarmTally, _ standing: StandingAlarm?, _ words: (StandingAlarm) -> String
    ) -> [String] {
        if let first = new.first.first {
            let more =
                new.count > 1 ? "; \(counted(new.count - 1, "alarm")) since, as it lasts" : ""
            return ["\(style.bad("● Alarm")): \(words(first)), at \(Self.minute(first.time))\(more)"]
        }
        return standing.map {
            ["\(style.bad("●")) \(style.bold("the alarm stands")): \(words($0)), at \(Self.minute($0.time))"]
        } ?? []
    }

    /// The share of this look's labels, or of the last ones where there are none now; nil where there never were any.
    private func wrong(_ found: HarmFinding) -> String? {
        found.labels > 0
            ? "\(NumberFormat.percent(Double(found.errors) / Double(found.labels))) of these"
            : found.recentRisk.map { "about \(NumberFormat.percent($0)) of the last" }
    }

    private func evidence(_ value: Double, _ threshold: Double, _ more: String) -> String {
        style.dim(
            "evidence \(NumberFormat.short(value)) of the \(NumberFormat.short(threshold)) that raise an alarm\(more)")
    }

    private func lag(_ lag: Duration?, _ noun: String) -> [String] {
        guard let lag else { return [] }
        return [
            style.warning("!")
                + " the clock is \(lag.written) behind the last \(noun) that was looked at: nothing is looked at twice, and what comes later waits"
        ]
    }

    /// Why the performance was not measured, where it could have been estimated.
    private func unmeasured(_ outcome: MonitorOutcome) -> String {
        guard outcome.window.found?.findings.performance != nil else { return "" }
        switch outcome.realised {
        case .found: return ""
        case .leftOut(let reason): return style.dim("Performance is not measured: \(reason)") + "\n"
        case .failed: return style.bad("✗ Performance could not be measured") + "\n"
        }
    }

    // MARK: Again and again

    /// A check of many: a line where nothing is to be told, else all of it, the time in front.
    func entry(_ outcome: MonitorOutcome) -> String {
        guard outcome.verdict == .drift || !outcome.failures.isEmpty || !outcome.alerts.isEmpty else {
            return line(outcome) + "\n"
        }
        return line(outcome) + "\n\n" + text(outcome) + "\n"
    }

    private func line(_ outcome: MonitorOutcome) -> String {
        let time = String(outcome.time.description.prefix(19)).replacing("T", with: " ")
        let verdict =
            switch outcome.verdict {
            case .drift: style.bad("● drift") + ": \(outcome.causes.prefix(6).joined(separator: ", "))"
            case .noDrift: style.good("✓ no drift")
            case .noEvidence: style.warning("? no evidence")
            }
        var parts = [outcome.failures.isEmpty ? verdict : style.bad("✗ failed")]
        if let window = outcome.window.found {
            parts.append("window \(counted(window.findings.report.windowRows, "row"))")
        }
        if let stream = outcome.stream.found {
            parts.append(
                "\(stream.rows.grouped) new, evidence \(NumberFormat.short(stream.evidence.value)) of \(NumberFormat.short(stream.evidence.threshold))"
            )
            if let lag = stream.lag { parts.append("clock \(lag.written) behind") }
        }
        if let harm = outcome.harm.found {
            parts.append(counted(harm.labels, "label") + (wrong(harm).map { ", wrong \($0)" } ?? ""))
        }
        let name = "\(TextTable.clipped(outcome.version.model, to: 30)) \(outcome.version.number)"
        return "\(style.dim(time))  \(style.bold(name))  \(parts.joined(separator: style.dim(" · ")))"
    }

    // MARK: Alerts

    /// Who was told.
    func told(_ reports: [AlertDelivery.Report]) -> String {
        reports.filter { $0.outcome == .delivered }
            .map { "\(style.good("✓")) \(Self.name($0)) was told of \($0.model)\n" }.joined()
    }

    /// Who could not be told, and what becomes of it.
    func untold(_ reports: [AlertDelivery.Report]) -> String {
        reports.map { report in
            switch report.outcome {
            case .delivered: ""
            case .kept(let reason):
                "\(style.warning("!")) \(Self.name(report)) could not be told of \(report.model): \(Self.why(reason, report)). It is tried again at a later check.\n"
            case .dropped(let reason):
                "\(style.bad("✗")) \(Self.name(report)) was not told of \(report.model), and will not be: \(Self.why(reason, report)).\n"
            }
        }.joined()
    }

    /// The reason, without the name that stands before it already.
    private static func why(_ reason: String, _ report: AlertDelivery.Report) -> String {
        let prefix = "\(report.sink): "
        return reason.hasPrefix(prefix) ? String(reason.dropFirst(prefix.count)) : reason
    }

    private static func name(_ report: AlertDelivery.Report) -> String { TextTable.clipped(report.sink, to: 60) }

    private static func minute(_ time: Timestamp) -> String {
        String(time.description.prefix(16)).replacing("T", with: " ")
    }
}
