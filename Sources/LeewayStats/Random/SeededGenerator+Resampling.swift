extension SeededGenerator {
    /// Draws as many rows as there are, with replacement, and counts how often each came: one bootstrap resample.
    ///
    /// Four draws share one 64-bit word while the table has fewer than 16,384 rows, three or two when it has more: the word is
    /// multiplied by the number of rows again and again, each high half is a draw, and the last low half decides whether
    /// the word is thrown away. No row is more likely than another.
    ///
    /// - Overflow: a count wraps at 256. Of 256 rows or more, one is drawn so often with a chance below 1e-500.
    /// - Source: Brackett-Rozen & Lemire, Batched Ranged Random Integer Generation (2024), arXiv:2408.06213.
    package mutating func resample(into counts: UnsafeMutableBufferPointer<UInt8>) {
        counts.update(repeating: 0)
        let rows = UInt64(counts.count)
        guard rows > 0 else { return }
        // Kept in registers: a mutation through `self` would be stored after every word.
        var generator = self
        let batch = Self.drawsPerWord(rows: rows)
        let batched = counts.count / batch * batch
        switch batch {
        case 4: generator.draw(batched / 4, 4, rows, counts)
        case 3: generator.draw(batched / 3, 3, rows, counts)
        case 2: generator.draw(batched / 2, 2, rows, counts)
        default: generator.draw(batched, 1, rows, counts)
        }
        generator.draw(counts.count - batched, 1, rows, counts)
        self = generator
    }

    /// So many that a word is rejected less than once in 256.
    private static func drawsPerWord(rows: UInt64) -> Int {
        switch rows {
        case ..<(1 << 14): 4
        case ..<(1 << 18): 3
        case ..<(1 << 28): 2
        default: 1
        }
    }

    @inline(__always)
    private mutating func draw(_ words: Int, _ batch: Int, _ rows: UInt64, _ counts: UnsafeMutableBufferPointer<UInt8>)
    {
        var combinations: UInt64 = 1
        for _ in 0..<batch { combinations &*= rows }
        for _ in 0..<words {
            var places: (UInt64, UInt64, UInt64, UInt64)
            var rest: UInt64
            repeat {
                (places, rest) = split(next(), batch, rows)
            } while rest < combinations && rest < (0 &- combinations) % combinations
            counts[Int(places.0)] &+= 1
            if batch > 1 { counts[Int(places.1)] &+= 1 }
            if batch > 2 { counts[Int(places.2)] &+= 1 }
            if batch > 3 { counts[Int(places.3)] &+= 1 }
        }
    }

    @inline(__always)
    private func split(
        _ word: UInt64, _ batch: Int, _ rows: UInt64
    ) -> (places: (UInt64, UInt64, UInt64, UInt64), rest: UInt64) {
        let first = word.multipliedFullWidth(by: rows)
        guard batch > 1 else { return ((first.high, 0, 0, 0), first.low) }
        let second = first.low.multipliedFullWidth(by: rows)
        guard batch > 2 else { return ((first.high, second.high, 0, 0), second.low) }
        let third = second.low.multipliedFullWidth(by: rows)
        guard batch > 3 else { return ((first.high, second.high, third.high, 0), third.low) }
        let fourth = third.low.multipliedFullWidth(by: rows)
        return ((first.high, second.high, third.high, fourth.high), fourth.low)
    }
}
