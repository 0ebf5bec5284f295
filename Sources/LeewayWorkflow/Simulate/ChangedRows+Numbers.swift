import LeewayMonitor

/// Numbers that are scaled and shifted.
extension ChangedRows {
    /// The columns whose numbers move.
    var movedPlaces: [Int] {
        let moved = changes.filter { [.scale, .shift].contains($0.change.kind) }
        return Set(moved.map(\.place)).sorted()
    }

    func isWhole(_ place: Int) -> Bool {
        if case .whole = facts.columns[place]?.kind { true } else { false }
    }

    /// A cell's number in its type; NULL where there is none, or one that is not finite.
    func number(_ place: Int) -> String {
        guard let type = numberType(place) else { return "CAST(NULL AS DOUBLE)" }
        let number = "TRY_CAST(\(SimulationFacts.numeric(input, place)) AS \(type))"
        return isWhole(place) ? number : "CASE WHEN isfinite(CAST(\(number) AS DOUBLE)) THEN \(number) END"
    }

    /// Adds how far the numbers move, a level for each change.
    func addMoves(to levels: inout QueryLevels) {
        levels.add(movedPlaces.map { (name: "d\($0)", sql: "0e0") })
        for change in changes {
            guard let move = move(change) else { continue }
            levels.replace([(name: "d\(change.place)", sql: "d\(change.place) + \(move)")])
        }
    }

    /// How far a change moves a number that others have moved by `d…`.
    private func move(_ change: PlacedChange) -> String? {
        let number = "(CAST(n\(change.place) AS DOUBLE) + d\(change.place))"
        let (mean, sd) = (facts.columns[change.place]?.mean ?? 0, facts.columns[change.place]?.sd ?? 0)
        switch change.change {
        case .scale(_, let factor): return "(\(number) - \(literal(mean))) * \(literal(factor - 1)) * s"
        case .shift(_, .units(let units)): return "\(literal(units)) * s"
        case .shift(_, .deviations(let count)): return "\(literal(count * sd)) * s"
        case .shift(_, .times(let factor)): return "\(number) * \(literal(factor - 1)) * s"
        case .constant, .newCategory, .flipLabels, .null, .dropCategory, .reweight: return nil
        }
    }

    /// The moved number in the cell's type; what its type can't hold stops at the type's end.
    ///
    /// A whole number stays whole: what is left of one goes up or down by a draw, so that the mean moves by as much as was
    /// asked for, however little that is.
    func movedCell(_ place: Int) -> String {
        let (cell, number, move) = (SimulationInput.name(place), "n\(place)", "d\(place)")
        let moved: String
        switch facts.columns[place]?.kind {
        case .whole(let type, let least, let most):
            // Beyond 10³⁰ no type can hold it anyway, and HUGEINT can't either.
            let steps = "CAST(least(greatest(floor(\(move) + r\(place)), -1e30), 1e30) AS HUGEINT)"
            let end = "CASE WHEN \(move) > 0 THEN CAST('\(most)' AS \(type)) ELSE CAST('\(least)' AS \(type)) END"
            moved = "coalesce(TRY_CAST(CAST(\(number) AS HUGEINT) + \(steps) AS \(type)), \(end))"
        case .fraction(let type, let most):
            let sum = "CAST(\(number) AS DOUBLE) + \(move)"
            let bounded = "least(greatest(\(sum), -1.7976931348623157e308), 1.7976931348623157e308)"
            let end = "CASE WHEN \(move) > 0 THEN CAST('\(most)' AS \(type)) ELSE -CAST('\(most)' AS \(type)) END"
            moved = "coalesce(TRY_CAST(\(bounded) AS \(type)), \(end))"
        case .text, .other, nil: return cell
        }
        return "CASE WHEN \(move) <> 0 AND \(number) IS NOT NULL THEN CAST(\(moved) AS \(type(place))) ELSE \(cell) END"
    }

    private func numberType(_ place: Int) -> String? {
        switch facts.columns[place]?.kind {
        case .whole(let type, _, _), .fraction(let type, _): type
        case .text, .other, nil: nil
        }
    }
}
