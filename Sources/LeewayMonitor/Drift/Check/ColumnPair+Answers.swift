extension ColumnPair {
    /// What the model said of the rows that tested it and of a window's: the scores, and the labels it gave.
    package static func answers(_ reference: PerformanceReference, _ window: WindowCounts) -> [ColumnPair] {
        let bins = window.bins
        guard case .numbers(let edges) = bins.values[bins.score], case .categories(let labels) = bins.values[bins.label]
        else { preconditionFailure("Scores are numbers, and labels categories.") }
        let scores = (reference.scoreCells, window.valueCounts(of: bins.score))
        let called = (
            labels.map { $0 == reference.positive.name ? reference.positive.predicted : reference.negative.predicted },
            window.valueCounts(of: bins.label)
        )
        func pair(
            _ role: ColumnDrift.Role, _ kind: ColumnDrift.Kind, _ column: Int, rows: Int, _ values: () -> Values
        ) -> ColumnPair {
            let sides = ColumnDrift.Sides(
                reference: rows, referenceMissing: 0, window: window.valueCounts(of: column).reduce(0, +),
                windowMissing: window.missingCount(of: column))
            let usable = evidence(sides, unseen: window.unseenCount(of: column)).map(Values.unavailable) ?? values()
            return ColumnPair(name: role.rawValue, role: role, kind: kind, values: usable, sides: sides)
        }
        return [
            pair(.score, .number, bins.score, rows: scores.0.reduce(0, +)) {
                .numbers(OrderedSides(values: edges, referenceCells: scores.0[...], windowCells: scores.1))
            },
            pair(.prediction, .category, bins.label, rows: called.0.reduce(0, +)) {
                .categories(labels, BinnedSides(reference: called.0, window: Array(called.1)), newRows: 0)
            },
        ]
    }
}
