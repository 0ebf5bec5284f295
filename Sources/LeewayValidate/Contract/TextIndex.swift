/// Finds the place of a text among texts that are known beforehand, from its bytes and without an allocation.
///
/// - Complexity: O(length of the text) to look up.
package struct TextIndex: Sendable {
    private let bytes: [UInt8]
    /// Where each text ends in `bytes`.
    private let ends: [Int32]
    /// Place of a text plus one by the hash of its bytes, 0 where there is none; a power of two long, at most half full.
    private let slots: [Int32]
    private let hashes: [UInt32]

    /// Takes texts, of which the first of several equal ones is found.
    package init(_ texts: [String]) {
        var (bytes, ends, hashes) = ([UInt8](), [Int32](), [UInt32]())
        var size = 4
        while size < texts.count * 2 { size *= 2 }
        var slots = [Int32](repeating: 0, count: size)
        for (place, text) in texts.enumerated() {
            var text = text
            let hash = text.withUTF8 { utf8 in
                bytes += utf8
                return Self.hash(utf8)
            }
            ends.append(Int32(bytes.count))
            hashes.append(hash)
            var slot = Int(hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(place + 1)
        }
        (self.bytes, self.ends, self.slots, self.hashes) = (bytes, ends, slots, hashes)
    }

    /// How many texts there are.
    package var count: Int { ends.count }

    /// The place of a text, or nil.
    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        let hash = Self.hash(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot] - 1)
            if hashes[place] == hash, isEqual(place, text) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Whether the text at a place is this one.
    package func isEqual(_ place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = place == 0 ? 0 : Int(ends[place - 1])
        guard Int(ends[place]) - start == text.count else { return false }
        for offset in 0..<text.count where bytes[start + offset] != text[offset] { return false }
        return true
    }

    /// FNV-1a.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash ^ hash >> 15
    }
}
