extension UnsafeBufferPointer<UInt8> {
    /// The first byte of the first sequence that is not well-formed UTF-8 (Unicode 16, table 3-7), or nil.
    var firstNonUTF8: Int? {
        var place = 0
        while place < count {
            let first = self[place]
            if first < 0x80 {
                place += 1
                continue
            }
            let length: Int
            var seconds: ClosedRange<UInt8> = 0x80...0xBF
            switch first {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, seconds) = (3, 0xA0...0xBF)
            case 0xED: (length, seconds) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, seconds) = (4, 0x90...0xBF)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, seconds) = (4, 0x80...0x8F)
            default: return place
            }
            guard place + length <= count, seconds.contains(self[place + 1]),
                self[(place + 2)..<(place + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
            else { return place }
            place += length
        }
        return nil
    }
}
