/// Sorts 64-bit keys by their digits, the least significant first.
///
/// - Source: LSD radix sort (Knuth, TAOCP 3, 5.2.5) with six digits of 11 bits; a digit that all keys share is skipped.
package enum RadixSort {
    private static let digitBits = 11
    private static let digitCount = 6
    private static let bucketCount = 1 << digitBits
    /// Below this many keys a comparison sort is faster than clearing the buckets.
    private static let smallest = 2_000

    /// Sorts ascending; equal keys can't be told apart, so the order is total.
    ///
    /// - Complexity: O(n), with n more keys of memory.
    package static func sort(_ keys: inout [UInt64]) {
        guard keys.count > smallest else { return keys.sort() }
        var ends = starts(of: keys)
        var spare = keys
        for digit in 0..<digitCount where !isShared(digit, by: keys, starts: ends) {
            scatter(keys, into: &spare, digit: digit, ends: &ends)
            swap(&keys, &spare)
        }
    }

    /// Where each bucket of each digit starts: all digits in one pass over the keys.
    private static func starts(of keys: [UInt64]) -> [Int] {
        var starts = [Int](repeating: 0, count: digitCount * bucketCount)
        starts.withUnsafeMutableBufferPointer { starts in
            for key in keys {
                for digit in 0..<digitCount { starts[bucket(of: key, digit: digit)] &+= 1 }
            }
            for digit in 0..<digitCount {
                var sum = 0
                for index in digit * bucketCount..<(digit + 1) * bucketCount {
                    (starts[index], sum) = (sum, sum &+ starts[index])
                }
            }
        }
        return starts
    }

    /// True where one bucket holds every key: then the next bucket starts at the end.
    private static func isShared(_ digit: Int, by keys: [UInt64], starts: [Int]) -> Bool {
        let index = bucket(of: keys[0], digit: digit)
        let isLast = (index + 1) % bucketCount == 0
        return starts[index] == 0 && (isLast || starts[index + 1] == keys.count)
    }

    private static func scatter(_ keys: [UInt64], into target: inout [UInt64], digit: Int, ends: inout [Int]) {
        keys.withUnsafeBufferPointer { keys in
            target.withUnsafeMutableBufferPointer { target in
                ends.withUnsafeMutableBufferPointer { ends in
                    for key in keys {
                        let index = bucket(of: key, digit: digit)
                        target[ends[index]] = key
                        ends[index] &+= 1
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func bucket(of key: UInt64, digit: Int) -> Int {
        digit &* bucketCount &+ Int(truncatingIfNeeded: key >> UInt64(digit &* digitBits)) & (bucketCount &- 1)
    }
}
