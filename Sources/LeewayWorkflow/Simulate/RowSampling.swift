import LeewayCore
import LeewayEngine
import LeewayMonitor

/// Draws rows of the input with replacement into a table, weighed by their categories.
struct RowSampling: Sendable {
    let input: SimulationInput
    let facts: SimulationFacts
    let changes: [PlacedChange]
    let plan: SimulationPlan

    private static let source = "leeway_simulation_input"
    /// A category is a bit of a row's group.
    private static let mostWeighed = 60
    private static let drawn = "leeway_simulation_rows"

    /// Whether rows must be drawn at all; else they stay in their order.
    static func isNeeded(_ changes: [PlacedChange], _ plan: SimulationPlan) -> Bool {
        plan.rowCount != nil || changes.contains { $0.change.kind == .reweight }
    }

    /// Draws the rows, and gives the query that reads them: their numbers in `k`, their cells, in order.
    ///
    /// Where no number of rows was asked for there are as many as the input has, and those before the start are its own.
    ///
    /// - Throws: `noUsableValues` where no row has a weight.
    func draw(on engine: any Engine) async throws -> String {
        let weighed = changes.filter { [.reweight, .dropCategory].contains($0.change.kind) }
        guard weighed.count <= Self.mostWeighed else {
            throw LeewayError(.invalidUsage, "No more than \(Self.mostWeighed) categories can be weighed or dropped.")
        }
        let group = weighed.enumerated().map { bit, change in
            let cell = SimulationInput.name(change.place)
            let matches = input.matches(cell, of: change.place, change.change.value?.text ?? "")
            return "CASE WHEN \(matches) THEN \(1 << bit) ELSE 0 END"
        }
        let groupSQL = group.isEmpty ? "0" : group.joined(separator: " + ")
        var rows = QueryLevels(input.sql)
        rows.add([(name: "k", sql: "row_number() OVER ()"), (name: "g", sql: groupSQL)])
        // The place of a row among those that are drawn from, which stand group by group; one group stands as it is.
        rows.add([(name: "p", sql: group.isEmpty ? "k - 1" : "row_number() OVER (ORDER BY g, k) - 1")])
        try await engine.execute("CREATE OR REPLACE TEMP TABLE \(Self.source) AS \(rows.sql)")
        let weights = try await weights(weighed, on: engine)
        try await engine.execute("CREATE OR REPLACE TEMP TABLE \(Self.drawn) AS \(query(weights))")
        try await engine.execute("DROP TABLE \(Self.source)")
        return "SELECT * FROM \(Self.drawn)"
    }

    private func weights(_ weighed: [PlacedChange], on engine: any Engine) async throws -> SamplingWeights {
        let found = try await engine.texts(
            "SELECT CAST(g AS VARCHAR), CAST(count(*) AS VARCHAR) FROM \(Self.source) GROUP BY g ORDER BY g")
        let groups = found.map { row in
            let bits = Int(row[0]) ?? 0
            let factors = weighed.enumerated().map { bit, change in
                guard bits >> bit & 1 == 1 else { return 1.0 }
                return if case .reweight(_, let factor) = change.change { factor } else { 0.0 }
            }
            return SamplingWeights.Group(rowCount: Int(row[1]) ?? 0, factor: factors.reduce(1, *))
        }
        let weights = SamplingWeights(groups)
        guard weights.fullWeight > 0, weights.fullWeight.isFinite else {
            throw LeewayError(
                .noUsableValues, "No row is left to draw: every one is dropped, or weighs nothing.",
                hint: "Leave some category a weight above 0.")
        }
        return weights
    }

    /// The drawn rows with their numbers, in order.
    private func query(_ weights: SamplingWeights) -> String {
        let cells = input.columns.indices.map { SimulationInput.name($0) }.map { "t.\($0)" }.joined(separator: ", ")
        let count = plan.rowCount ?? facts.rowCount
        // With a number of rows every row is drawn, before the start with equal weights.
        let first = plan.rowCount == nil ? min(plan.onset.start, count + 1) : 1
        var draws = QueryLevels("SELECT range AS k FROM range(\(first), \(count + 1))")
        draws.add([(name: "s", sql: plan.onset.sql(row: "k"))])
        draws.add([(name: "u", draw: RowDraw(seed: plan.seed, name: "sample"))], row: "k")
        draws.add([(name: "w", sql: "u * (\(Self.sql(weights.total)))")])
        draws.add([(name: "p", sql: Self.place(weights))])
        let drawn = "SELECT d.k AS k, \(cells) FROM (\(draws.sql)) AS d JOIN \(Self.source) AS t ON t.p = d.p"
        let kept = "SELECT t.k AS k, \(cells) FROM \(Self.source) AS t WHERE t.k < \(first)"
        return "SELECT * FROM (\(first > 1 ? "\(kept) UNION ALL " : "")\(drawn)) AS r ORDER BY k"
    }

    /// `SamplingWeights.row(for:strength:)` as an expression over the weight `w` and the strength `s`.
    private static func place(_ weights: SamplingWeights) -> String {
        let last = weights.groups.lastIndex { $0.factor > 0 } ?? 0
        var cases = ""
        for (index, group) in weights.groups.enumerated() {
            cases += "WHEN w < \(sql(weights.cumulative(through: index + 1))) THEN \(place(group, index, weights)) "
        }
        // What rounding leaves over goes to the last group that keeps a weight.
        return "CASE \(cases)ELSE \(place(weights.groups[last], last, weights)) END"
    }

    private static func place(_ group: SamplingWeights.Group, _ index: Int, _ weights: SamplingWeights) -> String {
        let inside = "w - (\(sql(weights.cumulative(through: index))))"
        let weight = sql(SamplingWeights.Line(base: 1, slope: group.factor - 1))
        let place = "CAST(floor((\(inside)) / (\(weight))) AS BIGINT)"
        return "\(weights.firstRow(of: index)) + least(greatest(\(place), 0), \(group.rowCount - 1))"
    }

    private static func sql(_ line: SamplingWeights.Line) -> String {
        let (base, slope) = (Dialect.duckDB.literal(line.base), Dialect.duckDB.literal(line.slope))
        return line.slope == 0 ? base : "\(base) + \(slope) * s"
    }
}
