extension Divergence {
    /// Sums over the bins, and holds the sum against what chance gives.
    ///
    /// - Noise: the mean that the sum has where nothing moved (`NoiseSums`).
    /// - Interval: √(sum) is about normal once the noise's share is taken off (Sankaran 1963); its spread is the
    ///   larger of the one near 0 and the one that the slopes give.
    static func measure(_ sides: BinnedSides) -> MeasuredDivergence {
        let sizes = SideSizes(reference: Double(sides.referenceCount), window: Double(sides.windowCount))
        let unseen = UnseenRows(sides)
        var sums = DivergenceSums()
        table.row(sizes).withLookup { moments in
            for (reference, window) in zip(sides.reference, sides.window) where reference + window > 0 {
                let (r, w) = (Double(reference), Double(window))
                sums.add(term(r / sizes.reference, w / sizes.window, sizes))
                if reference > 0 { sums.noise.add(moments, rows: r + w, sizes, times: 1) }
            }
            if unseen.surplus > 0 { sums.noise.add(moments, rows: unseen.surplus, sizes, times: 1) }
            if unseen.expected > 0 { addNoise(of: unseen, moments, sizes, to: &sums.noise) }
        }
        return sums.measured(sizes, unit: unit(sizes))
    }

    /// How likely a sum at least as large is where nothing moved: of the bins of `JoinedBins`, with the mean and the
    /// variance that their sum then has (`NoiseSums`).
    static func pValue(_ sides: BinnedSides, _ measured: MeasuredDivergence) -> Double {
        let joined = JoinedBins(sides)
        return joined.pValue { bins, _ in joined.isWhole ? measured.upperTail : upperTail(bins) }
    }

    private static func upperTail(_ bins: [JoinedBins.Bin]) -> Double {
        let sizes = JoinedBins.sizes(bins)
        var (sum, noise) = (0.0, NoiseSums())
        table.row(sizes).withLookup { moments in
            for bin in bins {
                let (r, w) = (Double(bin.reference), Double(bin.window))
                sum += value(r / sizes.reference, w / sizes.window, sizes)
                noise.add(moments, rows: r + w, sizes, times: 1)
            }
        }
        return noise.upperTail(sum / unit(sizes))
    }

    /// Adds what unseen categories contribute where nothing moved: they are in one bin, and those that the reference
    /// has seen are the fewer for it.
    ///
    /// Of K categories of c rows a share of πᶜ is unseen, v = Kcπᶜ rows of the window. With g for the mean of a bin of
    /// c rows, they and those seen add F(v) + K(g − πᶜ · f(0, c/m)); the bins of those seen were counted as K(1 − πᶜ)
    /// · g.
    private static func addNoise(
        of unseen: UnseenRows, _ moments: TermTable.Lookup, _ sizes: SideSizes, to noise: inout NoiseSums
    ) {
        let categories = unseen.expected / unseen.rowsEach
        let alone = value(0, unseen.rowsEach / sizes.window, sizes)
        let together = value(0, unseen.expected / sizes.window, sizes)
        let stretch = alone > 0 && categories > 0 ? together / (alone * categories) : 1
        let extra = (together - alone * categories) / unit(sizes)
        noise.add(moments, rows: unseen.rowsEach, sizes, times: categories, extra: extra, stretch: stretch)
    }
}

/// The sums over all bins.
private struct DivergenceSums {
    var noise = NoiseSums()
    private var value = 0.0
    private var (referenceMean, referenceSquare, windowMean, windowSquare) = (0.0, 0.0, 0.0, 0.0)

    @inline(__always)
    mutating func add(_ term: DivergenceTerm) {
        value += term.value
        referenceMean += term.referenceMean
        referenceSquare += term.referenceSquare
        windowMean += term.windowMean
        windowSquare += term.windowSquare
    }

    func measured(_ sizes: SideSizes, unit: Double) -> MeasuredDivergence {
        let delta =
            max(0, referenceSquare - referenceMean * referenceMean) / sizes.reference
            + max(0, windowSquare - windowMean * windowMean) / sizes.window
        let step = max(unit, value > 0 ? delta / (4 * value) : 0)
        let offset = unit * (noise.mean - 1) / 2
        let root = max(0, value - offset).squareRoot()
        let reach = 1.959963984540054 * step.squareRoot()
        let (low, high) = (max(0, root - reach), root + reach)
        return MeasuredDivergence(
            value: value, noise: max(0, unit * noise.mean), upperTail: noise.upperTail(value / unit),
            lower: max(0, low * low - max(0, offset)), upper: max(0, high * high - offset))
    }
}
