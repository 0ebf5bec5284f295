import LeewayCore
import LeewayMonitor
import LeewayStore
import Synchronization

/// Keeps the window counts of what a server has answered, by model, version and hour, and puts them into the registry.
///
/// Counts are kept by segment of the log: the registry has what was counted of a segment's first so many bytes, so that
/// after the process was killed the rest is counted from the log, and nothing twice.
final class WindowKeeper: Sendable {
    private struct Key: Hashable {
        let model: String
        let number: Int
        let hour: Int
    }

    /// What was counted of a segment's first so many bytes.
    private struct Counted: Sendable {
        let segment: Segment.Name
        let bytes: Int
        let windows: [Key: WindowCounts]
    }

    private struct Current {
        let segment: Segment.Name
        let key: Key
        var counts: WindowCounts
    }

    private struct State {
        var segments: [Segment.Name: [Key: WindowCounts]] = [:]
        /// What the last rows were counted in, taken out of `segments`.
        var current: Current?
        /// How far the registry has the open segment's counts.
        var stored: (segment: Segment.Name, bytes: Int)?
        /// The tallies of versions that were loaded here: what merges their counts.
        var bins: [String: WindowBins] = [:]

        mutating func putBack() {
            guard let own = current else { return }
            current = nil
            segments[own.segment, default: [:]][own.key] = own.counts
        }
    }

    private let registry: Registry
    /// Makes names that no file has, for rows that stand in no segment.
    private let newName: @Sendable () -> UUIDv7
    /// What rows are counted under that stand in no segment, until they are stored.
    private let unlogged: Segment.Name
    private let state = Mutex(State())

    init(_ registry: Registry, newName: @escaping @Sendable () -> UUIDv7) {
        (self.registry, self.newName) = (registry, newName)
        unlogged = Segment.Name(newName())
    }

    /// Counts rows that are in the log now; rows of a version without a reference are not counted.
    func commit(_ segment: Segment.Name, _ answered: CountedRows) { count(segment, answered, fromLog: false) }

    /// Counts rows none of which is logged: a crash loses what the last checkpoint has not.
    func commitUnlogged(_ answered: CountedRows) { count(unlogged, answered, fromLog: false) }

    /// Counts rows of the log, after the process that answered them was killed.
    func recount(_ segment: Segment.Name, _ logged: CountedRows) { count(segment, logged, fromLog: true) }

    private func count(_ segment: Segment.Name, _ answered: CountedRows, fromLog: Bool) {
        guard let tally = answered.model.tally else { return }
        let version = answered.model.version
        state.withLock { state in
            let isSame =
                state.current.map {
                    $0.segment == segment && $0.key.hour == answered.hour && $0.key.number == version.number
                        && $0.key.model == version.model
                } ?? false
            if !isSame {
                state.putBack()
                let key = Key(model: version.model, number: version.number, hour: answered.hour)
                state.bins["\(version.model):\(version.number)"] = tally.bins
                let counts = state.segments[segment]?.removeValue(forKey: key) ?? WindowCounts(tally.bins)
                state.current = Current(segment: segment, key: key, counts: counts)
            }
            guard var own = state.current.take() else { return }
            tally.count(
                answered.rows, probabilities: answered.scores.probabilities, isPositive: answered.scores.isPositive,
                in: &own.counts, fromLog: fromLog)
            state.current = consume own
        }
    }

    /// Puts what was counted of the open segment, and of rows that are not logged, into the registry.
    ///
    /// - Throws: `registryFailed`, `diskFull`; then the next checkpoint has it.
    func checkpoint(_ log: SegmentedLog<CountedRows>) throws(LeewayError) {
        try storeUnlogged()
        let counted = log.atRest { (segment: Segment.Name, bytes: Int) -> Counted in
            Counted(segment: segment, bytes: bytes, windows: self.windows(of: segment))
        }
        let isStored = state.withLock { $0.stored.map { $0 == (counted.segment, counted.bytes) } ?? false }
        guard !counted.windows.isEmpty, !isStored else { return }
        try registry.checkpoint(
            segment: counted.segment.description, countedBytes: counted.bytes, windows: Self.rows(counted.windows))
        state.withLock { $0.stored = (counted.segment, counted.bytes) }
    }

    /// Adds what was counted of rows that are not logged to the totals.
    ///
    /// Each time under another name: what a crash leaves between the two steps is complete, and the next server adds it up.
    /// - Throws: `registryFailed`, `diskFull`; then nothing is lost.
    func storeUnlogged() throws(LeewayError) {
        let windows = state.withLock { state in
            state.putBack()
            return state.segments.removeValue(forKey: unlogged) ?? [:]
        }
        guard !windows.isEmpty else { return }
        let name = newName().description
        do throws(LeewayError) {
            try registry.checkpoint(segment: name, countedBytes: 0, windows: Self.rows(windows))
        } catch {
            putBack(windows)
            throw error
        }
        try fold(name)
        try registry.forget(segment: name)
    }

    private func putBack(_ windows: [Key: WindowCounts]) {
        state.withLock { state in
            state.putBack()
            state.segments[unlogged, default: [:]].merge(windows) { now, before in
                var sum = now
                sum.merge(before)
                return sum
            }
        }
    }

    /// Puts the counts of a segment that has ended into the registry, for good.
    ///
    /// - Throws: `registryFailed`, `diskFull`; then it is to be tried again.
    func seal(_ segment: Segment) throws(LeewayError) {
        try checkpointEnded(segment)
        try fold(segment.name.description)
        drop(segment.name)
    }

    /// Puts what was counted of a segment that grows no more into the registry.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    func checkpointEnded(_ segment: Segment) throws(LeewayError) {
        try registry.checkpoint(
            segment: segment.name.description, countedBytes: segment.bytes,
            windows: Self.rows(windows(of: segment.name)))
    }

    /// Adds the counts of a segment to the totals of their hours.
    ///
    /// - Throws: `registryFailed`, `diskFull`, `damagedArtifact`.
    func fold(_ segment: String) throws(LeewayError) {
        let bins = state.withLock { $0.bins }
        try registry.fold(segment: segment) { total, window throws(LeewayError) in
            guard let bins = bins["\(window.model):\(window.number)"] else {
                throw LeewayError(
                    .registryFailed,
                    "The counts of \(window.model) version \(window.number) can't be added up: it is not loaded.")
            }
            var counts = try WindowCounts(decoding: total.counts, bins)
            try counts.merge(decoding: window.counts)
            return counts.encoded()
        }
    }

    /// Takes over what the registry has of a segment that another process began, before the rest of it is counted.
    ///
    /// - Throws: `damagedArtifact`.
    func resume(
        _ segment: Segment.Name, _ rows: [WindowRow], _ bins: (WindowRow) throws(LeewayError) -> WindowBins?
    ) throws(LeewayError) {
        var windows: [Key: WindowCounts] = [:]
        for row in rows {
            guard let own = try bins(row) else { continue }
            windows[Key(model: row.model, number: row.number, hour: row.hour)] = try WindowCounts(
                decoding: row.counts, own)
            state.withLock { $0.bins["\(row.model):\(row.number)"] = own }
        }
        state.withLock { [windows] in $0.segments[segment] = windows }
    }

    /// Forgets what was counted of a segment.
    func drop(_ segment: Segment.Name) {
        state.withLock { state in
            state.putBack()
            state.segments[segment] = nil
        }
    }

    private func windows(of segment: Segment.Name) -> [Key: WindowCounts] {
        state.withLock { state in
            state.putBack()
            return state.segments[segment] ?? [:]
        }
    }

    private static func rows(_ windows: [Key: WindowCounts]) -> [WindowRow] {
        windows.map { key, counts in
            WindowRow(
                model: key.model, number: key.number, hour: key.hour, rows: counts.rows, counts: counts.encoded())
        }
    }
}
