/// A column's distribution on both sides in a few bins, to be shown to a person; nothing is decided by it.
package struct ColumnShape: Sendable, Equatable, Codable {
    /// A bin's rows.
    package struct Bin: Sendable, Equatable, Codable {
        /// The category, or nil for a range of numbers and for all other categories together.
        package let category: String?
        /// From where a range reaches, itself excluded but for the first; nil where it has no end, and for categories.
        package let lower: Double?
        /// To where a range reaches, itself included; nil where it has no end, and for categories.
        package let upper: Double?
        package let reference: Int
        package let window: Int

        package init(category: String?, lower: Double?, upper: Double?, reference: Int, window: Int) {
            (self.category, self.lower, self.upper) = (category, lower, upper)
            (self.reference, self.window) = (reference, window)
        }
    }

    package let bins: [Bin]
    /// Rows of the window in categories that the reference has not.
    package let newRows: Int

    private enum CodingKeys: String, CodingKey {
        case bins
        case newRows = "new_rows"
    }

    package init(bins: [Bin], newRows: Int) { (self.bins, self.newRows) = (bins, newRows) }

    /// How many bins a shape has at most.
    package static let limit = 24

    /// Numbers in bins of equal width between the reference's outer quantiles; a bin at each end for all beyond.
    package static func of(_ sides: OrderedSides) -> ColumnShape {
        guard let low = quantile(0.005, sides), let high = quantile(0.995, sides) else {
            return ColumnShape(bins: [], newRows: 0)
        }
        let distinct = sides.reference.indices.filter { sides.reference[$0] > 0 }
        let edges: [Double]
        if distinct.count <= limit - 1 {
            edges = distinct.map { sides.places[$0] }
        } else {
            // Whole numbers are divided at whole numbers, as many in each bin.
            let isWhole = distinct.allSatisfy { sides.places[$0] == sides.places[$0].rounded() }
            let even = (high - low) / Double(limit - 2)
            let width = isWhole ? even.rounded(.up) : even
            edges =
                width > 0 && width.isFinite
                ? (0...Int(((high - low) / width).rounded(.up))).map { low + width * Double($0) } : [low, high]
        }
        // One more bin than edges: what is above the last. A bin reaches up to its edge.
        var (reference, window) = (
            [Int](repeating: 0, count: edges.count + 1), [Int](repeating: 0, count: edges.count + 1)
        )
        var bin = 0
        for cell in sides.places.indices {
            while bin < edges.count, sides.places[cell] > edges[bin] { bin += 1 }
            reference[bin] += sides.reference[cell]
            window[bin] += sides.window[cell]
        }
        var bins = reference.indices.map { place in
            Bin(
                category: nil, lower: place > 0 ? edges[place - 1] : nil,
                upper: place < edges.count ? edges[place] : nil,
                reference: reference[place], window: window[place])
        }
        if let last = bins.last, last.reference == 0, last.window == 0 { bins.removeLast() }
        return ColumnShape(bins: bins, newRows: 0)
    }

    /// The categories with the most rows on either side, then all others in one bin.
    package static func of(_ categories: [String], _ sides: BinnedSides, newRows: Int) -> ColumnShape {
        let (n, m) = (Double(max(1, sides.referenceCount)), Double(max(1, sides.windowCount)))
        let weight = categories.indices.map { max(Double(sides.reference[$0]) / n, Double(sides.window[$0]) / m) }
        let order = categories.indices.sorted { (-weight[$0], $0) < (-weight[$1], $1) }
        let shown = order.prefix(order.count > limit - 1 ? limit - 2 : limit - 1)
        var bins = shown.map { place in
            Bin(
                category: categories[place], lower: nil, upper: nil, reference: sides.reference[place],
                window: sides.window[place])
        }
        let rest = order.dropFirst(shown.count)
        if !rest.isEmpty {
            bins.append(
                Bin(
                    category: nil, lower: nil, upper: nil, reference: rest.reduce(0) { $0 + sides.reference[$1] },
                    window: rest.reduce(0) { $0 + sides.window[$1] }))
        }
        return ColumnShape(bins: bins, newRows: newRows)
    }

    /// The bins whose share changed the most, those that gained first; each with its change of share.
    package var changes: [(bin: Bin, change: Double)] {
        let reference = Double(max(1, bins.reduce(0) { $0 + $1.reference }))
        let window = Double(max(1, bins.reduce(0) { $0 + $1.window } + newRows))
        return bins.map { ($0, Double($0.window) / window - Double($0.reference) / reference) }
            .sorted { $0.1 > $1.1 }
    }

    private static func quantile(_ share: Double, _ sides: OrderedSides) -> Double? {
        let rank = share * Double(sides.referenceCount)
        var seen = 0
        for cell in sides.reference.indices where sides.reference[cell] > 0 {
            seen += sides.reference[cell]
            if Double(seen) >= rank, sides.places[cell].isFinite { return sides.places[cell] }
        }
        return sides.places.last { $0.isFinite }
    }
}
