package import LeewayCore
import LeewayStats

/// A window's rows by what the model said of them: score and decision, ascending in score.
///
/// - Missing: rows without a score are in no cell.
package struct DecidedRows: Sendable, Equatable {
    /// Rows that were told the same.
    package struct Cell: Sendable, Equatable {
        /// Their score, 0 … 1, or the middle of the scores that they have.
        package let score: Double
        /// Whether they were called positive.
        package let isPositive: Bool
        /// How many they are, above 0.
        package let rows: Int

        package init(score: Double, isPositive: Bool, rows: Int) {
            (self.score, self.isPositive, self.rows) = (score, isPositive, rows)
        }
    }

    /// Ascending in score; of one score, those called negative come first.
    package let cells: [Cell]
    /// All rows.
    package let count: Int

    /// Gathers rows, one score and one decision each, in any order.
    ///
    /// - Throws: `malformedDataset` where lengths differ, `invalidSetting` for a score not in 0 … 1.
    /// - Complexity: O(n), O(n log n) below 2,000 rows.
    package init(scores: [Double], decisions: [Bool]) throws(LeewayError) {
        guard scores.count == decisions.count else {
            throw LeewayError(.malformedDataset, "Each row needs one score and one decision.")
        }
        guard scores.allSatisfy((0...1).contains) else {
            throw LeewayError(.invalidSetting, "A score is missing or not between 0 and 1.")
        }
        // The top two bits of a score are free; adding 0 turns -0 into 0.
        var keys = zip(scores, decisions).map { ($0 + 0).bitPattern << 1 | ($1 ? 1 : 0) }
        RadixSort.sort(&keys)
        var (cells, start) = ([Cell](), 0)
        for place in keys.indices where place + 1 == keys.count || keys[place + 1] != keys[place] {
            cells.append(
                Cell(
                    score: Double(bitPattern: keys[place] >> 1), isPositive: keys[place] & 1 == 1,
                    rows: place + 1 - start))
            start = place + 1
        }
        (self.cells, count) = (cells, scores.count)
    }

    /// Takes the counts of a window in `WindowBins.scoreEdges`: an exact hit is its edge, what lies between two edges
    /// counts as their middle.
    ///
    /// Rows are positive from the threshold on. Where it lies between two edges, the rows there are divided so that
    /// `positives` rows are positive in all, or in the middle where that is not known.
    ///
    /// - Complexity: O(cells).
    package init(scoreCells: some Collection<Int>, threshold: Double, positives: Int? = nil) {
        let edges = WindowBins.scoreEdges
        precondition(scoreCells.count == 2 * edges.count + 1, "k edges have 2k + 1 cells.")
        var cells: [Cell] = []
        /// The place among `cells` of what lies around the threshold, and its two edges.
        var divided: (place: Int, rows: Int, lower: Double, upper: Double)?
        for (place, rows) in scoreCells.enumerated() where rows > 0 {
            let index = place / 2
            guard place % 2 == 0 else {
                cells.append(Cell(score: edges[index], isPositive: edges[index] >= threshold, rows: rows))
                continue
            }
            // Scores lie in 0 … 1, so nothing is below the first edge or above the last.
            let (lower, upper) = (edges[max(index - 1, 0)], edges[min(index, edges.count - 1)])
            if lower < threshold, threshold < upper {
                divided = (cells.count, rows, lower, upper)
            } else {
                cells.append(Cell(score: (lower + upper) / 2, isPositive: lower >= threshold, rows: rows))
            }
        }
        if let divided {
            let known = cells.reduce(0) { $0 + ($1.isPositive ? $1.rows : 0) }
            let above = positives.map { min(max($0 - known, 0), divided.rows) } ?? divided.rows / 2
            let parts = [
                Cell(score: (divided.lower + threshold) / 2, isPositive: false, rows: divided.rows - above),
                Cell(score: (threshold + divided.upper) / 2, isPositive: true, rows: above),
            ]
            cells.insert(contentsOf: parts.filter { $0.rows > 0 }, at: divided.place)
        }
        self.cells = cells
        count = cells.reduce(0) { $0 + $1.rows }
    }
}
