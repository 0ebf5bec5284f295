extension KolmogorovSmirnov {
    /// Where the distribution functions differ most.
    struct Peak: Sendable, Equatable {
        /// D.
        let distance: Double
        /// The reference's rows up to there.
        let above: Int
        /// The window's rows up to there.
        let seen: Int

        /// Goes through the cells of both sides once.
        init(_ sides: OrderedSides) {
            let (perReference, perWindow) = (1 / Double(sides.referenceCount), 1 / Double(sides.windowCount))
            var (above, seen, largest, peak) = (0, 0, 0.0, (0, 0))
            sides.reference.withUnsafeBufferPointer { reference in
                sides.window.withUnsafeBufferPointer { window in
                    for cell in reference.indices {
                        above += reference[cell]
                        seen += window[cell]
                        let difference = abs(Double(above) * perReference - Double(seen) * perWindow)
                        if difference > largest { (largest, peak) = (difference, (above, seen)) }
                    }
                }
            }
            (self.above, self.seen) = peak
            // Once more with divisions, which round as scipy's do.
            distance = abs(
                Double(peak.0) / Double(sides.referenceCount) - Double(peak.1) / Double(sides.windowCount))
        }
    }
}
