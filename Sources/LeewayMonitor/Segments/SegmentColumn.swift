import LeewayCore
import LeewayStats

/// A column as codes between which a tree can split, with the words for them.
///
/// - Numbers: bins at about every twentieth of the reference's learning rows, and beyond all of them; each edge is the number of the
///   fewest digits that divides the learning rows of both sides alike.
/// - Categories: the most frequent ones of the learning rows by name; all others together.
/// - Missing: a code of its own, the last.
struct SegmentColumn {
    /// What the codes before the last stand for.
    enum Meaning {
        /// Code i is a number above edge i − 1 and up to edge i.
        case numbers(edges: [Double])
        /// Code i is category i; the code after them, any other one.
        case categories([String])
    }

    /// The most bins of numbers but for those beyond the reference.
    static let binCount = 20
    /// The most categories by name.
    static let categoryLimit = 50

    let name: String
    let meaning: Meaning
    /// One code a row of both sides.
    let codes: [Int32]
    /// How many codes there are.
    let count: Int
    /// Whether a row is missing.
    let hasMissing: Bool
    /// Whether a row has a category that is not named.
    let hasOthers: Bool

    /// How many codes have rows, where they are categories.
    var presentCount: Int { count - (hasMissing ? 0 : 1) - (hasOthers ? 0 : 1) }

    /// The code of missing rows.
    var missing: Int { count - 1 }

    /// Lays the codes of a column by the learning rows of both sides.
    init(_ column: SharedColumns.Column, referenceRows: Range<Int>, windowRows: Range<Int>) {
        name = column.name
        switch column.values {
        case .numeric(let numbers):
            let edges = Self.edges(numbers, referenceRows, windowRows)
            meaning = .numbers(edges: edges)
            count = edges.count + 2
            codes = numbers.map { number in
                guard !number.isNaN else { return Int32(edges.count + 1) }
                var (low, high) = (0, edges.count)
                while low < high {
                    let middle = (low + high) / 2
                    if edges[middle] < number { low = middle + 1 } else { high = middle }
                }
                return Int32(low)
            }
            hasOthers = false
        case .categorical(let categorical):
            let named = Self.named(categorical, referenceRows, windowRows)
            meaning = .categories(named.map { categorical.categories[$0] })
            count = named.count + 2
            var own = [Int32](repeating: Int32(named.count), count: categorical.categories.count)
            for (code, category) in named.enumerated() { own[category] = Int32(code) }
            codes = categorical.codes.map { $0 < 0 ? Int32(named.count + 1) : own[Int($0)] }
            hasOthers = codes.contains(Int32(named.count))
        }
        let missing = Int32(count - 1)
        hasMissing = codes.contains(missing)
    }

    private static func edges(_ numbers: [Double], _ referenceRows: Range<Int>, _ windowRows: Range<Int>) -> [Double] {
        let reference = ValueCounts(Array(numbers[referenceRows]))
        guard let least = reference.min else { return [] }
        let all = ValueCounts(Array(numbers[referenceRows]) + Array(numbers[windowRows])).values
        let uppers = Set(PooledBins.uppers(reference, binCount: binCount))
        return zip(all, all.dropFirst()).compactMap { low, high in
            uppers.contains(low) || high == least ? ShortNumber.between(low, high) : nil
        }
    }

    private static func named(
        _ categorical: Categorical, _ referenceRows: Range<Int>, _ windowRows: Range<Int>
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: categorical.categories.count)
        for rows in [referenceRows, windowRows] {
            for row in rows where categorical.codes[row] >= 0 { counts[Int(categorical.codes[row])] += 1 }
        }
        return Array(
            counts.indices.filter { counts[$0] > 0 }
                .sorted {
                    let (left, right) = (categorical.categories[$0].utf8, categorical.categories[$1].utf8)
                    return counts[$0] == counts[$1]
                        ? left.lexicographicallyPrecedes(right) : counts[$0] > counts[$1]
                }
                .prefix(categoryLimit))
    }

    /// The allowed codes in words; nil where every row is allowed.
    func condition(_ allowed: [Bool]) -> SegmentCondition? {
        let values = self.values(allowed)
        let orMissing = hasMissing && allowed[missing]
        if values == .any, orMissing || !hasMissing { return nil }
        return SegmentCondition(column: name, values: values, orMissing: orMissing)
    }

    private func values(_ allowed: [Bool]) -> SegmentCondition.Values {
        switch meaning {
        case .numbers(let edges):
            guard let first = allowed.dropLast().firstIndex(of: true), let last = allowed.dropLast().lastIndex(of: true)
            else { return .none }
            if first == 0, last == edges.count { return .any }
            return .numbers(above: first > 0 ? edges[first - 1] : nil, upTo: last < edges.count ? edges[last] : nil)
        case .categories(let names):
            let among = names.indices.filter { allowed[$0] }
            let except = names.indices.filter { !allowed[$0] }
            let withOthers = hasOthers && allowed[names.count]
            if except.isEmpty, withOthers || !hasOthers { return .any }
            if among.isEmpty, !withOthers { return .none }
            return withOthers || (!hasOthers && except.count < among.count)
                ? .except(except.map { names[$0] }) : .among(among.map { names[$0] })
        }
    }
}
