package import LeewayCore
package import LeewayMonitor

/// What a look at one model came to.
package struct MonitorOutcome: Sendable {
    /// What the window's rows together show.
    package struct Window: Sendable {
        package let hours: Range<Int>
        /// The columns, and the performance where the version says how it was tested.
        package var findings: DriftFindings

        /// When the hours begin and end.
        package var times: (from: Timestamp, to: Timestamp) {
            (Timestamp(hour: hours.lowerBound), Timestamp(hour: hours.upperBound))
        }
    }

    package let version: ModelVersion
    package let time: Timestamp
    package var window = MonitorPart<Window>.leftOut("It was not looked at.")
    /// The rows, one after the other.
    package var stream = MonitorPart<StreamFinding>.leftOut("They were not looked at.")
    /// The labels, one after the other.
    package var harm = MonitorPart<HarmFinding>.leftOut("They were not looked at.")
    /// How good the version was on the window's rows with a label.
    package var realised = MonitorPart<PerformanceFigures>.leftOut("It was not looked at.")
    /// Whether the version is estimated to be worse than it was.
    package var isEstimatedDrop = false
    /// What people are told, if anybody wants to be.
    package var alerts: [AlertEvent] = []
    /// Why the version could not be looked at, or the outcome not be kept.
    package var failure: LeewayError?

    package init(version: ModelVersion, time: Timestamp) { (self.version, self.time) = (version, time) }

    /// The cause of an alarm over labels.
    package static let harmCause = "performance"

    /// All that failed, each once: what one part stumbles on stops others, too.
    package var failures: [LeewayError] {
        var failures: [LeewayError] = []
        for found in [failure, window.failure, stream.failure, harm.failure, realised.failure].compactMap(\.self)
        where !failures.contains(found) {
            failures.append(found)
        }
        return failures
    }

    /// Drift where the window, the rows or the labels say so; else what the window says, and no evidence where it could not be looked at.
    package var verdict: DriftReport.Verdict {
        if isAlarm { return .drift }
        return window.found?.findings.report.verdict ?? .noEvidence
    }

    /// The columns that drifted, and `performance` where the model does harm; sorted.
    package var causes: [String] {
        var causes: Set<String> = []
        if let report = window.found?.findings.report, report.verdict == .drift {
            causes.formUnion(report.drifted.map(\.name))
        }
        if let stream = stream.found {
            causes.formUnion(stream.alarms.columns.union(stream.standing?.columns ?? []))
        }
        if isHarm { causes.insert(Self.harmCause) }
        return causes.sorted()
    }

    /// Whether labels say that the version is wrong more often than it was.
    package var isRealisedDrop: Bool { isHarm }

    /// Whether the version must be worse than it was, as far as can be told without labels.
    package func isEstimatedDrop(tolerance: Double) -> Bool {
        window.found?.findings.performance?.isDrop(tolerance: tolerance) ?? false
    }

    private var isHarm: Bool { harm.found.map { $0.alarms.count > 0 || $0.standing != nil } ?? false }

    private var isAlarm: Bool {
        window.found?.findings.report.verdict == .drift
            || stream.found.map { $0.alarms.count > 0 || $0.standing != nil } ?? false || isHarm
    }

    /// What it is for the policy of alerts: drift that was found counts, whatever else failed.
    var sighting: CheckSighting {
        if isAlarm { return .drift(causes: Set(causes)) }
        if let failure = failures.first { return .failed(code: failure.code.description) }
        return verdict == .noDrift ? .noDrift : .noEvidence
    }

    /// What an alert says of the check.
    var alertCheck: AlertEvent.Check {
        AlertEvent.Check(
            model: version.model, version: version.number, rows: window.found?.findings.report.windowRows,
            window: window.found.map { .init(from: $0.times.from, to: $0.times.to) })
    }
}
