package import LeewayCore
import LeewayStats

/// How often a rule raises an alarm where nothing moved: rows of one table are parted by chance into reference and window,
/// again and again.
///
/// Rows are taken to be independent of each other; a table whose rows come in runs of alike ones is quieter when it is shuffled.
package struct QuietReplay: Sendable {
    /// What came of it.
    package struct Outcome: Sendable, Equatable {
        package let repetitions: Int
        /// Parts in which the data set drifted.
        package let alarms: Int
        /// Parts in which each column that the rule looks at drifted, in the columns' order.
        package let columns: [(name: String, alarms: Int)]
        package let referenceRows: Int
        package let windowRows: Int

        package static func == (left: Outcome, right: Outcome) -> Bool {
            left.repetitions == right.repetitions && left.alarms == right.alarms
                && left.columns.map(\.name) == right.columns.map(\.name)
                && left.columns.map(\.alarms) == right.columns.map(\.alarms)
                && left.referenceRows == right.referenceRows && left.windowRows == right.windowRows
        }
    }

    private let settings: DriftSettings
    private let windowRows: Int
    private let repetitions: Int
    private let seed: UInt64

    /// Takes the rule, the rows of a window, and how often to try.
    package init(_ settings: DriftSettings, windowRows: Int, repetitions: Int, seed: UInt64) {
        precondition(windowRows > 0 && repetitions > 0, "A replay has windows with rows.")
        (self.settings, self.windowRows, self.repetitions, self.seed) = (settings, windowRows, repetitions, seed)
    }

    /// Tries the rule on rows; the window is at most half of them.
    ///
    /// - Throws: `notEnoughRows` below four rows; `interrupted` where `isCancelled` says so.
    package func run(
        _ table: Dataset, isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
    ) throws(LeewayError) -> Outcome {
        guard table.rowCount >= 4 else {
            throw LeewayError(.notEnoughRows, "A replay needs four rows; there are \(table.rowCount).")
        }
        let size = min(windowRows, table.rowCount / 2)
        var generator = SeededGenerator(seed: seed)
        var rows = Array(0..<table.rowCount)
        var (alarms, columns) = (0, [(name: String, alarms: Int)]())
        for repetition in 0..<repetitions {
            guard !isCancelled() else { throw LeewayError(.interrupted, "The replay was cancelled.") }
            // The first rows of a shuffle are a draw without replacement: no more of it is needed.
            for place in 0..<size { rows.swapAt(place, place + generator.next(below: rows.count - place)) }
            let (window, reference) = (Array(rows.prefix(size)), Array(rows.dropFirst(size)))
            let report = check(table, reference, window)
            if report.verdict == .drift { alarms += 1 }
            // The same ones each time: which they are, the rule says.
            if columns.isEmpty { columns = report.columns.map { ($0.name, 0) } }
            for (place, column) in report.columns.enumerated() where column.isDrift { columns[place].alarms += 1 }
            progress(repetition + 1)
        }
        return Outcome(
            repetitions: repetitions, alarms: alarms, columns: columns, referenceRows: table.rowCount - size,
            windowRows: size)
    }

    private func check(_ table: Dataset, _ reference: [Int], _ window: [Int]) -> DriftReport {
        let pairs = table.columns.map { column in
            let counts = ReferenceCounts(Dataset.Column(column.name, column.values.rows(reference)))
            let bins = WindowBins([counts], labels: [])
            var counted = WindowCounts(bins)
            switch column.values {
            case .numeric(let numbers): for row in window { counted.add(number: numbers[row], to: 0) }
            case .categorical(let categorical):
                let codes = categorical.categories.map { bins.code(of: $0, in: 0) }
                for row in window {
                    let code = categorical.codes[row]
                    counted.add(code: code < 0 ? WindowCounts.missingCode : codes[Int(code)], to: 0)
                }
            }
            counted.endRows(window.count)
            return ColumnPair(counts, counted, importance: nil)
        }
        return DriftCheck(settings).evaluate(pairs, referenceRows: reference.count, windowRows: window.count)
    }
}
