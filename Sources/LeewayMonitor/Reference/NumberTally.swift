/// Counts the distinct values of a stream of numbers while they are few, and notices when they are not.
///
/// - Missing: NaN, counted apart.
/// - Negative zero: folded into 0.
package struct NumberTally: Sendable {
    /// The distinct values that are counted; of more only the smallest and the largest are known.
    package static let limit = 16_384

    package private(set) var missing = 0
    /// Rows with a value.
    package private(set) var count = 0
    package private(set) var smallest = Double.infinity
    package private(set) var largest = -Double.infinity

    /// Open addressing by the bits of the value; a count of 0 is a free place.
    private var keys = [UInt64](repeating: 0, count: 256)
    private var counts = [Int](repeating: 0, count: 256)
    private var distinct = 0

    package init() {}

    /// Whether there were too many distinct values to count.
    package var isOverfull: Bool { distinct > Self.limit }

    /// Counts numbers.
    package mutating func add(_ numbers: UnsafeBufferPointer<Double>) {
        var present = 0
        for number in numbers where !number.isNaN {
            present += 1
            if number < smallest { smallest = number }
            if number > largest { largest = number }
        }
        missing += numbers.count - present
        count += present
        var rest = numbers[...]
        while !isOverfull, let new = countKnown(&rest) { insert(new) }
    }

    /// Counts values that are known already, up to the first one that is not.
    private mutating func countKnown(_ numbers: inout Slice<UnsafeBufferPointer<Double>>) -> UInt64? {
        let mask = keys.count - 1
        return keys.withUnsafeBufferPointer { keys in
            counts.withUnsafeMutableBufferPointer { counts in
                while let number = numbers.popFirst() {
                    guard !number.isNaN else { continue }
                    let key = (number + 0).bitPattern
                    var slot = Self.slot(of: key, mask)
                    while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
                    guard counts[slot] != 0 else { return key }
                    counts[slot] += 1
                }
                return nil
            }
        }
    }

    private static func slot(of key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    }

    /// Takes in a value that is not known yet.
    private mutating func insert(_ key: UInt64) {
        let mask = keys.count - 1
        var slot = Self.slot(of: key, mask)
        while counts[slot] != 0 { slot = (slot + 1) & mask }
        distinct += 1
        guard !isOverfull else {
            (keys, counts) = ([], [])
            return
        }
        (keys[slot], counts[slot]) = (key, 1)
        if distinct * 2 > keys.count { grow() }
    }

    private mutating func grow() {
        let (oldKeys, oldCounts) = (keys, counts)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        counts = [Int](repeating: 0, count: keys.count)
        let mask = keys.count - 1
        for (key, count) in zip(oldKeys, oldCounts) where count != 0 {
            var slot = Self.slot(of: key, mask)
            while counts[slot] != 0 { slot = (slot + 1) & mask }
            (keys[slot], counts[slot]) = (key, count)
        }
    }

    /// The values with their counts, ascending; nil where there were too many.
    package var exact: ReferenceCounts.Values? {
        guard !isOverfull else { return nil }
        let found = keys.indices.filter { counts[$0] != 0 }
            .map { (value: Double(bitPattern: keys[$0]), count: counts[$0]) }.sorted { $0.value < $1.value }
        return .numbers(values: found.map(\.value), counts: found.map(\.count), isExact: true)
    }

    /// At most so many ascending edges of about equal shares of a sample; the last is the largest value of all.
    package func edges(sample: [Double], count: Int) -> [Double] {
        let sorted = sample.filter { !$0.isNaN }.sorted()
        var edges: [Double] = []
        for rank in 1..<count where !sorted.isEmpty {
            let value = sorted[min(sorted.count - 1, rank * sorted.count / count)] + 0
            if value < largest, edges.last.map({ $0 < value }) ?? true { edges.append(value) }
        }
        if self.count > 0 { edges.append(largest + 0) }
        return edges
    }
}
