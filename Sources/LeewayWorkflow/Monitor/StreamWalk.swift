import LeewayCore
import LeewayEngine
import LeewayMonitor

/// The detectors on their way through the rows, one by one or in blocks.
struct StreamWalk: Sendable {
    /// Rows as blocks, and those of the block that is not full yet.
    private struct Blocks: Sendable {
        var detector: BlockDetector
        var counts: WindowCounts
        let size: Int
    }

    /// Rows that are done with: with blocks, those of full ones.
    private(set) var rows = 0
    /// Rows that were read.
    private(set) var readRows = 0
    private(set) var state: WatchState
    private(set) var alarms = AlarmTally()

    private let columns: [ComparedColumn]
    private let bins: WindowBins
    private let now: Timestamp
    private var single: SequentialColumns?
    private var blocks: Blocks?

    /// Goes on from a state; one of other settings is none: evidence begins anew, from the same row on.
    ///
    /// - Throws: `invalidSetting`.
    init(
        _ columns: [ComparedColumn], _ counts: [ReferenceCounts], _ rule: MonitoringConfiguration.Sequential,
        seed: UInt64, from state: WatchState, now: Timestamp
    ) throws(LeewayError) {
        (self.columns, self.state, self.now) = (columns, state, now)
        bins = WindowBins(counts, labels: [])
        if let size = rule.block {
            var detector = try BlockDetector(counts, bins, contract: rule.falseAlarms, seed: seed)
            try? detector.restore(state.detector)
            blocks = Blocks(detector: detector, counts: WindowCounts(bins), size: size)
        } else {
            // Held against the training data for good: a change that lasts stays one, and its end is none.
            var detector = try SequentialColumns(
                counts, contract: rule.falseAlarms, reset: .reference, seed: seed)
            try? detector.restore(state.detector)
            single = detector
        }
    }

    /// The detectors' evidence.
    var evidence: StreamFinding.Evidence {
        StreamFinding.Evidence(
            value: single?.evidence ?? blocks?.detector.evidence ?? 0,
            threshold: single?.contract.threshold ?? blocks?.detector.contract.threshold ?? 0,
            columns: single?.ranking() ?? blocks?.detector.ranking() ?? [])
    }

    /// What is to be kept.
    var endState: WatchState {
        var end = state
        end.detector = single?.encoded() ?? blocks?.detector.encoded() ?? []
        return end
    }

    /// Looks at the rows of a batch: the columns, then the ids.
    ///
    /// - Throws: what the batch says of itself.
    mutating func add(_ batch: borrowing ArrowBatch) throws {
        var (numbers, codes) = ([[Double]](), [[Int32]]())
        for (place, column) in columns.enumerated() {
            var (own, ownCodes) = ([Double](), [Int32]())
            if column.kind == .number {
                try batch.appendNumbers(of: place, to: &own)
            } else {
                try batch.withTexts(of: place) { texts in
                    ownCodes = texts.map { text in
                        text.string.map { bins.code(of: $0, in: place) } ?? WindowCounts.missingCode
                    }
                }
            }
            numbers.append(own)
            codes.append(ownCodes)
        }
        try batch.withTexts(of: columns.count) { ids in
            for row in ids.indices {
                for (place, column) in columns.enumerated() {
                    if column.kind == .number {
                        single?.add(number: numbers[place][row], to: place)
                        blocks?.counts.add(number: numbers[place][row], to: place)
                    } else {
                        single?.add(code: codes[place][row], to: place)
                        blocks?.counts.add(code: codes[place][row], to: place)
                    }
                }
                end(row: ids[row])
            }
        }
    }

    private mutating func end(row id: ArrowText) {
        readRows += 1
        if let alarm = single?.endRow() { raise(alarm, id, rows: alarm.rowsInRun) }
        if let size = blocks?.size {
            blocks?.counts.endRow()
            guard readRows.isMultiple(of: size) else { return }
            if let counts = blocks?.counts, let alarm = blocks?.detector.add(counts) {
                raise(alarm, id, rows: alarm.rowsInRun * size)
            }
            blocks?.counts = WindowCounts(bins)
        }
        rows = readRows
        state.lastID = id.string ?? state.lastID
    }

    private mutating func raise(_ alarm: SequentialAlarm, _ id: ArrowText, rows: Int) {
        let found = alarm.columns.filter(\.isDrift).map(\.name)
        let standing = StandingAlarm(
            at: UUIDv7(id.string ?? "")?.time ?? now, foundAt: now, rows: rows, evidence: alarm.evidence,
            columns: found.isEmpty ? alarm.columns.prefix(1).map(\.name) : found)
        alarms.add(standing)
        state.raise(standing)
    }
}
