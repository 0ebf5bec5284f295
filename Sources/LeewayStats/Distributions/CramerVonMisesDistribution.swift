#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The distribution of the Cramér-von Mises statistic: squared distances of two distribution functions, averaged.
///
/// All are shares at or above the statistic, so p-values.
package enum CramerVonMisesDistribution {
    /// The limit of P(T ≥ x), that of Σ χ²ⱼ / (jπ)² with one degree of freedom each; mean 1/6.
    ///
    /// - Edges: 1 at x ≤ 0.003 (to 1e-17), 0 at ∞.
    /// - Accuracy: relative 1e-12 down to 1e-300.
    /// - Source: `SmirnovFormula` with D(y) = sin √y / √y; 1 − scipy 1.17 `scipy.stats._hypotests._cdf_cvm_inf`, which
    ///   keeps 7 digits after the point.
    /// - Complexity: constant; 2 to 20 µs.
    package static func upperTail(_ x: Double) -> Double {
        guard x > 0.003 else { return 1 }
        guard x < 160 else { return 0 }
        // u = √y is jπ at the j-th end.
        let sum = SmirnovFormula.sum(fall: 1.5 * Double.pi * Double.pi * x) { k, v in
            let u = Double.pi * (2 * k - 1 + v)
            return exp(-x * u * u / 2) / u.squareRoot()
        }
        return Swift.min(2 * sum, 1)
    }

    /// P(T ≥ x) for two samples, as scipy chooses to compute it: exactly while neither has more than 20 values, else by
    /// `twoSampleAsymptotic`.
    ///
    /// - Source: scipy 1.17 `scipy.stats.cramervonmises_2samp(method="auto")`.
    package static func twoSample(n: Int, m: Int, statistic: Double) -> Double {
        Swift.max(n, m) <= 20
            ? twoSampleExact(n: n, m: m, statistic: statistic)
            : twoSampleAsymptotic(n: n, m: m, statistic: statistic)
    }

    /// P(T ≥ x) for two large samples: T is brought to the limit's mean and variance.
    ///
    /// - Parameters:
    ///   - n: values in the first sample, at least 1.
    ///   - m: values in the second sample, at least 1.
    ///   - statistic: T = U/(nm(n + m)) − (4nm − 1)/(6(n + m)), U by midranks where there are ties.
    /// - Returns: the p-value; 1 for 1 against 1, which can show nothing.
    /// - Source: Anderson, Annals of Mathematical Statistics 33 (1962), equations 11, 14 and 15; scipy 1.17
    ///   `scipy.stats.cramervonmises_2samp(method="asymptotic")`, to its 7 digits after the point.
    package static func twoSampleAsymptotic(n: Int, m: Int, statistic: Double) -> Double {
        precondition(n > 0 && m > 0, "Each sample has at least one value.")
        let (n, m) = (Double(n), Double(m))
        let size = n + m
        let mean = (1 + 1 / size) / 6
        // Divided through by nm before it can lose digits: (4nmN − 3(n² + m²) − 2nm) / (4nm).
        let variance = (size + 1) / (45 * size * size) * (size - 0.75 * (n / m + m / n) - 0.5)
        guard variance > 0 else { return 1 }
        return upperTail(1 / 6 + (statistic - mean) / (45 * variance).squareRoot())
    }

    /// The exact P(T ≥ x) for two small samples of one continuous distribution: over all orders of their values.
    ///
    /// - Parameters:
    ///   - n: values in the first sample, at least 1.
    ///   - m: values in the second sample, at least 1.
    ///   - statistic: T as for `twoSampleAsymptotic`; by midranks where there are ties, which are not allowed for else.
    /// - Returns: the p-value.
    /// - Source: scipy 1.17 `scipy.stats.cramervonmises_2samp(method="exact")`; Xiao, Gordon & Yakovlev, Journal of
    ///   Statistical Software 17(8), 2006.
    /// - Complexity: O(nm · values of T); 20 ms for 20 against 19, the worst case of `twoSample`.
    package static func twoSampleExact(n: Int, m: Int, statistic: Double) -> Double {
        precondition(n > 0 && m > 0, "Each sample has at least one value.")
        precondition(n + m <= 60, "The exact Cramér-von Mises distribution is for up to 60 values.")
        var (divisor, rest) = (n, m)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        let multiple = n / divisor * m
        // T = nm / (N² · lcm²) · Σ (a·i − b·j)², a = lcm/n, b = lcm/m, over the lattice path's points (i, j): whole sums.
        let (a, b) = (multiple / n, multiple / m)
        let scale = Double(multiple * (n + m)) / Double(n * m).squareRoot()
        // scipy rounds down a sum that ties make a fraction; rounding must not push a whole one down.
        let bound = (statistic * scale * scale * (1 + 1e-12) + 1e-9).rounded(.down)
        // The sums of all paths to (i, j), and by how many paths, for the row of one j.
        var row = [[(sum: Int, paths: Int)]](repeating: [], count: n + 1)
        row[0] = [(0, 1)]
        for j in 0...m {
            for i in 0...n {
                let square = (a * i - b * j) * (a * i - b * j)
                let arriving = merged(row[i], i > 0 ? row[i - 1] : [])
                row[i] = arriving.map { ($0.sum + square, $0.paths) }
            }
        }
        let (outside, all) = row[n].reduce(into: (0, 0)) { counts, entry in
            if Double(entry.sum) >= bound { counts.0 += entry.paths }
            counts.1 += entry.paths
        }
        return Double(outside) / Double(all)
    }

    /// Two rising lists as one, equal sums added up.
    private static func merged(
        _ first: [(sum: Int, paths: Int)], _ second: [(sum: Int, paths: Int)]
    ) -> [(sum: Int, paths: Int)] {
        if second.isEmpty { return first }
        if first.isEmpty { return second }
        var result: [(sum: Int, paths: Int)] = []
        result.reserveCapacity(first.count + second.count)
        var (i, j) = (0, 0)
        while i < first.count, j < second.count {
            if first[i].sum < second[j].sum {
                result.append(first[i])
                i += 1
            } else if second[j].sum < first[i].sum {
                result.append(second[j])
                j += 1
            } else {
                result.append((first[i].sum, first[i].paths + second[j].paths))
                i += 1
                j += 1
            }
        }
        result.append(contentsOf: first[i...])
        result.append(contentsOf: second[j...])
        return result
    }
}
