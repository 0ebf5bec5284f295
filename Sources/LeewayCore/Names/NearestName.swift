/// Which of several known names was probably meant.
package enum NearestName {
    /// The known name within a third of the written one's length in edits; nil where none is that near.
    package static func of(_ name: String, among known: some Sequence<String>) -> String? {
        let limit = max(1, name.count / 3)
        var best: (name: String, edits: Int)?
        // A name that much longer or shorter is no slip; a text of a megabyte would take a table of as many rows.
        for candidate in known.sorted() where abs(candidate.count - name.count) <= limit {
            let edits = edits(name.lowercased(), candidate.lowercased())
            if edits <= limit, edits < best?.edits ?? .max { best = (candidate, edits) }
        }
        return best?.name
    }

    /// The fewest insertions, deletions, replacements and swaps of neighbours that make one text from another.
    ///
    /// - Source: the restricted Damerau-Levenshtein distance.
    static func edits(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                let isEqual = left[i] == right[j]
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (isEqual ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
