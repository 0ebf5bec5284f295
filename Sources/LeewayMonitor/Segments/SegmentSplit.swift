/// The division of some rows by one column that sets window and reference apart best.
struct SegmentSplit {
    let column: Int
    /// By code: whether its rows go to the first part.
    let codes: [Bool]
    /// The logarithm of the p-value, as if this division had been the only one.
    let logPValue: Double

    /// The fewest rows of both sides in a part.
    private static let fewestRows = 10

    /// The most convincing division of the rows, nil where none sets them apart at all; and how many were tried.
    ///
    /// Tried are: numbers above an edge; one category, or missing, against all others; and the categories in order of their shares,
    /// cut in two, whose statistic is held against χ² with a degree of freedom for every category, as the best cut of all
    /// is no larger.
    static func best(
        _ columns: [SegmentColumn], rows: [Int], referenceCount: Int
    ) -> (split: SegmentSplit?, tried: Int) {
        var (best, tried) = (SegmentSplit?.none, 0)
        for (place, column) in columns.enumerated() {
            var search = Search(column: place, count: column.count)
            for row in rows {
                let code = Int(column.codes[row])
                if row < referenceCount { search.reference[code] += 1 } else { search.window[code] += 1 }
            }
            search.run(column.meaning, missing: column.missing)
            tried += search.tried
            if let found = search.best, found.logPValue < best?.logPValue ?? 0 { best = found }
        }
        return (best, tried)
    }

    /// The divisions by one column.
    private struct Search {
        let column: Int
        var reference: [Int]
        var window: [Int]
        var best: SegmentSplit?
        var tried = 0

        init(column: Int, count: Int) {
            self.column = column
            reference = [Int](repeating: 0, count: count)
            window = [Int](repeating: 0, count: count)
        }

        mutating func run(_ meaning: SegmentColumn.Meaning, missing: Int) {
            let present = reference.indices.filter { reference[$0] + window[$0] > 0 }
            guard present.count > 1 else { return }
            let isMissing = reference.indices.map { $0 == missing }
            let hasMissing = present.last == missing
            if hasMissing { consider(isMissing) }
            switch meaning {
            case .numbers(let edges):
                for edge in edges.indices {
                    consider(reference.indices.map { $0 <= edge })
                    if hasMissing { consider(reference.indices.map { $0 <= edge || isMissing[$0] }) }
                }
            case .categories(let names):
                for code in present where code < names.count { consider(reference.indices.map { $0 == code }) }
                guard present.count > 3 else { return }
                func odds(_ code: Int) -> Double { (Double(window[code]) + 0.5) / (Double(reference[code]) + 0.5) }
                let ordered = present.sorted { odds($0) == odds($1) ? $0 < $1 : odds($0) > odds($1) }
                var codes = [Bool](repeating: false, count: reference.count)
                tried += 1
                for code in ordered.dropLast() {
                    codes[code] = true
                    consider(codes, freedom: present.count - 1)
                }
            }
        }

        private mutating func consider(_ codes: [Bool], freedom: Int = 1) {
            let inside = codes.indices.filter { codes[$0] }
            let (windowInside, referenceInside) = (
                inside.reduce(0) { $0 + window[$1] }, inside.reduce(0) { $0 + reference[$1] }
            )
            let table = TwoByTwo(
                windowInside: windowInside, referenceInside: referenceInside,
                windowOutside: window.reduce(0, +) - windowInside,
                referenceOutside: reference.reduce(0, +) - referenceInside)
            guard table.inside >= fewestRows, table.outside >= fewestRows else { return }
            if freedom == 1 { tried += 1 }
            let logPValue = TwoByTwo.logUpperTail(table.gain, degreesOfFreedom: Double(freedom))
            if logPValue < best?.logPValue ?? 0 {
                best = SegmentSplit(column: column, codes: codes, logPValue: logPValue)
            }
        }
    }
}
