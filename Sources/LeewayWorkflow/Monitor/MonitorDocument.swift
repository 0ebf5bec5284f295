package import LeewayCore
import LeewayMonitor

/// What a look at a model found, as JSON; docs/monitoring.md tells the keys.
package struct MonitorDocument: Encodable, Sendable {
    private let outcome: MonitorOutcome

    package init(_ outcome: MonitorOutcome) { self.outcome = outcome }

    /// All of it on one line.
    ///
    /// - Throws: `damagedArtifact`.
    package func line() throws(LeewayError) -> String {
        String(decoding: try AlertDesk.encode(self), as: UTF8.self) + "\n"
    }

    private enum Key: String, CodingKey {
        case model
        case version
        case time
        case verdict
        case causes
        case realisedDrop = "realised_drop"
        case estimatedDrop = "estimated_drop"
        case window
        case check
        case stream
        case harm
        case performance
        case alerts
        case errors
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(outcome.version.model, forKey: .model)
        try container.encode(outcome.version.number, forKey: .version)
        try container.encode(outcome.time.description, forKey: .time)
        try container.encode(outcome.verdict, forKey: .verdict)
        try container.encode(outcome.causes, forKey: .causes)
        try container.encode(outcome.isRealisedDrop, forKey: .realisedDrop)
        try container.encode(outcome.isEstimatedDrop, forKey: .estimatedDrop)
        if var window = outcome.window.found {
            let (from, to) = window.times
            try container.encode(AlertEvent.Window(from: from, to: to), forKey: .window)
            if let performance = window.findings.performance {
                try container.encode(Performance(performance, outcome.realised), forKey: .performance)
            }
            // Told once, with what labels say.
            window.findings.performance = nil
            try container.encode(DriftDocument(window.findings), forKey: .check)
        }
        try container.encode(Part(outcome.stream, Stream.init), forKey: .stream)
        try container.encode(Part(outcome.harm, Harm.init), forKey: .harm)
        try container.encode(outcome.alerts, forKey: .alerts)
        try container.encode(outcome.failures.map { Failure($0) }, forKey: .errors)
    }
}

/// An error as JSON.
private struct Failure: Encodable {
    let code: String
    let message: String
    let hint: String?

    init(_ error: LeewayError) { (code, message, hint) = (error.code.description, error.message, error.hint) }
}

/// What was found, or why there is nothing.
private struct Part<Document: Encodable>: Encodable {
    let document: Document?
    let reason: String?
    let failure: LeewayError?

    private enum Key: String, CodingKey {
        case leftOut = "left_out"
        case error
    }

    init<Found>(_ part: MonitorPart<Found>, _ document: (Found) -> Document) {
        self.document = part.found.map(document)
        if case .leftOut(let reason) = part { self.reason = reason } else { reason = nil }
        failure = part.failure
    }

    func encode(to encoder: any Encoder) throws {
        if let document { return try document.encode(to: encoder) }
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(reason, forKey: .leftOut)
        try container.encodeIfPresent(failure.map { Failure($0) }, forKey: .error)
    }
}

private struct Alarm: Encodable {
    let time: String
    let rows: Int
    let evidence: Double
    let columns: [String]

    init(_ alarm: StandingAlarm) {
        (time, rows) = (alarm.time.description, alarm.rows)
        (evidence, columns) = (alarm.evidence, alarm.columns)
    }
}

private struct Stream: Encodable {
    struct Column: Encodable {
        let name: String
        let evidence: Double
    }

    let rows: Int
    let block: Int?
    let more: Bool
    let clockBehind: Double?
    let evidence: Double
    let threshold: Double
    let columns: [Column]
    let alarmCount: Int
    let alarms: [Alarm]
    let standing: Alarm?

    enum CodingKeys: String, CodingKey {
        case rows
        case block
        case more
        case clockBehind = "clock_behind_seconds"
        case evidence
        case threshold
        case columns
        case alarmCount = "alarm_count"
        case alarms
        case standing
    }

    init(_ found: StreamFinding) {
        (rows, block, more) = (found.rows, found.block, found.isCutShort)
        clockBehind = found.lag.map { Double($0.wholeMilliseconds) / 1000 }
        (evidence, threshold) = (found.evidence.value, found.evidence.threshold)
        columns = found.evidence.columns.map { Column(name: $0.name, evidence: $0.evidence) }
        (alarmCount, alarms) = (found.alarms.count, found.alarms.first.map { Alarm($0) })
        standing = found.standing.map { Alarm($0) }
    }
}

private struct Harm: Encodable {
    let labels: Int
    let errors: Int
    let more: Bool
    let clockBehind: Double?
    let evidence: Double
    let threshold: Double
    let testRisk: Double
    let toleratedRisk: Double
    let recentRisk: Double?
    let alarmCount: Int
    let alarms: [Alarm]
    let standing: Alarm?

    enum CodingKeys: String, CodingKey {
        case labels
        case errors
        case more
        case clockBehind = "clock_behind_seconds"
        case evidence
        case threshold
        case testRisk = "test_risk"
        case toleratedRisk = "tolerated_risk"
        case recentRisk = "recent_risk"
        case alarmCount = "alarm_count"
        case alarms
        case standing
    }

    init(_ found: HarmFinding) {
        (labels, errors, more) = (found.labels, found.errors, found.isCutShort)
        clockBehind = found.lag.map { Double($0.wholeMilliseconds) / 1000 }
        (evidence, threshold) = (found.evidence, found.threshold)
        (testRisk, toleratedRisk, recentRisk) = (found.testRisk, found.toleratedRisk, found.recentRisk)
        (alarmCount, alarms) = (found.alarms.count, found.alarms.first.map { Alarm($0) })
        standing = found.standing.map { Alarm($0) }
    }
}

private struct Performance: Encodable {
    let reference: PerformanceFigures
    let estimated: PerformanceFigures
    let realised: Part<PerformanceFigures>

    init(_ findings: PerformanceFindings, _ realised: MonitorPart<PerformanceFigures>) {
        (reference, estimated) = (findings.reference, findings.estimated)
        self.realised = Part(realised) { $0 }
    }
}
