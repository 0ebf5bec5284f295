/// Bodies for fuzz tests: valid ones with up to four bytes changed, taken out, put in or cut off.
enum BodyDamage {
    private static let alphabet =
        Array("{}[]\",:\\u0123456789+-.eE \n\ttruefalsn".utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xFF]

    static func body(of seeds: [String], _ draws: inout JSONDraws) -> [UInt8] {
        var bytes = Array(seeds[draws.below(seeds.count)].utf8)
        for _ in 0..<draws.below(5) {
            let place = draws.below(bytes.count + 1)
            let byte = alphabet[draws.below(alphabet.count)]
            switch draws.below(4) {
            case 0 where place < bytes.count: bytes[place] = byte
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where draws.below(4) == 0: bytes.removeSubrange(place...)
            default: bytes.insert(byte, at: place)
            }
        }
        return bytes
    }
}
