/// The cells of both sides in groups: all that a distribution conditional on the ties and a variance depend on.
///
/// A cell with at least the finest share, of the pooled rows or of both sides alike, is a group of its own; other cells are
/// joined until they reach it, and what is untied is cut to it. So there are at most about four groups a finest share.
struct CellGroups: Sendable, Equatable {
    /// Rows next to each other in order.
    struct Group: Sendable, Equatable {
        /// The reference's rows; a share of them where a group was cut.
        let reference: Double
        /// The window's rows; a share of them where a group was cut.
        let window: Double
        /// Whether nothing can be seen inside: all rows have one value.
        let isTied: Bool

        /// The rows of both sides.
        var count: Double { reference + window }
    }

    /// The groups in the order of their values.
    private(set) var groups: [Group] = []
    /// The most rows, of both sides, that have one value; 1 where all differ.
    private(set) var largestTie = 1
    /// The rows of both sides.
    let rows: Double

    /// Joins the cells of both sides.
    ///
    /// - Complexity: O(cells).
    init(_ sides: OrderedSides, finest: Double) {
        let (n, m) = (Double(sides.referenceCount), Double(sides.windowCount))
        rows = n + m
        // A row's share of the finest share, of all rows or of its side's half, whichever is more.
        let perReference = max(1 / (finest * rows), 0.5 / (finest * n))
        let perWindow = max(1 / (finest * rows), 0.5 / (finest * m))
        let isExact = sides.isExact
        var (open, start, tie) = (0.0, 0, 1)
        sides.reference.withUnsafeBufferPointer { reference in
            sides.window.withUnsafeBufferPointer { window in
                for cell in reference.indices {
                    let (a, b) = (reference[cell], window[cell])
                    // Only the window has rows between two reference values, and they differ from each other.
                    tie = max(tie, a > 0 || !isExact ? a + b : 0)
                    let weight = Double(a) * perReference + Double(b) * perWindow
                    open += weight
                    guard open >= 1 else { continue }
                    if weight >= 1 {
                        join(reference, window, start..<cell)
                        let isUntied = isExact && a == 0
                        append(a, b, pieces: isUntied ? Int(weight) : 1, isTied: !isUntied && a + b > 1)
                    } else {
                        join(reference, window, start..<cell + 1)
                    }
                    (open, start) = (0, cell + 1)
                }
                join(reference, window, start..<reference.count)
            }
        }
        largestTie = tie
    }

    /// The largest tie's share of all rows; 0 where all differ.
    var largestShare: Double { largestTie > 1 ? Double(largestTie) / rows : 0 }

    /// The sum of the squared shares of the groups that are tied.
    var tiedSquares: Double {
        groups.reduce(0) { $0 + ($1.isTied ? ($1.count / rows) * ($1.count / rows) : 0) }
    }

    private mutating func join(
        _ reference: UnsafeBufferPointer<Int>, _ window: UnsafeBufferPointer<Int>, _ cells: Range<Int>
    ) {
        var (a, b) = (0, 0)
        for cell in cells { (a, b) = (a + reference[cell], b + window[cell]) }
        if a + b > 0 { groups.append(Group(reference: Double(a), window: Double(b), isTied: false)) }
    }

    private mutating func append(_ a: Int, _ b: Int, pieces: Int, isTied: Bool) {
        let piece = Group(reference: Double(a), window: Double(b) / Double(pieces), isTied: isTied)
        groups += Array(repeating: piece, count: pieces)
    }

    /// A largest tie below this share of all rows is as good as none.
    static let negligible = 0.001
    /// The finest share that sums over the groups need.
    static let fine = 1.0 / 256
}
