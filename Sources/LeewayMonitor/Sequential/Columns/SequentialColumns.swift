package import LeewayCore

/// Watches all columns of a stream, row by row: one detector a column, one alarm for all.
///
/// The alarm is due where the weighted mean of the columns' evidence reaches the contract's threshold. e-BH then says which
/// columns changed: the k with the most evidence, for the largest k of which the least, times its weight in K, is at least
/// K / k of the threshold, among K columns.
///
/// - Guarantee: the contract holds for the one alarm, however the columns depend on each other: the mean of numbers whose
///   means are at most t is at most t. (Each column's ranks are exactly uniform given all rows as a heap; looking at many
///   columns' ranks at once tells of the heap what is of the order of 1 / rows of the reference.) For a fixed row, e-BH keeps the
///   expected share of false ones among the selected at or below rowsInRun / N, for any dependence.
/// - Cost: with K columns of equal weight a change in one is found ln K / KL rows later than by its own detector, where KL is the
///   information of a changed row.
/// - Source: Wang & Ramdas, False discovery rate control with e-values, JRSS B 84 (2022).
package struct SequentialColumns: Sendable {
    /// What happens after an alarm: all evidence is nothing again.
    package enum Reset: String, Sendable, Codable {
        /// The rows so far belong to what is normal from now on; the contract holds for the next run as for the first.
        case keepRows = "keep_rows"
        /// New rows are compared with the reference alone: a change that lasts is found again and again.
        case reference
    }

    /// What is promised.
    package let contract: FalseAlarmContract
    /// What happens after an alarm.
    package let reset: Reset
    /// Rows since the start.
    package private(set) var rows = 0
    /// Rows since the start or the last reset.
    package private(set) var rowsInRun = 0
    /// The columns, in the order of the reference.
    package private(set) var columns: [SequentialColumn]

    /// What the columns weigh, 1 in sum.
    private let weights: [Double]
    private let fingerprint: UInt64

    /// Starts before the first row of the stream.
    ///
    /// Rows name a column by its place in the reference. The weights may be the columns' importance, equal where nil; the bag says
    /// which rows numbers are ranked among; draws within ties depend on the seed.
    ///
    /// - Throws: `invalidSetting` where the contract can't be, or weights are not one number above 0 a column; `missingColumn`
    ///   without a column.
    package init(
        _ reference: [ReferenceCounts], contract: FalseAlarmContract, weights: [Double]? = nil, bag: RankBag = .all,
        reset: Reset = .keepRows, seed: UInt64
    ) throws(LeewayError) {
        guard !reference.isEmpty else { throw LeewayError(.missingColumn, "There is no column to watch.") }
        self.contract = try contract.checked()
        let weights = weights ?? reference.map { _ in 1 }
        guard weights.count == reference.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw LeewayError(.invalidSetting, "Each watched column needs a weight above 0.")
        }
        let sum = weights.reduce(0, +)
        self.weights = weights.map { $0 / sum }
        self.reset = reset
        var columns: [SequentialColumn] = []
        for (place, counts) in reference.enumerated() {
            // Columns must not share their draws.
            let own = seed ^ (UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15)
            columns.append(try SequentialColumn(counts, contract: contract, bag: bag, seed: own))
        }
        self.columns = columns
        fingerprint = Self.fingerprint(reference, self.contract, self.weights, bag, seed)
    }

    /// Looks at a number of the current row; NaN is missing.
    package mutating func add(number: Double, to column: Int) { columns[column].add(number: number) }

    /// Looks at a category of the current row: its place in the reference's, `WindowCounts.missingCode` or `newCode`.
    package mutating func add(code: Int32, to column: Int) { columns[column].add(code: code) }

    /// The weighted mean of the columns' evidence.
    package var evidence: Double {
        var sum = 0.0
        for place in columns.indices { sum += weights[place] * columns[place].evidence }
        return sum
    }

    /// Ends a row, in which columns that it did not have stay as they were.
    ///
    /// After an alarm all evidence is nothing again.
    package mutating func endRow() -> SequentialAlarm? {
        rows += 1
        rowsInRun += 1
        let evidence = evidence
        guard evidence >= contract.threshold else { return nil }
        let alarm = SequentialAlarm(row: rows, rowsInRun: rowsInRun, evidence: evidence, columns: ranking())
        for place in columns.indices { columns[place].reset(keepingRows: reset == .keepRows) }
        rowsInRun = 0
        return alarm
    }

    /// The columns by their evidence, with e-BH's selection.
    package func ranking() -> [SequentialAlarm.Column] {
        SequentialAlarm.ranking(
            columns.map { ($0.name, $0.evidence) }, weights: weights, threshold: contract.threshold)
    }

    /// The state as bytes, to go on later as if there had been no stop.
    package func encoded() -> [UInt8] {
        var state = StateWriter()
        state.append(rows)
        state.append(rowsInRun)
        for column in columns { column.write(to: &state) }
        return state.sealed(fingerprint)
    }

    /// Takes a state that `encoded` wrote, of a detector made with the same reference and settings.
    ///
    /// - Throws: `damagedArtifact`, also where it is the state of another detector; then this one is as it was.
    package mutating func restore(_ bytes: [UInt8]) throws(LeewayError) {
        var (state, restored) = (try StateReader(unsealing: bytes, fingerprint), self)
        (restored.rows, restored.rowsInRun) = (try state.count(), try state.count())
        for place in restored.columns.indices { try restored.columns[place].read(from: &state) }
        guard state.isAtEnd else { throw StateReader.damaged("it is too long") }
        self = restored
    }
}
