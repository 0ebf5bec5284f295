import LeewayLearn

/// Holds a window against the reference, column by column, and says whether it drifted.
///
/// A column drifted where its p-value, corrected over all columns, is below the level and its distance, less what chance
/// gives, amounts to at least the effect floor. A test without a p-value decides by its interval: its lower end must reach
/// the floor. Where nothing can be said of a column, it is no evidence, neither of drift nor of calm.
package struct DriftCheck: Sendable {
    private let settings: DriftSettings

    package init(_ settings: DriftSettings) { self.settings = settings }

    /// Tests all columns; what tests of all columns together found is corrected with them.
    ///
    /// - Complexity: O(cells of all columns).
    package func evaluate(
        _ pairs: [ColumnPair], together: [DriftOutcome] = [], referenceRows: Int, windowRows: Int
    ) -> DriftReport {
        // The published rule knows numeric features alone.
        let pairs = settings.policy == .classic ? pairs.filter { $0.kind == .number && $0.role == .feature } : pairs
        let tested = pairs.map { pair in
            Tested(
                pair: pair, values: outcome(pair), missing: settings.policy == .classic ? nil : missing(pair.sides),
                extras: extras(pair))
        }
        let (columns, combined) = decide(tested, together)
        let share = driftedShare(columns)
        return DriftReport(
            settings: settings, referenceRows: referenceRows, windowRows: windowRows, columns: columns,
            together: combined, verdict: verdict(columns, combined, share), driftedShare: share)
    }

    private struct Tested {
        let pair: ColumnPair
        let values: DriftOutcome
        let missing: DriftOutcome?
        let extras: [DriftResult]
    }

    // MARK: Testing

    private func outcome(_ pair: ColumnPair) -> DriftOutcome {
        switch pair.values {
        case .unavailable(let reason): return .noEvidence(reason)
        case .numbers(let sides):
            guard isEnough(pair.sides) else { return .noEvidence(.tooFewRows) }
            return .tested(test(sides, by: settings.numericTest))
        case .categories(_, let sides, newRows: _):
            guard isEnough(pair.sides) else { return .noEvidence(.tooFewRows) }
            return .tested(test(sides, by: settings.categoricalTest))
        }
    }

    private func isEnough(_ sides: ColumnDrift.Sides) -> Bool {
        sides.reference >= settings.minimumRows && sides.window >= settings.minimumRows
    }

    private func extras(_ pair: ColumnPair) -> [DriftResult] {
        guard isEnough(pair.sides) else { return [] }
        switch pair.values {
        case .unavailable: return []
        case .numbers(let sides):
            let methods = settings.numericExtras.filter { $0 != settings.numericTest }
            return test(sides, by: methods)
        case .categories(_, let sides, newRows: _):
            return settings.categoricalExtras.filter { $0 != settings.categoricalTest }.map { test(sides, by: $0) }
        }
    }

    private func test(_ sides: OrderedSides, by method: DriftMethod) -> DriftResult { test(sides, by: [method])[0] }

    private func test(_ sides: OrderedSides, by methods: [DriftMethod]) -> [DriftResult] {
        // Grouping is one more pass over the cells: once for all tests of bins.
        var grouped: BinnedSides?
        return methods.map { method in
            if let ordered = method.orderedTest(isClassic: settings.policy == .classic) {
                return ordered.evaluate(sides)
            }
            let bins = grouped ?? sides.grouped(settings.bins)
            grouped = bins
            return test(bins, by: method)
        }
    }

    private func test(_ sides: BinnedSides, by method: DriftMethod) -> DriftResult {
        guard let test = method.binnedTest else {
            preconditionFailure("\(method.rawValue) is no test of a column's bins.")
        }
        return test.evaluate(sides)
    }

    private func missing(_ sides: ColumnDrift.Sides) -> DriftOutcome? {
        guard sides.referenceMissing + sides.windowMissing > 0 else { return nil }
        let (reference, window) = (sides.reference + sides.referenceMissing, sides.window + sides.windowMissing)
        guard reference > 0, window >= settings.minimumRows else {
            return .noEvidence(reference > 0 ? .tooFewRows : .emptyReference)
        }
        return .tested(
            MissingShare().evaluate(
                reference: (missing: sides.referenceMissing, rows: reference),
                window: (missing: sides.windowMissing, rows: window)))
    }

    // MARK: Deciding

    private func decide(
        _ tested: [Tested], _ together: [DriftOutcome]
    ) -> ([ColumnDrift], [ColumnDrift.Finding]) {
        let pValues =
            tested.flatMap { [$0.values.result?.pValue, $0.missing?.result?.pValue] }
            + together.map { $0.result?.pValue }
        let known = pValues.compactMap { $0 }
        var adjusted = settings.correction.adjusted(known)[...]
        let corrected = pValues.map { $0 == nil ? nil : adjusted.popFirst() }
        let columns = tested.enumerated().map { place, own in
            let pair = own.pair
            let shape: ColumnShape? =
                switch pair.values {
                case .numbers(let sides): ColumnShape.of(sides)
                case .categories(let names, let sides, let newRows): ColumnShape.of(names, sides, newRows: newRows)
                case .unavailable: nil
                }
            let categories: CategoryChange? =
                if case .categories(let names, let sides, let newRows) = pair.values, settings.policy == .standard {
                    CategoryChange(names, sides, newRows: newRows, level: settings.level)
                } else {
                    nil
                }
            return ColumnDrift(
                name: pair.name, role: pair.role, kind: pair.kind, importance: pair.importance, sides: pair.sides,
                values: finding(own.values, corrected[2 * place]),
                missing: own.missing.map { finding($0, corrected[2 * place + 1]) }, extras: own.extras, shape: shape,
                categories: categories)
        }
        return (columns, zip(together, corrected.suffix(together.count)).map { finding($0, $1) })
    }

    private func finding(_ outcome: DriftOutcome, _ adjusted: Double?) -> ColumnDrift.Finding {
        guard let result = outcome.result else {
            return .init(outcome: outcome, adjustedPValue: nil, shift: 0, shiftInterval: nil, isDrift: false)
        }
        let shift = result.shift
        let interval = result.shiftInterval
        let isDrift =
            if let adjusted {
                adjusted < settings.level && shift >= settings.effectFloor
            } else {
                interval.lower > 0 && interval.lower >= settings.effectFloor
            }
        return .init(
            outcome: outcome, adjustedPValue: adjusted, shift: shift, shiftInterval: interval, isDrift: isDrift)
    }

    /// The share of the importance of the features that drifted; of their number where no importance is known.
    private func driftedShare(_ columns: [ColumnDrift]) -> Double {
        let features = columns.filter { $0.role == .feature }
        let total = features.reduce(0) { $0 + ($1.importance ?? 0) }
        func weight(_ column: ColumnDrift) -> Double {
            total > 0 ? (column.importance ?? 0) / total : 1 / Double(features.count)
        }
        return features.reduce(0) { $0 + ($1.isDrift ? weight($1) : 0) }
    }

    private func verdict(
        _ columns: [ColumnDrift], _ together: [ColumnDrift.Finding], _ share: Double
    ) -> DriftReport.Verdict {
        let drifted = columns.count(where: \.isDrift)
        let isDrift =
            switch settings.datasetRule {
            case .any: drifted > 0 || together.contains(where: \.isDrift)
            case .share(let least): drifted > 0 && share >= least
            case .count(let least): drifted >= least
            }
        if isDrift { return .drift }
        let isUnjudged = columns.isEmpty || columns.contains { $0.noEvidence != nil }
        return isUnjudged ? .noEvidence : .noDrift
    }
}
