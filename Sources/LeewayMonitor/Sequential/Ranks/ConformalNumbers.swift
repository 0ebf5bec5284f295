import LeewayCore
import LeewayStats

/// Each new number's place among the numbers before it: `ConformalRanks` for a few numbers that no reference knows.
///
/// - Complexity: O(n) for each of n numbers: meant for summaries of blocks.
struct ConformalNumbers: Sendable, Equatable {
    /// All numbers so far, ascending.
    private(set) var numbers: [Double] = []

    /// Ranks a number that is not NaN, and puts it among the others.
    mutating func add(_ number: Double, using generator: inout SeededGenerator) -> Double {
        let uniform = Double(generator.next() >> 11) * 0x1p-53
        let below = Self.place(in: numbers) { $0 < number }
        let upTo = Self.place(in: numbers) { $0 <= number }
        let rank = (Double(below) + uniform * Double(upTo - below + 1)) / Double(numbers.count + 1)
        numbers.insert(number, at: below)
        return min(rank, 1 - 0x1p-53)
    }

    /// How many come first that hold.
    private static func place(in numbers: [Double], where holds: (Double) -> Bool) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(numbers[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func write(to state: inout StateWriter) {
        state.append(numbers.count)
        state.append(numbers)
    }

    mutating func read(from state: inout StateReader) throws(LeewayError) {
        let read = try state.amounts(try state.count(atMost: 1 << 40), signed: true)
        guard zip(read, read.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw StateReader.damaged("numbers do not ascend")
        }
        numbers = read
    }
}
