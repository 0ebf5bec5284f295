extension AndersonDarling {
    /// A² and the square of the distance.
    struct Sums: Equatable {
        /// A².
        let statistic: Double
        /// The square of the distance.
        let square: Double

        /// Goes through the cells of both sides once.
        init(_ sides: OrderedSides, variant: Variant) {
            let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
            let (perReference, perWindow, rows) = (0.5 / n, 0.5 / m, n + m)
            let (quarter, isExact, isRight) = (rows / 4, sides.isExact, variant == .right)
            let untied = UntiedRows(references: n, windows: m, isRight: isRight)
            // Doubles count rows exactly, up to 2⁵³.
            var (above, seen, before, start) = (0.0, 0.0, 0.0, 0.0)
            var (statistic, square) = (0.0, 0.0)
            sides.reference.withUnsafeBufferPointer { reference in
                sides.window.withUnsafeBufferPointer { window in
                    for cell in reference.indices {
                        let (a, b) = (Double(reference[cell]), Double(window[cell]))
                        let count = a + b
                        guard count > 0 else { continue }
                        let rank = above + seen
                        above += a
                        seen += b
                        let (first, second) = (above * perReference, seen * perWindow)
                        // Half the difference of the distribution functions, and half their sum.
                        let (after, end) = (first - second, first + second)
                        let (middle, place) = (before + after, (start + end) / 2)
                        let squared = middle * middle
                        // Of pooled rows for the statistic, of both sides alike for the distance; two divisions at once.
                        let x = rank + count / 2
                        let isUntied = a == 0 && isExact
                        let spreads = SIMD2(x * (rows - x) - quarter * (isUntied ? 1 : count), place * (1 - place))
                        let inverses = 1 / spreads
                        let terms = SIMD2(count, end - start) * squared * inverses
                        if isUntied, count > 1 {
                            statistic +=
                                untied.isFar(x, count) && !isRight
                                ? untied.sum(middle, x, count, inverses[0])
                                : untied.sum(below: above, rank: rank, count: count)
                        } else if isRight {
                            let last = rank + count
                            if last < rows { statistic += count * 4 * after * after / (last * (rows - last)) }
                        } else if spreads[0] > 0 {
                            statistic += terms[0]
                        }
                        if end - start > 0.01 {
                            let element = AndersonDarling.spreadElement(from: start, share: end - start)
                            square +=
                                4 * (element.left * before * before + 2 * element.across * before * after)
                                + 4 * element.right * after * after
                        } else {
                            square += terms[1]
                        }
                        (before, start) = (after, end)
                    }
                }
            }
            self.statistic = statistic * n * m * (isRight ? 1 : (rows - 1) / rows)
            self.square = square
        }
    }

    /// The variance of the distance's square by its influence functions: with q = (F − G)/(H(1 − H)) and integrals over H up
    /// to the row, ½(F − G)q + ½∫q²(1 − 2H) − 2∫q for the reference's rows, and + 2∫q for the window's.
    static func influenceVariance(_ groups: CellGroups, _ n: Double, _ m: Double) -> Double {
        var (before, start, lower, tilted) = (0.0, 0.0, 0.0, 0.0)
        var moments = InfluenceMoments()
        for group in groups.groups {
            let (reference, window) = (group.reference / n, group.window / m)
            let (after, width) = (before + reference - window, (reference + window) / 2)
            let (middle, place) = ((before + after) / 2, start + width / 2)
            let spread = place * (1 - place)
            let level = spread > 0 ? middle / spread : 0
            let (part, tilt) = (level * width, 0.5 * level * level * (1 - 2 * place) * width)
            let (twice, rest) = (2 * lower + part, tilted + 0.5 * tilt + 0.5 * middle * level)
            moments.add(reference: group.reference, rest - twice, window: group.window, rest + twice)
            lower += part
            tilted += tilt
            (before, start) = (after, start + width)
        }
        return moments.variance(n, m)
    }
}
