extension Wasserstein {
    /// What two passes over the cells add up, in the column's own unit.
    struct Sums {
        /// ∫ |F − G| dx.
        private(set) var distance = 0.0
        /// What distances are divided by: above 0.
        private(set) var unit = 1.0
        /// The variance of the distance in its unit, times the unit's square.
        private(set) var variance = 0.0
        /// The distance's mean where nothing moved.
        private(set) var noise = 0.0
        /// Its standard deviation there.
        private(set) var noiseDeviation = 0.0

        /// Goes through the cells of both sides twice.
        init(_ sides: OrderedSides) {
            let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
            let places = Places(sides.places)
            sides.reference.withUnsafeBufferPointer { reference in
                sides.window.withUnsafeBufferPointer { window in
                    (places.isPlain ? sides.places : sides.places.map(places.finite)).withUnsafeBufferPointer {
                        numbers in
                        add(reference, window, numbers, one: places.one, n, m)
                    }
                }
            }
        }

        private mutating func add(
            _ reference: UnsafeBufferPointer<Int>, _ window: UnsafeBufferPointer<Int>,
            _ numbers: UnsafeBufferPointer<Double>,
            one: Double, _ n: Double, _ m: Double
        ) {
            var (total, single, isConstant) = (0.0, Double.nan, true)
            for cell in reference.indices where reference[cell] > 0 {
                let place = numbers[cell]
                total += Double(reference[cell]) * place
                if single.isNaN { single = place }
                isConstant = isConstant && place == single
            }
            let mean = isConstant ? single : total / n

            let (perReference, perWindow, perRow) = (1 / n, 1 / m, 1 / (n + m))
            var (above, seen, signed) = (0.0, 0.0, 0.0)
            // Of the signed length up to a row: sums over the reference's and the window's rows, and of squares.
            var (lengths, squares) = (SIMD2(0.0, 0.0), SIMD2(0.0, 0.0))
            // Of a reference row's squared offset from the mean: sum and square, product with the signed length.
            var (offsets, mixed) = (SIMD2(0.0, 0.0), 0.0)
            var null = NullIntegral()
            var place = reference.isEmpty ? 0 : numbers[0]
            for cell in reference.indices {
                let counts = SIMD2(Double(reference[cell]), Double(window[cell]))
                above += counts[0]
                seen += counts[1]
                // A row here has moved the distance by the signed length up to here.
                let terms = counts * signed
                lengths += terms
                squares += terms * signed
                let square = (place - mean) * (place - mean)
                offsets += SIMD2(1, square) * (counts[0] * square)
                mixed += terms[0] * square
                guard cell + 1 < reference.count else { break }
                let next = numbers[cell + 1]
                let width = next - place
                let moved = (above * perReference - seen * perWindow) * width
                distance += abs(moved)
                signed += moved > 0 ? width : moved < 0 ? -width : 0
                null.add((above + seen) * perRow, width)
                place = next
            }
            let (second, means) = (offsets[0] / n, lengths / SIMD2(n, m))
            let variances = squares / SIMD2(n, m) - means * means
            unit = isConstant ? max(abs(single), one) : second.squareRoot()
            variance = max(variances[0], 0) / n + max(variances[1], 0) / m
            if !isConstant {
                // The unit is the reference's, too.
                let part = distance / (2 * second)
                let covariance = mixed / n - means[0] * second
                variance += (2 * part * covariance + part * part * max(offsets[1] / n - second * second, 0)) / n
                variance = max(variance, 0)
            }
            (noise, noiseDeviation) = null.moments(perReference + perWindow)
        }
    }

    /// What places count as, where they are infinite, and in what unit, where their squares would overflow.
    struct Places {
        private let lowest: Double
        private let highest: Double
        private let scale: Double
        /// Whether all places count as they are.
        let isPlain: Bool

        init(_ places: [Double]) {
            lowest = places.first(where: \.isFinite) ?? -1
            highest = places.last(where: \.isFinite) ?? 1
            let size = max(abs(lowest), abs(highest))
            // A power of 2, which rounds nothing.
            scale =
                size > 1e60 || (size < 1e-60 && size > 0) ? 1 / (size.binade * 2) : 1
            isPlain = scale == 1 && places.first == lowest && places.last == highest
        }

        /// A distance of 1.
        var one: Double { scale }

        /// The place, or what it counts as.
        func finite(_ place: Double) -> Double { min(max(place, lowest), highest) * scale }
    }
}
