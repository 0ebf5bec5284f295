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
                    sides.places.withUnsafeBufferPointer { numbers in
                        add(reference, window, numbers, places, n, m)
                    }
                }
            }
        }

        private mutating func add(
            _ reference: UnsafeBufferPointer<Int>, _ window: UnsafeBufferPointer<Int>,
            _ numbers: UnsafeBufferPointer<Double>,
            _ places: Places, _ n: Double, _ m: Double
        ) {
            var (total, single, isConstant) = (0.0, Double.nan, true)
            for cell in reference.indices where reference[cell] > 0 {
                let place = places.finite(numbers[cell])
                total += Double(reference[cell]) * place
                if single.isNaN { single = place }
                isConstant = isConstant && place == single
            }
            let mean = isConstant ? single : total / n

            let (perReference, perWindow, perRow) = (1 / n, 1 / m, 1 / (n + m))
            var (above, seen, signed, squares, fourths, mixed) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
            var moments = InfluenceMoments()
            var null = NullIntegral()
            for cell in reference.indices {
                let (a, b) = (Double(reference[cell]), Double(window[cell]))
                let place = places.finite(numbers[cell])
                above += a
                seen += b
                // A row here has moved the distance by the signed length up to here.
                moments.add(reference: a, signed, window: b, signed)
                let offset = place - mean
                let square = offset * offset
                squares += a * square
                fourths += a * square * square
                mixed += a * square * signed
                guard cell + 1 < reference.count else { break }
                let width = places.finite(numbers[cell + 1]) - place
                let difference = above * perReference - seen * perWindow
                distance += abs(difference) * width
                signed += difference > 0 ? width : difference < 0 ? -width : 0
                null.add((above + seen) * perRow, width)
            }
            unit = isConstant ? max(abs(single), places.one) : (squares / n).squareRoot()
            variance = moments.variance(n, m)
            if !isConstant {
                // The unit is the reference's, too.
                let (second, part) = (squares / n, distance / (2 * squares / n))
                let covariance = mixed / n - moments.referenceMean(n) * second
                variance += (2 * part * covariance + part * part * max(fourths / n - second * second, 0)) / n
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

        init(_ places: [Double]) {
            lowest = places.first(where: \.isFinite) ?? -1
            highest = places.last(where: \.isFinite) ?? 1
            let size = max(abs(lowest), abs(highest))
            // A power of 2, which rounds nothing.
            scale = size > 1e60 || (size < 1e-60 && size > 0) ? 1 / (size.binade * 2) : 1
        }

        /// A distance of 1.
        var one: Double { scale }

        /// The place, or what it counts as.
        func finite(_ place: Double) -> Double { min(max(place, lowest), highest) * scale }
    }
}
