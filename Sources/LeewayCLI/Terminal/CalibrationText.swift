import LeewayLearn
import LeewayMonitor
import LeewayStats
import LeewayWorkflow

/// What a replay of quiet windows and streams found, for a person and as JSON.
struct CalibrationText: Encodable {
    private let outcome: CalibrationRun.Outcome
    private let settings: DriftSettings
    private let contract: FalseAlarmContract

    init(_ outcome: CalibrationRun.Outcome, _ settings: DriftSettings, _ contract: FalseAlarmContract) {
        (self.outcome, self.settings, self.contract) = (outcome, settings, contract)
    }

    /// The share of windows with an alarm, with Wilson's interval.
    private var rate: (value: Double, interval: (lower: Double, upper: Double)) {
        let windows = outcome.windows
        let interval = BinomialInterval.wilson(
            successes: windows.alarms, trials: windows.repetitions, level: 0.95)
        return (Double(windows.alarms) / Double(windows.repetitions), (interval.lower, interval.upper))
    }

    func text(_ style: Style) -> String {
        let windows = outcome.windows
        let (rate, interval) = rate
        let promised = settings.policy == .classic || settings.correction == .none ? nil : settings.level
        let isKept = promised.map { interval.lower <= $0 }
        let mark = isKept == false ? style.bad("✗") : isKept == true ? style.good("✓") : style.dim("·")
        var text =
            style.bold("Calibration") + "  \(outcome.name)\n\n"
            + "\(mark) windows: \(NumberFormat.percent(rate)) of \(counted(windows.repetitions, "quiet window")) raised an alarm"
            + style.dim(
                " (95 % interval \(NumberFormat.percent(interval.lower)) – \(NumberFormat.percent(interval.upper)))\n")
            + "  \(counted(windows.windowRows, "row")) each, held against \(windows.referenceRows.grouped) others; "
            + (promised.map { "at most \(NumberFormat.percent($0)) is promised\n" } ?? "this rule promises nothing\n")
        let wolves = windows.columns.filter { $0.alarms > 0 }.sorted { $0.alarms > $1.alarms }.prefix(5)
        if !wolves.isEmpty {
            let named = wolves.map { "\(TextTable.clipped($0.name, to: 24)) \($0.alarms.grouped)" }
            text += style.dim("  most of them: \(named.joined(separator: ", "))\n")
        }
        if let streams = outcome.streams { text += "\n" + self.streams(streams, style) }
        return text
    }

    private func streams(_ streams: QuietStreams.Outcome, _ style: Style) -> String {
        let promise: String
        switch contract {
        case .runLength(let rows): promise = "at most one in \(Int(rows).grouped) is promised"
        case .level(let level): promise = "none, with a chance of \(NumberFormat.percent(1 - level)), is promised"
        }
        let found =
            streams.rowsPerAlarm.map { "one false alarm in \(Int($0).grouped) rows" } ?? "no false alarm"
        return "\(style.dim("·")) row by row: \(found), over \(counted(streams.rows, "row")); \(promise)\n"
    }

    private enum Key: String, CodingKey {
        case reference
        case windows
        case alarms
        case rate
        case interval
        case windowRows = "window_rows"
        case referenceRows = "reference_rows"
        case level
        case columns
        case streamRows = "stream_rows"
        case streamAlarms = "stream_alarms"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        let (rate, interval) = rate
        try container.encode(outcome.name, forKey: .reference)
        try container.encode(outcome.windows.repetitions, forKey: .windows)
        try container.encode(outcome.windows.alarms, forKey: .alarms)
        try container.encode(rate, forKey: .rate)
        try container.encode(ConfidenceInterval(lower: interval.lower, upper: interval.upper), forKey: .interval)
        try container.encode(outcome.windows.windowRows, forKey: .windowRows)
        try container.encode(outcome.windows.referenceRows, forKey: .referenceRows)
        try container.encode(settings.level, forKey: .level)
        let columns = Dictionary(outcome.windows.columns.map { ($0.name, $0.alarms) }) { first, _ in first }
        try container.encode(columns, forKey: .columns)
        try container.encodeIfPresent(outcome.streams?.rows, forKey: .streamRows)
        try container.encodeIfPresent(outcome.streams?.alarms, forKey: .streamAlarms)
    }
}
