package import LeewayCore
import LeewayStats

/// How many rows pass between false alarms of the sequential detectors, on shuffled rows of one table.
package struct QuietStreams: Sendable {
    /// What came of it.
    package struct Outcome: Sendable, Equatable {
        /// The rows that were looked at, of all streams.
        package let rows: Int
        package let alarms: Int
        /// The rows that the streams are compared with.
        package let referenceRows: Int

        /// The rows between false alarms; nil where none was raised.
        package var rowsPerAlarm: Double? { alarms > 0 ? Double(rows) / Double(alarms) : nil }
    }

    private let contract: FalseAlarmContract
    private let rows: Int
    private let seed: UInt64

    /// Takes the contract, and how many rows to look at in all, at least.
    package init(_ contract: FalseAlarmContract, rows: Int, seed: UInt64) {
        (self.contract, self.rows, self.seed) = (contract, rows, seed)
    }

    /// Watches streams: half of the rows, shuffled anew, are the reference of each, the others come one by one.
    ///
    /// - Throws: `notEnoughRows` below four rows; `invalidSetting`; `interrupted` where `isCancelled` says so.
    package func run(
        _ table: Dataset, isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
    ) throws(LeewayError) -> Outcome {
        guard table.rowCount >= 4 else {
            throw LeewayError(.notEnoughRows, "A replay needs four rows; there are \(table.rowCount).")
        }
        var generator = SeededGenerator(seed: seed)
        var order = Array(0..<table.rowCount)
        let half = table.rowCount / 2
        var (seen, alarms, stream) = (0, 0, UInt64(0))
        while seen < rows {
            order.shuffle(using: &generator)
            let reference = Array(order.prefix(half))
            let counts = table.columns.map { column in
                ReferenceCounts(Dataset.Column(column.name, column.values.rows(reference)))
            }
            let bins = WindowBins(counts, labels: [])
            let codes = table.columns.enumerated().map { place, column -> [Int32] in
                guard case .categorical(let categorical) = column.values else { return [] }
                return categorical.categories.map { bins.code(of: $0, in: place) }
            }
            var detectors = try SequentialColumns(counts, contract: contract, seed: seed &+ stream)
            stream += 1
            for row in order.dropFirst(half) {
                for (place, column) in table.columns.enumerated() {
                    switch column.values {
                    case .numeric(let numbers): detectors.add(number: numbers[row], to: place)
                    case .categorical(let categorical):
                        let code = categorical.codes[row]
                        detectors.add(code: code < 0 ? WindowCounts.missingCode : codes[place][Int(code)], to: place)
                    }
                }
                seen += 1
                if detectors.endRow() != nil { alarms += 1 }
            }
            guard !isCancelled() else { throw LeewayError(.interrupted, "The replay was cancelled.") }
            progress(min(seen, rows))
        }
        return Outcome(rows: seen, alarms: alarms, referenceRows: half)
    }
}
