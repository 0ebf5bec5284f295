extension KolmogorovSmirnov {
    /// Where the distribution functions differ most.
    struct Peak: Sendable, Equatable {
        /// D.
        let distance: Double
        /// The reference's rows up to there.
        let above: Int
        /// The window's rows up to there.
        let seen: Int
        /// The most rows, of both sides, that have one value; 1 where all differ.
        let largestTie: Int

        /// Goes through the cells of both sides once.
        init(_ sides: OrderedSides) {
            let (perReference, perWindow) = (1 / Double(sides.referenceCount), 1 / Double(sides.windowCount))
            var (above, seen, largest, peak, tie) = (0, 0, 0.0, (0, 0), 1)
            let isExact = sides.isExact
            sides.reference.withUnsafeBufferPointer { reference in
                sides.window.withUnsafeBufferPointer { window in
                    for cell in reference.indices {
                        let (a, b) = (reference[cell], window[cell])
                        above += a
                        seen += b
                        // Only the window has rows between two reference values, and they differ from each other.
                        tie = max(tie, a > 0 || !isExact ? a + b : 0)
                        let difference = abs(Double(above) * perReference - Double(seen) * perWindow)
                        if difference > largest { (largest, peak) = (difference, (above, seen)) }
                    }
                }
            }
            (self.above, self.seen, largestTie) = (peak.0, peak.1, tie)
            // Once more with divisions, which round as scipy's do.
            distance = abs(
                Double(peak.0) / Double(sides.referenceCount) - Double(peak.1) / Double(sides.windowCount))
        }
    }
}
