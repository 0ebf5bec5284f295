extension CramerVonMises {
    /// T and the square of ω.
    struct Sums: Equatable {
        /// T, its mean over all orders that tied rows could be in.
        let statistic: Double
        /// ω².
        let square: Double

        /// Goes through the cells of both sides once.
        ///
        /// In a cell where F − G goes from y to z in t steps, with a and b rows of the two sides, the squares after each step
        /// add up, on average over all orders, to t(y² + yz + z²)/3 + (z² − y²)/2 + ((z − y)² + ab(t + 1)(1/n + 1/m)²)/6t; the
        /// second term cancels over all cells.
        init(_ sides: OrderedSides) {
            let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
            let (perReference, perWindow) = (1 / n, 1 / m)
            let exchange = (perReference + perWindow) * (perReference + perWindow)
            // Doubles count rows exactly, up to 2⁵³.
            var (above, seen, before, steps) = (0.0, 0.0, 0.0, 0.0)
            // By rows, and by the mean of both sides' shares, twice.
            var thirds = SIMD2(0.0, 0.0)
            sides.reference.withUnsafeBufferPointer { reference in
                sides.window.withUnsafeBufferPointer { window in
                    for cell in reference.indices {
                        let (a, b) = (Double(reference[cell]), Double(window[cell]))
                        above += a
                        seen += b
                        let after = above * perReference - seen * perWindow
                        let (first, second) = (a * perReference, b * perWindow)
                        let (count, rise) = (a + b, first - second)
                        thirds += SIMD2(count, first + second) * (before * (before + after) + after * after)
                        steps += (rise * rise + a * b * (count + 1) * exchange) / max(count, 1)
                        before = after
                    }
                }
            }
            let rows = n + m
            statistic = (thirds[0] / 3 + steps / 6) * (n / rows) * (m / rows)
            square = thirds[1] / 6
        }
    }

    /// T from midranks, as scipy has it.
    static func midrankStatistic(_ sides: OrderedSides) -> Double {
        let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
        var (above, seen, left, right) = (0.0, 0.0, 0.0, 0.0)
        for (inReference, inWindow) in zip(sides.reference, sides.window) {
            let (a, b) = (Double(inReference), Double(inWindow))
            if sides.isExact, inReference == 0 {
                // Untied rows of the window: each has all of the reference's rows below it.
                right += b * above * above
            } else {
                // How far a row's rank in both sides is beyond that in its own, squared.
                let (ahead, others) = (seen + b / 2, above + a / 2)
                left += a * ahead * ahead + a * (a * a - 1) / 12
                right += b * others * others + b * (b * b - 1) / 12
            }
            above += a
            seen += b
        }
        let (rows, product) = (n + m, n * m)
        return (n * left + m * right) / (product * rows) - (4 * product - 1) / (6 * rows)
    }

    /// The variance of ω² by its influence functions: ½(F − G)² − 2L for the reference's rows, ½(F − G)² + 2L for the
    /// window's, L = ∫ (F − G) dH up to the row.
    static func influenceVariance(_ groups: CellGroups, _ n: Double, _ m: Double) -> Double {
        var (before, lower) = (0.0, 0.0)
        var moments = InfluenceMoments()
        for group in groups.groups {
            let (reference, window) = (group.reference / n, group.window / m)
            let after = before + reference - window
            let middle = (before + after) / 2
            let part = middle * (reference + window) / 2
            let (twice, half) = (2 * lower + part, 0.5 * middle * middle)
            moments.add(reference: group.reference, half - twice, window: group.window, half + twice)
            lower += part
            before = after
        }
        return moments.variance(n, m)
    }
}
