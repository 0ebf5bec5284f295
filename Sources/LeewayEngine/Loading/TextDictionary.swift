import LeewayCore

/// Texts held once each, found by their bytes; a text's code is its place in the order in which texts came.
package struct TextDictionary: Sendable {
    private var bytes: [UInt8] = []
    /// Where each text ends in `bytes`; it begins where the one before it ends.
    private var ends: [Int] = []
    private(set) var hashes: [UInt64] = []
    /// Open addressing: codes by hash, -1 for a free place; a power of two of them, at most half taken.
    private var slots = [Int32](repeating: -1, count: 64)

    package init() {}

    /// How many texts there are.
    package var count: Int { ends.count }

    /// The texts in the order of their codes.
    package var texts: [String] {
        ends.indices.map { String(decoding: bytes[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]], as: UTF8.self) }
    }

    /// The code of a text, which is taken in where it is new.
    package mutating func code(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = RowHash.hash(text)
        let slot = self.slot(of: text, hash)
        guard slots[slot] < 0 else { return slots[slot] }
        let code = Int32(ends.count)
        slots[slot] = code
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        hashes.append(hash)
        if ends.count * 2 > slots.count { grow() }
        return code
    }

    /// The code of a text; nil where it has none.
    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
        let slot = slot(of: text, RowHash.hash(text))
        return slots[slot] < 0 ? nil : slots[slot]
    }

    /// Where a text is, or the free place where it would be.
    private func slot(of text: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
        slots.withUnsafeBufferPointer { slots in
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 {
                let code = Int(slots[slot])
                if hashes[code] == hash, isEqual(code, text) { break }
                slot = (slot + 1) & (slots.count - 1)
            }
            return slot
        }
    }

    private func isEqual(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = code == 0 ? 0 : ends[code - 1]
        guard ends[code] - start == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for place in 0..<text.count where bytes[start &+ place] != text[place] { return false }
            return true
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (code, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(code)
        }
    }
}
