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
        let (n, m) = (sides.referenceCount, sides.windowCount)
        rows = Double(n) + Double(m)
        // Half of both sides alike is reached by a whole of one of them.
        let limits = (
            pooled: Self.limit(finest * rows), reference: Self.limit(2 * finest * Double(n)),
            window: Self.limit(2 * finest * Double(m))
        )
        let isExact = sides.isExact
        var (openReference, openWindow, tie) = (0, 0, 1)
        sides.reference.withUnsafeBufferPointer { reference in
            sides.window.withUnsafeBufferPointer { window in
                for cell in reference.indices {
                    let (a, b) = (reference[cell], window[cell])
                    // Only the window has rows between two reference values, and they differ from each other.
                    if !isExact || a > 0 { tie = max(tie, a + b) }
                    if a + b >= limits.pooled || a >= limits.reference || b >= limits.window {
                        append(&openReference, &openWindow)
                        if isExact, a == 0 {
                            cut(b, into: max(b / limits.pooled, b / limits.window))
                        } else {
                            groups.append(Group(reference: Double(a), window: Double(b), isTied: a + b > 1))
                        }
                        continue
                    }
                    openReference += a
                    openWindow += b
                    if openReference + openWindow >= limits.pooled || openReference >= limits.reference
                        || openWindow >= limits.window
                    {
                        append(&openReference, &openWindow)
                    }
                }
            }
        }
        append(&openReference, &openWindow)
        largestTie = tie
    }

    /// The largest tie's share of all rows; 0 where all differ.
    var largestShare: Double { largestTie > 1 ? Double(largestTie) / rows : 0 }

    /// The sum of the squared shares of the groups that are tied.
    var tiedSquares: Double {
        groups.reduce(0) { $0 + ($1.isTied ? ($1.count / rows) * ($1.count / rows) : 0) }
    }

    private static func limit(_ rows: Double) -> Int { max(1, Int(rows.rounded(.up))) }

    private mutating func append(_ reference: inout Int, _ window: inout Int) {
        if reference + window > 0 {
            groups.append(Group(reference: Double(reference), window: Double(window), isTied: false))
        }
        (reference, window) = (0, 0)
    }

    private mutating func cut(_ rows: Int, into pieces: Int) {
        let pieces = max(1, pieces)
        let piece = Group(reference: 0, window: Double(rows) / Double(pieces), isTied: false)
        groups += Array(repeating: piece, count: pieces)
    }

    /// A largest tie below this share of all rows is as good as none.
    static let negligible = 0.001
    /// The finest share that sums over the groups need.
    static let fine = 1.0 / 256
}
