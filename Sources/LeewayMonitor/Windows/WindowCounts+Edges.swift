extension WindowCounts {
    /// The counts of a numeric column of these bins as a reference of its own: rows above one edge and up to the next.
    ///
    /// No row may lie above the last edge.
    package func reference(of column: Int) -> ReferenceCounts {
        guard case .numbers(let edges) = bins.values[column] else {
            preconditionFailure("A column of categories has no edges.")
        }
        let cells = Array(valueCounts(of: column))
        precondition(cells.last == 0, "A row lies above the last edge.")
        let counts = edges.indices.map { cells[2 * $0] + cells[2 * $0 + 1] }
        return ReferenceCounts(
            counted: bins.names[column], nullCount: missingCount(of: column),
            values: .numbers(values: edges, counts: counts, isExact: false))
    }
}
