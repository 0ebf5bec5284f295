import LeewayStats

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bins of both sides, those of too few rows to be judged alone joined with others.
///
/// A bin is rare where less than one row of either side would be expected in it. Rare bins are joined in the order
/// they come in, until one is expected; what is left over goes to the last such group. If there is none it is kept
/// apart, as it would be hidden in a bin of many rows. What is joined depends on the rows of both sides together, so no
/// chance of a false alarm is added.
///
/// - New categories: that a category is new is seen from the rows, so its bin can't be taken as given. It is joined
///   with all bins of so few rows that one of them might as well have fallen to the window alone, with a chance of
///   1 % or more. If less than one row of these is expected, they are kept apart too.
struct JoinedBins: Sendable {
    /// A bin's rows.
    struct Bin: Sendable, Equatable {
        var reference: Int
        var window: Int

        var all: Int { reference + window }

        mutating func join(_ other: Bin) {
            reference += other.reference
            window += other.window
        }
    }

    /// The bins in which a row or more of either side is expected; or one bin that has all rows.
    private(set) var bins = [Bin]()
    /// New categories and what is left of rare ones, less than one row of each being expected; nil where there are none.
    private(set) var apart: Bin?
    /// All rows of the reference and of the window.
    let sides: Bin
    /// Whether no bin was joined to another or kept apart.
    private(set) var isWhole = true

    init(_ sides: BinnedSides) {
        self.sides = Bin(reference: sides.referenceCount, window: sides.windowCount)
        let (least, all) = (Double(min(sides.referenceCount, sides.windowCount)), Double(self.sides.all))
        func isRare(_ bin: Bin) -> Bool { Double(bin.all) * least < all }

        let few = Self.fewRows(sides)
        var new = Bin(reference: 0, window: 0)
        var rest = Bin(reference: 0, window: 0)
        var group: Int?
        bins.reserveCapacity(sides.reference.count)
        for (reference, window) in zip(sides.reference, sides.window) {
            let bin = Bin(reference: reference, window: window)
            if bin.all <= few || reference == 0 {
                if bin.all > 0, new.all > 0 { isWhole = false }
                new.join(bin)
            } else if isRare(bin) {
                isWhole = false
                rest.join(bin)
                guard !isRare(rest) else { continue }
                group = bins.count
                bins.append(rest)
                rest = Bin(reference: 0, window: 0)
            } else {
                bins.append(bin)
            }
        }
        if let group {
            bins[group].join(rest)
            rest = Bin(reference: 0, window: 0)
        }
        if new.all > 0, !isRare(new) {
            bins.append(new)
            new = Bin(reference: 0, window: 0)
        }
        if bins.isEmpty {
            bins = [rest]
        } else {
            new.join(rest)
        }
        guard new.all > 0 else { return }
        apart = new
        isWhole = false
    }

    /// Both sides' rows in some bins.
    static func sizes(_ bins: [Bin]) -> SideSizes {
        var (reference, window) = (0.0, 0.0)
        for bin in bins {
            reference += Double(bin.reference)
            window += Double(bin.window)
        }
        return SideSizes(reference: reference, window: window)
    }

    /// Up to how many rows a category may have for all rows of any such to fall to the window with a chance of 1 % or
    /// more; 0 where the window has no new category.
    ///
    /// Of many categories of a single row one or another is nearly always new, however small the window is.
    private static func fewRows(_ sides: BinnedSides) -> Int {
        guard zip(sides.reference, sides.window).contains(where: { $0 == 0 && $1 > 0 }) else { return 0 }
        let share = Double(sides.windowCount) / (Double(sides.referenceCount) + Double(sides.windowCount))
        func reach(_ chance: Double) -> Int { Int(min(log(chance) / log(share), 0x1p52)) }
        var few = reach(0.01)
        let most = reach(0.01 / Double(sides.reference.count))
        guard most > few else { return few }
        // The categories by their rows, where it takes several for a chance of 1 %.
        var categories: [Int: Double] = [:]
        for (reference, window) in zip(sides.reference, sides.window) where reference > 0 {
            let rows = reference + window
            if rows > few, rows <= most { categories[rows, default: 0] += 1 }
        }
        for (rows, count) in categories where count * pow(share, Double(rows)) >= 0.01 { few = max(few, rows) }
        return few
    }
}
