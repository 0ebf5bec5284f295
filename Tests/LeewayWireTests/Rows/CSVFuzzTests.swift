import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct CSVFuzzTests {
    private static let seeds = [
        "age,work,note,gain\n20,a,x,1.5\n30,\"b,\"\"c\"\"\n\",,\n", "gain,age\r\n1,20\r\n,\"21\"\r\n",
        "\u{FEFF}work,age,x,gain\n\"a\",20,é€😀,1\n", "age\n1\n\n2", "",
    ]
    private static let alphabet =
        Array("age,work\"\"\n\r\n,1.5 \t?a".utf8) + [0, 0x80, 0xBB, 0xBF, 0xC3, 0xED, 0xEF, 0xF0, 0xFF]

    /// A body with up to five bytes changed, taken out, put in or cut off.
    static func body(_ draws: inout JSONDraws) -> [UInt8] {
        var bytes = Array(seeds[draws.below(seeds.count)].utf8)
        for _ in 0..<draws.below(6) {
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

    @Test func `any bytes give the same rows and the same error, however they are cut`() {
        var draws = JSONDraws(seed: 23)
        var errors = 0
        for round in 0..<20_000 {
            let bytes = Self.body(&draws)
            let contract = RowFixtures.contract(Contract.Mode.allCases[round % 3], trims: round % 2 == 0)
            let whole = RowFixtures.readCSV(bytes, contract)
            let cut = RowFixtures.readCSV(bytes, contract, cuts: RowFixtures.cuts(of: bytes, &draws))
            if whole.error != nil { errors += 1 }
            if whole != cut { Issue.record("differs: \(bytes)") }
        }
        #expect((2000...18_000).contains(errors))
    }

    @Test func `cells that were written are read again`() {
        var draws = JSONDraws(seed: 24)
        let contract = RowFixtures.contract(.coerce)
        let texts = ["a", "b,\"c\"\n", "", "\"", "\r\n", ",", "x y", "é😀", "?"]
        for _ in 0..<2000 {
            var csv = "note,work,age\n"
            var reader = ContractReader(contract)
            for _ in 0..<draws.below(6) {
                let cells = [texts[draws.below(texts.count)], texts[draws.below(texts.count)], "\(draws.below(120))"]
                csv += cells.map { Self.written($0, &draws) }.joined(separator: ",")
                csv += draws.below(2) == 0 ? "\n" : "\r\n"
                reader.beginRow()
                for (place, cell) in zip([2, 1, 0], cells) {
                    _ = reader.begin(place)
                    Array(cell.utf8).withUnsafeBufferPointer { reader.text($0, place, isUntyped: true) }
                }
                reader.endRow()
            }
            var expected = RowFixtures.Outcome()
            expected.add(reader.take())
            #expect(RowFixtures.readCSV(Array(csv.utf8), contract) == expected)
        }
    }

    // Oracle: the standard library's own validation.
    @Test func `bytes that are not UTF-8 are found`() {
        var draws = JSONDraws(seed: 26)
        let bytes: [UInt8] =
            [0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF]
            + [0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF]
        var accepted = 0
        for _ in 0..<20_000 {
            let cell = (0...draws.below(5)).map { _ in bytes[draws.below(bytes.count)] }
            let isValid = String(validating: cell, as: UTF8.self) != nil
            let outcome = RowFixtures.readCSV(Array("gain,x\n1,2\n3,".utf8) + cell, RowFixtures.contract())
            let message = isValid ? nil : "Line 3 of the body has bytes that are not UTF-8."
            if outcome.error?.message != message { Issue.record("differs: \(cell)") }
            if isValid { accepted += 1 }
        }
        #expect((300...19_700).contains(accepted))
    }

    private static func written(_ cell: String, _ draws: inout JSONDraws) -> String {
        let needsQuotes = cell.utf8.contains { ",\"\r\n".utf8.contains($0) }
        guard needsQuotes || draws.below(2) == 0 else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
