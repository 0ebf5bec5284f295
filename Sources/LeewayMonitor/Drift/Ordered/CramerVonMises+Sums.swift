extension CramerVonMises {
    /// T and the square of ω.
    struct Sums: Equatable {
        /// T, its mean over all orders that tied rows could be in.
        let statistic: Double
        /// ω².
        let square: Double

        /// Goes through the cells of both sides once.
        init(_ sides: OrderedSides) {
            let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
            let (perReference, perWindow) = (1 / n, 1 / m)
            let exchange = (perReference + perWindow) * (perReference + perWindow)
            // Doubles count rows exactly, up to 2⁵³.
            var (above, seen, before, statistic, square) = (0.0, 0.0, 0.0, 0.0, 0.0)
            sides.reference.withUnsafeBufferPointer { reference in
                sides.window.withUnsafeBufferPointer { window in
                    for cell in reference.indices {
                        let (a, b) = (Double(reference[cell]), Double(window[cell]))
                        above += a
                        seen += b
                        let after = above * perReference - seen * perWindow
                        let (product, last, count) = (before * after, after * after, a + b)
                        if count == 1 {
                            statistic += last
                        } else if count > 1 {
                            // The mean over all orders of the rows in the cell.
                            let (first, rise) = (before * before, after - before)
                            let inner = rise * rise * (2 * count + 1) + a * b * exchange
                            statistic += count * first + (count + 1) * (product - first + inner / (6 * count))
                        }
                        square += (a * perReference + b * perWindow) * (before * before + product + last)
                        before = after
                    }
                }
            }
            let rows = n + m
            self.statistic = statistic * (n / rows) * (m / rows)
            self.square = square / 6
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
