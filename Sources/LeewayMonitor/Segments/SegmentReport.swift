#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which rules hold on rows that had no part in making them, and by how much.
struct SegmentReport {
    let columns: [SegmentColumn]
    /// The rows, those from `referenceCount` on being the window's.
    let rows: [Int]
    let referenceCount: Int
    let level: Double

    /// The segments that differ, those that explain most first.
    func segments(_ rules: [SegmentRule], leaves: [SegmentRule]) -> [DriftSegment] {
        let total = leaves.reduce(0) { $0 + Self.divergence(table(matches($1))) }
        // Of two that say the same, what there is more of is easier to read: it comes first.
        var candidates = rules.map { rule in (rule: rule, matches: matches(rule)) }
        candidates.sort { table($0.matches).shareRatio > table($1.matches).shareRatio }
        var isLeft = [Bool](repeating: true, count: rows.count)
        var segments: [DriftSegment] = []
        while !candidates.isEmpty {
            let limit = level / Double(candidates.count)
            var best: (place: Int, gain: Double, reach: Double, segment: DriftSegment)?
            let left = rows.indices.filter { isLeft[$0] }
            for (place, candidate) in candidates.enumerated() {
                let rest = TwoByTwo(left.map { rows[$0] }, referenceCount: referenceCount) {
                    candidate.matches[left[$0]]
                }
                let pValue = rest.pValue
                guard pValue <= limit else { continue }
                let whole = table(candidate.matches)
                let frequency = ShareRatio(
                    window: whole.windowInside, of: whole.windowInside + whole.windowOutside,
                    reference: whole.referenceInside, of: whole.referenceInside + whole.referenceOutside)
                // What other segments left of it and the whole of it have to tell the same.
                let isMore = rest.shareRatio > 1
                guard isMore ? frequency.lower > 1 : frequency.upper ?? .infinity < 1 else { continue }
                let (gain, reach) = (rest.gain, abs(log(rest.shareRatio)))
                if let best {
                    // Of two that divide the rows alike, the one that differs more.
                    let isAlike = abs(gain - best.gain) <= 1e-9 * best.gain
                    guard isAlike ? reach > best.reach * (1 + 1e-9) : gain > best.gain else { continue }
                }
                let explained = Self.divergence(whole) + Self.divergence(whole.turned)
                best = (
                    place, gain, reach,
                    DriftSegment(
                        conditions: zip(columns, candidate.rule.allowed).compactMap { $0.condition($1) },
                        frequency: frequency, pValue: pValue, explained: total > 0 ? min(1, explained / total) : 0)
                )
            }
            guard let best else { break }
            segments.append(best.segment)
            for (place, isInside) in candidates.remove(at: best.place).matches.enumerated() where isInside {
                isLeft[place] = false
            }
        }
        return segments.enumerated()
            .sorted {
                $0.element.explained == $1.element.explained
                    ? $0.offset < $1.offset : $0.element.explained > $1.element.explained
            }
            .map(\.element)
    }

    private func matches(_ rule: SegmentRule) -> [Bool] { rule.matches(rows, columns) }

    private func table(_ matches: [Bool]) -> TwoByTwo {
        TwoByTwo(rows, referenceCount: referenceCount) { matches[$0] }
    }

    /// What the inside adds to the Jeffreys divergence Σ (w − r) · ln(w / r) of the shares; counts of 0 as ½.
    private static func divergence(_ table: TwoByTwo) -> Double {
        func half(_ count: Int) -> Double { Double(count) + 0.5 }
        let window = half(table.windowInside) / Double(table.windowInside + table.windowOutside + 1)
        let reference = half(table.referenceInside) / Double(table.referenceInside + table.referenceOutside + 1)
        return (window - reference) * log(window / reference)
    }
}

extension TwoByTwo {
    /// The same with inside and outside exchanged.
    fileprivate var turned: TwoByTwo {
        TwoByTwo(
            windowInside: windowOutside, referenceInside: referenceOutside, windowOutside: windowInside,
            referenceOutside: referenceInside)
    }
}
