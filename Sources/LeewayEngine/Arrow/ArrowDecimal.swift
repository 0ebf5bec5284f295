/// Decimals of 128 and 256 bits, read as words of 64 bits: their buffers need not lie at a multiple of 16 bytes.
enum ArrowDecimal {
    /// The words of one number, lowest first.
    typealias Words = UnsafeBufferPointer<UInt64>

    /// The nearest `Double` to a two's complement number, or one beside it above 128 bits.
    @inline(__always)
    static func double(_ words: Words) -> Double {
        let low = Int64(bitPattern: words[0])
        if fits(low, words, from: 1) { return Double(low) }
        if let wide = int128(words) { return Double(wide) }
        return large(words)
    }

    /// The number as 64 bits, or nil where it is larger.
    static func int64(_ words: Words) -> Int64? {
        let low = Int64(bitPattern: words[0])
        return fits(low, words, from: 1) ? low : nil
    }

    private static func int128(_ words: Words) -> Int128? {
        let high = Int64(bitPattern: words[1])
        guard fits(high, words, from: 2) else { return nil }
        return Int128(high) << 64 | Int128(words[0])
    }

    private static func large(_ words: Words) -> Double {
        let isNegative = Int64(bitPattern: words[words.count - 1]) < 0
        var magnitude = 0.0
        var carry = isNegative
        var weight = 1.0
        for place in words.indices {
            var word = words[place]
            if isNegative { (word, carry) = (~word).addingReportingOverflow(carry ? 1 : 0) }
            magnitude += Double(word) * weight
            weight *= 0x1p64
        }
        return isNegative ? -magnitude : magnitude
    }

    /// Whether all words from a place on only repeat a number's sign.
    @inline(__always)
    private static func fits(_ number: Int64, _ words: Words, from place: Int) -> Bool {
        let sign = UInt64(bitPattern: number >> 63)
        for place in place..<words.count where words[place] != sign { return false }
        return true
    }
}
