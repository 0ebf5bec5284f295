import LeewayEngine
import LeewayMonitor

/// The query that changes rows, from one that has their numbers in the column `k` and their cells.
///
/// The levels add the strength `s`, a draw `u…` and a flag `x…` for each change, and for each column of shifted numbers the
/// number `n…`, how far it moves `d…` and a draw `r…` for its rounding.
struct ChangedRows: Sendable {
    let input: SimulationInput
    let facts: SimulationFacts
    /// In the order in which they are made.
    let changes: [PlacedChange]
    let onset: ChangeOnset
    let seed: UInt64
    /// Whether categories are dropped and weighed here: not where rows were drawn by their weights before.
    let dropsRows: Bool

    /// The rows with the flags of the changes.
    func flagged(_ rows: String) -> QueryLevels {
        var levels = QueryLevels(rows)
        levels.add([(name: "s", sql: onset.sql(row: "k"))])
        let moved = movedPlaces
        let rounded = moved.filter { isWhole($0) }
        let drawn = drawnChanges
        var draws = drawn.map { (name: "u\($0)", draw: draw($0)) }
        draws += drawn.filter { changes[$0].change.kind == .flipLabels }
            .map { (name: "v\($0)", draw: draw($0, "value")) }
        draws += rounded.map { (name: "r\($0)", draw: RowDraw(seed: seed, name: "round \(input.columns[$0].name)")) }
        if !draws.isEmpty { levels.add(draws, row: "k") }
        levels.add(moved.map { (name: "n\($0)", sql: number($0)) })
        levels.add(changes.indices.map { (name: "x\($0)", sql: "(\(flag($0)))") })
        return levels
    }

    /// The rows as they are to be written.
    func changed(_ rows: String) -> String {
        var levels = flagged(rows)
        addMoves(to: &levels)
        let cells = input.columns.indices.map { "\(cell($0)) AS \(input.columns[$0].name.sqlName)" }
        let kept = leaving.isEmpty ? "" : " WHERE NOT (\(leaving))"
        return "SELECT \(cells.joined(separator: ", ")) FROM (\(levels.sql)) AS q\(kept)"
    }

    /// How many rows stay, and for each change how many it reaches.
    func counts(_ rows: String) -> String {
        let stays = leaving.isEmpty ? "true" : "NOT (\(leaving))"
        var counts = ["count(*) FILTER (WHERE \(stays))"]
        for (index, change) in changes.enumerated() {
            let isDrop = change.change.kind == .dropCategory
            counts.append("count(*) FILTER (WHERE x\(index)\(isDrop ? "" : " AND \(stays)"))")
        }
        let list = counts.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")
        return "SELECT \(list) FROM (\(flagged(rows).sql)) AS q"
    }

    /// The changes that a draw decides.
    private var drawnChanges: [Int] {
        changes.indices.filter { index in
            switch changes[index].change {
            case .constant, .newCategory, .flipLabels, .null: true
            case .dropCategory: dropsRows && !onset.isImmediate
            case .scale, .shift, .reweight: false
            }
        }
    }

    /// What makes a row leave; empty where none does.
    private var leaving: String {
        guard dropsRows else { return "" }
        let drops = changes.indices.filter { changes[$0].change.kind == .dropCategory }
        return drops.map { "x\($0)" }.joined(separator: " OR ")
    }

    /// A change's draws: the same whatever else is changed.
    private func draw(_ index: Int, _ purpose: String = "row") -> RowDraw {
        let change = changes[index].change
        // The same change twice draws twice.
        let earlier = changes[..<index].count { $0.change.kind == change.kind && $0.place == changes[index].place }
        return RowDraw(seed: seed, name: "\(purpose) \(change.kind.rawValue) \(earlier) \(change.column)")
    }

    /// Whether a change reaches a row.
    private func flag(_ index: Int) -> String {
        let place = changes[index].place
        let cell = SimulationInput.name(place)
        switch changes[index].change {
        case .scale, .shift: return "s > 0 AND n\(place) IS NOT NULL"
        case .constant(_, let share), .newCategory(_, let share): return isDrawn(index, share)
        case .flipLabels(_, let share), .null(_, let share):
            return "\(isDrawn(index, share)) AND NOT (\(input.isMissing(cell, of: place)))"
        case .reweight(let value, _): return input.matches(cell, of: place, value.text)
        case .dropCategory(let value):
            let matches = input.matches(cell, of: place, value.text)
            return drawnChanges.contains(index) ? "\(isDrawn(index, 1)) AND \(matches)" : matches
        }
    }

    private func isDrawn(_ index: Int, _ share: Double) -> String { "u\(index) < \(literal(share)) * s" }

    /// The cell with all changes of its column made, one after another.
    private func cell(_ place: Int) -> String {
        var cell = SimulationInput.name(place)
        if movedPlaces.contains(place) { cell = movedCell(place) }
        for index in changes.indices where changes[index].place == place {
            switch changes[index].change {
            case .constant(let value, _), .newCategory(let value, _):
                cell = "CASE WHEN x\(index) THEN CAST(\(value.text.sqlLiteral) AS \(type(place))) ELSE \(cell) END"
            case .flipLabels: cell = "CASE WHEN x\(index) THEN \(flipped(cell, place, index)) ELSE \(cell) END"
            case .null: cell = "CASE WHEN x\(index) THEN NULL ELSE \(cell) END"
            case .scale, .shift, .dropCategory, .reweight: break
            }
        }
        return cell
    }

    /// Another one of the column's values, each as likely as the other.
    private func flipped(_ cell: String, _ place: Int, _ index: Int) -> String {
        let classes = facts.columns[place]?.classes ?? []
        let clean = "[\(classes.map(\.clean.sqlLiteral).joined(separator: ", "))]"
        let written = "[\(classes.map(\.written.sqlLiteral).joined(separator: ", "))]"
        let step = "CAST(floor(v\(index) * \(classes.count - 1)) AS INTEGER)"
        let other = "(list_position(\(clean), \(input.cleaned(cell))) + \(step)) % \(classes.count) + 1"
        return "CAST((\(written))[\(other)] AS \(type(place)))"
    }

    func type(_ place: Int) -> String { input.columns[place].type }

    func literal(_ number: Double) -> String { Dialect.duckDB.literal(number) }
}
