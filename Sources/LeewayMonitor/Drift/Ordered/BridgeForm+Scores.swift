extension BridgeForm {
    /// What a row of the window adds, by its group, to the normal variable that most of the form is the square of.
    ///
    /// It is the eigenvector of ΣM with the largest eigenvalue, by a few of its powers, summed from the group's end upwards.
    ///
    /// - Complexity: O(groups).
    var leadingScores: [Double] {
        let knots = max(elements.count - 1, 0)
        var shares: [Double] = []
        for element in elements.prefix(knots) { shares.append((shares.last ?? 0) + element.share) }
        var vector = shares.map { $0 * (1 - $0) }
        var weighted = timesMatrix(vector)
        for _ in 0..<6 {
            vector = Self.timesCovariance(weighted, shares)
            let largest = vector.reduce(0) { max($0, abs($1)) }
            guard largest > 0 else { break }
            weighted = timesMatrix(vector.map { $0 / largest })
        }
        var (scores, sum) = ([0.0], 0.0)
        for value in weighted.reversed() {
            sum += value
            scores.append(sum)
        }
        return scores.reversed()
    }

    /// M times a vector of the groups' inner ends.
    private func timesMatrix(_ vector: [Double]) -> [Double] {
        vector.indices.map { knot in
            let (element, next) = (elements[knot], elements[knot + 1])
            var sum = (element.right + next.left) * vector[knot]
            if knot > 0 { sum += element.across * vector[knot - 1] }
            if knot + 1 < vector.count { sum += next.across * vector[knot + 1] }
            return sum
        }
    }

    /// The bridge's covariance, H(1 − H′) for H ≤ H′, times a vector.
    private static func timesCovariance(_ vector: [Double], _ shares: [Double]) -> [Double] {
        var (above, below) = (zip(vector, shares).reduce(0) { $0 + $1.0 * (1 - $1.1) }, 0.0)
        return zip(vector, shares).map { value, share in
            below += share * value
            above -= (1 - share) * value
            return (1 - share) * below + share * above
        }
    }
}
