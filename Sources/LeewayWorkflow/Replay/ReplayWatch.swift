import LeewayCore
import LeewayMonitor

/// Watches the rows and the labels of a replay's champion, as a monitor watches a log.
struct ReplayWatch {
    private let settings: MonitoringConfiguration
    private let model: ReplayModel
    private var steps: [(time: Int64, counts: WindowCounts)] = []
    private var stream: SequentialColumns?
    private var harm: SequentialHarm?
    private var alarms: (stream: Int64?, harm: Int64?)
    private var streamColumns: [String] = []

    /// Starts to watch a version; without `watchesRows`, windows alone are looked at.
    init(_ model: ReplayModel, _ settings: MonitoringConfiguration, watchesRows: Bool) throws(LeewayError) {
        (self.model, self.settings) = (model, settings)
        guard watchesRows else { return }
        stream = try SequentialColumns(
            model.reference, contract: settings.sequential.contract.falseAlarms, reset: .reference,
            seed: UInt64(model.number))
        harm = try? SequentialHarm(
            errors: model.performance.errors, rows: model.performance.rows, tolerance: settings.harmTolerance,
            contract: settings.sequential.contract.falseAlarms)
    }

    /// Looks at the rows of a step, and at what was said of them.
    mutating func add(_ rows: [Int], scores: [Double], of history: ReplayHistory, at time: Int64) throws(LeewayError) {
        var counts = WindowCounts(model.bins)
        var columns: [(place: Int, numbers: [Double]?, codes: [Int32])] = []
        for (place, reference) in model.reference.enumerated() {
            switch try history.data.dataset.values(reference.column) {
            case .numeric(let values): columns.append((place, rows.map { values[$0] }, []))
            case .categorical(let values):
                let known = model.codes(values, place)
                columns.append(
                    (
                        place, nil,
                        rows.map { row in
                            let code = values.codes[row]
                            return code < 0 ? WindowCounts.missingCode : known[Int(code)]
                        }
                    ))
            }
        }
        for row in rows.indices {
            for column in columns {
                if let numbers = column.numbers {
                    counts.add(number: numbers[row], to: column.place)
                    stream?.add(number: numbers[row], to: column.place)
                } else {
                    counts.add(code: column.codes[row], to: column.place)
                    stream?.add(code: column.codes[row], to: column.place)
                }
            }
            counts.add(number: scores[row], to: model.bins.score)
            counts.add(code: scores[row] >= model.performance.threshold ? 1 : 0, to: model.bins.label)
            counts.endRow()
            if let alarm = stream?.endRow() {
                alarms.stream = time
                let found = alarm.columns.filter(\.isDrift).map(\.name)
                streamColumns = found.isEmpty ? alarm.columns.prefix(1).map(\.name) : found
            }
        }
        steps.append((time, counts))
    }

    /// Looks at labels that came in, with what this version said of their rows.
    mutating func add(labels: [(score: Double, label: Bool)], at time: Int64) {
        for row in labels {
            harm?.add(loss: (row.score >= model.performance.threshold) == row.label ? 0 : 1)
            guard harm?.isAlarm ?? false else { continue }
            alarms.harm = time
            harm?.reset()
        }
    }

    /// What a check finds at the end of a step.
    mutating func check(at time: Int64, importance: [String: Double] = [:]) -> RetrainEvent.Check {
        let length = Int64(settings.window.wholeMilliseconds)
        steps.removeAll { $0.time <= time - length }
        var window = WindowCounts(model.bins)
        for step in steps { window.merge(step.counts) }
        var drift = settings.drift
        drift.minimumRows = settings.minimumRows
        var pairs = model.reference.map { ColumnPair($0, window, importance: importance[$0.column]) }
        pairs += ColumnPair.answers(model.performance, window)
        let report = DriftCheck(drift).evaluate(
            pairs, referenceRows: model.trainCount, windowRows: window.rows)
        let isStream = alarms.stream.map { time - $0 < length } ?? false
        let isHarm = alarms.harm.map { time - $0 < length } ?? false
        let estimated = PerformanceFindings(
            reference: model.performance.realised, estimated: model.performance.estimate(window), realised: nil)
        let isDrift: Bool? =
            report.verdict == .drift || isStream ? true : report.verdict == .noDrift ? false : nil
        return RetrainEvent.Check(
            version: model.number, isDrift: isDrift, isRealisedDrop: isHarm,
            isEstimatedDrop: estimated.isDrop(tolerance: settings.harmTolerance),
            causes: Set(report.drifted.map(\.name) + (isStream ? streamColumns : [])).sorted())
    }
}
