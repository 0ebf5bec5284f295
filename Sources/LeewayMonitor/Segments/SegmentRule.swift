/// The codes that each column may have, for a row to be in a segment.
struct SegmentRule: Equatable {
    /// By column and code.
    var allowed: [[Bool]]

    /// The rule that every row fulfils.
    init(_ columns: [SegmentColumn]) { allowed = columns.map { [Bool](repeating: true, count: $0.count) } }

    /// The same with fewer codes in one column.
    func narrowed(_ column: Int, to codes: [Bool]) -> SegmentRule {
        var rule = self
        rule.allowed[column] = zip(allowed[column], codes).map { $0 && $1 }
        return rule
    }

    /// The same with other codes in one column.
    func replacing(_ column: Int, by codes: [Bool]) -> SegmentRule {
        var rule = self
        rule.allowed[column] = codes
        return rule
    }

    /// The columns that not every code is allowed in.
    var restricted: [Int] { allowed.indices.filter { allowed[$0].contains(false) } }

    /// The rules that ask for less: without a column's condition, with its missing rows, or without one end of its range.
    ///
    /// `freedom` is how many divisions of the column were open at once: one for an edge or a single category, one less than there
    /// are categories where several were picked.
    func relaxations(_ columns: [SegmentColumn]) -> [(rule: SegmentRule, freedom: Int)] {
        restricted.flatMap { column -> [(rule: SegmentRule, freedom: Int)] in
            let codes = allowed[column]
            let all = replacing(column, by: codes.map { _ in true })
            guard case .numbers = columns[column].meaning else {
                let isSingle = codes.count { $0 } == 1 || codes.count { !$0 } == 1
                return [(all, isSingle ? 1 : columns[column].presentCount - 1)]
            }
            let numbers = codes.dropLast()
            var rules = [(all, 1)]
            if columns[column].hasMissing, !codes[codes.count - 1] {
                rules.append((replacing(column, by: numbers + [true]), 1))
            }
            guard let first = numbers.firstIndex(of: true), let last = numbers.lastIndex(of: true),
                first > 0, last < numbers.count - 1
            else { return rules }
            let orMissing = codes.suffix(1)
            rules.append((replacing(column, by: numbers.indices.map { $0 <= last } + orMissing), 1))
            rules.append((replacing(column, by: numbers.indices.map { $0 >= first } + orMissing), 1))
            return rules
        }
    }

    /// For each row whether it fulfils the rule.
    func matches(_ rows: [Int], _ columns: [SegmentColumn]) -> [Bool] {
        var matches = [Bool](repeating: true, count: rows.count)
        for column in restricted {
            let (codes, allowed) = (columns[column].codes, allowed[column])
            for (place, row) in rows.enumerated() where !allowed[Int(codes[row])] { matches[place] = false }
        }
        return matches
    }

    /// The rule without the conditions that learning rows do not ask for, the least asked for first.
    ///
    /// A condition stays where what it shuts out is a twentieth of a side's rows or more, and the logarithm of the p-value
    /// of a difference between that and the rest is not above `limit`.
    func simplified(
        _ columns: [SegmentColumn], _ rows: [Int], _ referenceCount: Int, limit: Double
    ) -> SegmentRule {
        var rule = self
        while true {
            let inside = rule.matches(rows, columns)
            var best: (rule: SegmentRule, logPValue: Double)?
            for (relaxed, freedom) in rule.relaxations(columns) {
                let around = relaxed.matches(rows, columns)
                let places = rows.indices.filter { around[$0] }
                let table = TwoByTwo(places.map { rows[$0] }, referenceCount: referenceCount) { inside[places[$0]] }
                let isSmall =
                    19 * table.windowOutside < table.windowInside
                    && 19 * table.referenceOutside < table.referenceInside
                let logPValue = isSmall ? 0 : TwoByTwo.logUpperTail(table.gain, degreesOfFreedom: Double(freedom))
                if logPValue > best?.logPValue ?? limit { best = (relaxed, logPValue) }
            }
            guard let best else { return rule }
            rule = best.rule
        }
    }
}
