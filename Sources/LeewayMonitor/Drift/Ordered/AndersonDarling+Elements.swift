#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension AndersonDarling {
    /// What the groups add to A² with midranks, in large samples.
    static func midrankElements(_ groups: CellGroups) -> [BridgeForm.Element] {
        elements(groups) { start, share in
            let place = start + share / 2
            let spread = place * (1 - place) - share / 4
            let weight = spread > 0 ? share / spread / 4 : 0
            return BridgeForm.Element(share: share, left: weight, right: weight, across: weight)
        }
    }

    /// What the groups add to A² just after each value, in large samples.
    static func rightElements(_ groups: CellGroups) -> [BridgeForm.Element] {
        elements(groups) { start, share in
            let end = start + share
            return BridgeForm.Element(share: share, left: 0, right: end < 1 ? share / (end * (1 - end)) : 0, across: 0)
        }
    }

    /// What the groups add to the square of the distance.
    static func spreadElements(_ groups: CellGroups) -> [BridgeForm.Element] {
        elements(groups) { spreadElement(from: $0, share: $1) }
    }

    private static func elements(
        _ groups: CellGroups, _ element: (Double, Double) -> BridgeForm.Element
    ) -> [BridgeForm.Element] {
        var start = 0.0
        return groups.groups.map { group in
            let share = group.count / groups.rows
            defer { start += share }
            return element(start, share)
        }
    }

    /// The weights of ∫ z² / (u(1 − u)) du from u = `start`, z going evenly from one end to the other; z is 0 at u = 0 and 1.
    static func spreadElement(from start: Double, share: Double) -> BridgeForm.Element {
        guard share >= 0.001 else {
            // The formulas below are differences of nearly equal numbers; z² and 1/(u(1 − u)) at the middle do.
            let place = start + share / 2
            let weight = share / (4 * place * (1 - place))
            return BridgeForm.Element(share: share, left: weight, right: weight, across: weight)
        }
        let end = start + share
        let (isFirst, isLast) = (start <= 0, end >= 1 - 1e-12)
        let (first, second) = (start / share, end / share)
        let (third, fourth) = ((1 - start) / share, (1 - end) / share)
        let rise = isFirst ? 0 : log(end / start)
        let fall = isLast ? 0 : log((1 - start) / (1 - end))
        let inverse = 1 / share
        return BridgeForm.Element(
            share: share,
            left: isFirst ? 0 : second * second * rise + fourth * fourth * fall - inverse,
            right: isLast ? 0 : first * first * rise + third * third * fall - inverse,
            across: isFirst || isLast ? 0 : inverse - first * second * rise - third * fourth * fall)
    }
}
