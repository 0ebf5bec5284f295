import LeewayCore
import LeewayEngine
import LeewayMonitor

/// What a window is held against: the columns, their counts, and some rows as they were.
struct DriftReference: Sendable {
    /// What it is, for a person.
    let name: String
    /// The columns that are compared, in their order.
    let columns: [ComparedColumn]
    let counts: [ReferenceCounts]
    let rows: Int
    /// Some rows; empty where none are kept.
    var sample: [Dataset.Column]
    /// What to know of the reference.
    var notes: [String] = []
    /// Each feature's share of what the model's performance depends on, by name; empty where nobody knows.
    var importance: [String: Double] = [:]
}

extension DriftReference {
    /// Reads files as the reference; the columns are those that `current` has as well, of kinds that can be compared.
    static func read(
        _ files: ScannedFiles, beside current: ScannedFiles, ignoring dropped: Set<String>, isParallel: Bool,
        seed: UInt64,
        engine: any Engine
    ) async throws -> DriftReference {
        var (columns, notes) = comparable(files, ignoring: dropped)
        for name in current.names where !files.names.contains(name) {
            notes.append("Column '\(name)' is new: the reference has none like it.")
        }
        guard !columns.isEmpty else {
            throw LeewayError(
                .noUsableValues, "The reference has no column that can be compared.",
                hint: "Numbers, texts and booleans are compared.")
        }
        let output = try await ReferenceReading(
            pass: TablePass(files: files, engine: engine, isParallel: isParallel), seed: seed
        ).run(columns)
        for name in output.wide {
            notes.append(
                "Column '\(name)' is left out: it has more than \(TextTally.limit.grouped) distinct texts, like an identifier."
            )
        }
        return DriftReference(
            name: files.name, columns: columns.filter { !output.wide.contains($0.name) }, counts: output.counts,
            rows: output.rows,
            sample: output.sample, notes: notes)
    }

    /// The columns of files that can be compared, and why others are not.
    static func comparable(
        _ files: ScannedFiles, ignoring dropped: Set<String>
    ) -> (columns: [ComparedColumn], notes: [String]) {
        var (columns, notes) = ([ComparedColumn](), [String]())
        for name in files.names where !dropped.contains(name) {
            guard let kind = kind(files.types(of: name)) else {
                notes.append("Column '\(name)' is left out: dates, times and nested values are not compared.")
                continue
            }
            columns.append(
                ComparedColumn(name: name, kind: kind, isBoolean: files.types(of: name).contains(.boolean)))
        }
        return (columns, notes)
    }

    /// What columns of these types are compared as; nil where they can't be.
    private static func kind(_ types: [ColumnType?]) -> ColumnDrift.Kind? {
        if types.allSatisfy({ $0?.isNumeric == true }) { return .number }
        return types.allSatisfy({ $0 == .text || $0 == .boolean || $0?.isNumeric == true }) ? .category : nil
    }
}
