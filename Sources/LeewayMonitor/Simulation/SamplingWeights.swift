/// How often rows of each group come in a draw with replacement, while their weights grow from 1 to what was asked for.
///
/// A row of group g weighs w(s) = 1 + s · (f − 1) at strength s, where f is the group's factor. Drawing is the inverse of the
/// cumulative weight: a uniform number times the total falls into one group, and into one row of it.
package struct SamplingWeights: Sendable, Equatable {
    /// Rows that weigh alike.
    package struct Group: Sendable, Equatable {
        package let rowCount: Int
        /// What a row weighs at full strength; 0 or more.
        package let factor: Double

        package init(rowCount: Int, factor: Double) { (self.rowCount, self.factor) = (rowCount, factor) }
    }

    /// A line over the strength: base + slope · s.
    package struct Line: Sendable, Equatable {
        package let base: Double
        package let slope: Double

        package init(base: Double, slope: Double) { (self.base, self.slope) = (base, slope) }

        /// The value at a strength.
        package func value(at strength: Double) -> Double { base + slope * strength }
    }

    package let groups: [Group]

    /// Takes the groups in the order in which their rows are numbered.
    package init(_ groups: [Group]) { self.groups = groups }

    /// The weight of all rows at full strength; where it is 0 nothing can be drawn.
    package var fullWeight: Double { total.value(at: 1) }

    /// The weight of all rows.
    package var total: Line { cumulative(through: groups.count) }

    /// The weight of the rows of the first so many groups.
    package func cumulative(through count: Int) -> Line {
        groups.prefix(count).reduce(Line(base: 0, slope: 0)) { line, group in
            let rows = Double(group.rowCount)
            return Line(base: line.base + rows, slope: line.slope + rows * (group.factor - 1))
        }
    }

    /// The rows before a group.
    package func firstRow(of group: Int) -> Int { groups.prefix(group).reduce(0) { $0 + $1.rowCount } }

    /// The row, counted from 0, that a uniform number of 0 ..< 1 draws at a strength.
    package func row(for uniform: Double, strength: Double) -> Int {
        let position = uniform * total.value(at: strength)
        // The last group that has a weight takes what rounding leaves over.
        let found = groups.indices.first { position < cumulative(through: $0 + 1).value(at: strength) }
        let group = found ?? groups.lastIndex { $0.weight(at: strength) > 0 } ?? 0
        let inside = position - cumulative(through: group).value(at: strength)
        let place = Int((inside / groups[group].weight(at: strength)).rounded(.down))
        return firstRow(of: group) + min(max(place, 0), groups[group].rowCount - 1)
    }
}

extension SamplingWeights.Group {
    /// What a row weighs at a strength.
    package func weight(at strength: Double) -> Double { 1 + strength * (factor - 1) }
}
