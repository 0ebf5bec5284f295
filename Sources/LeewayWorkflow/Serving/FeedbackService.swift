package import LeewayCore
import LeewayStore
package import LeewayValidate
package import LeewayWire
import Synchronization

/// Takes true labels: into the log of the feedback, and into the registry, which knows the latest of each prediction.
///
/// The same label twice changes nothing, so a client that got no answer may ask again.
package final class FeedbackService: Sendable {
    private let registry: Registry
    private let predictions: LogFolder
    private let log: SegmentedLog<Void>
    private let catalog: ModelCatalog
    private let waiting: BlockingWork
    private let now: @Sendable () -> Timestamp
    private let state = Mutex<[FeedbackBody.Status: Int]>([:])

    init(
        _ registry: Registry, _ project: Project, _ log: SegmentedLog<Void>, _ catalog: ModelCatalog,
        _ waiting: BlockingWork, now: @escaping @Sendable () -> Timestamp
    ) {
        (self.registry, self.log, self.catalog) = (registry, log, catalog)
        (self.waiting, self.now) = (waiting, now)
        predictions = LogFolder(project.predictionLog)
    }

    /// How many items came to which end.
    package var counts: [FeedbackBody.Status: Int] { state.withLock { $0 } }

    /// The items whose labels are no class of any model.
    package func violations(_ body: FeedbackBody) -> [Violation] { body.violations(catalog.classes) }

    /// Takes labels that are classes, and tells what became of each.
    ///
    /// - Throws: `diskFull`, `logNotWritable`, `registryFailed`; then the whole may be sent again.
    package func take(
        _ body: FeedbackBody
    ) async throws(LeewayError) -> [(id: String, status: FeedbackBody.Status)] {
        let ids = body.items.map { UUIDv7($0.id) }
        let known = try await waiting.run { () throws(LeewayError) in try self.known(ids) }
        var statuses = [FeedbackBody.Status](repeating: .unknown, count: ids.count)
        let places = ids.indices.filter { known[$0] }
        let time = now()
        let entries = places.compactMap { place in
            ids[place].map { (id: $0, label: body.items[place].label, time: time) }
        }
        if !entries.isEmpty {
            // What is new only: a client that repeats itself does not make the log grow.
            let before = try await waiting.run { () throws(LeewayError) in
                try self.registry.feedback(for: entries.map(\.id))
            }
            var latest = before.mapValues(\.label)
            let news = entries.filter { latest.updateValue($0.label, forKey: $0.id) != $0.label }
            if !news.isEmpty { _ = try await log.append(Self.lines(news), ()) }
            let outcomes = try await waiting.run { () throws(LeewayError) in
                try self.registry.recordFeedback(entries)
            }
            for (place, outcome) in zip(places, outcomes) {
                statuses[place] = FeedbackBody.Status(rawValue: outcome.rawValue) ?? .recorded
            }
        }
        state.withLock { [statuses] counts in
            for status in statuses { counts[status, default: 0] += 1 }
        }
        return zip(body.items, statuses).map { ($0.id, $1) }
    }

    /// Which ids are those of predictions; what is no id is none.
    private func known(_ ids: [UUIDv7?]) throws(LeewayError) -> [Bool] {
        var found = try predictions.contains(ids: ids.compactMap { $0 }).makeIterator()
        return ids.map { $0 == nil ? false : found.next() ?? false }
    }

    private static func lines(_ entries: [(id: UUIDv7, label: String, time: Timestamp)]) -> LogLines {
        var writer = JSONWriter(capacity: entries.count * 192)
        var starts: [Int] = []
        for entry in entries {
            starts.append(writer.bytes.count)
            writer.raw(#"{"id":""#)
            writer.raw(LogLines.placeholder)
            writer.raw(#"","time":""#)
            entry.time.append(to: &writer.bytes)
            writer.raw(#"","prediction_id":""#)
            writer.uuid(entry.id)
            writer.raw(#"","label":"#)
            writer.text(entry.label)
            writer.raw("}\n")
        }
        return LogLines(bytes: writer.bytes, starts: starts)
    }
}
