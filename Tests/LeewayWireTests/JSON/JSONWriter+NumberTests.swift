import LeewayWire
import Testing

@Suite struct JSONWriterNumberTests {
    private static func number(_ value: Double) -> String {
        var writer = JSONWriter()
        writer.number(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (39, "39"), (-77516, "-77516"), (0.25, "0.25"),
            (-0.1, "-0.1"), (0.30000000000000004, "0.30000000000000004"), (1e6, "1000000"),
            (9_007_199_254_740_991, "9007199254740991"), (-9_007_199_254_740_991, "-9007199254740991"),
            (0x1p53, "9007199254740992.0"), (1e16, "1e+16"), (1e22, "1e+22"), (1e-5, "1e-05"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.nan, "null"), (.infinity, "null"),
            (-.infinity, "null"), (-.nan, "null"), (.signalingNaN, "null"),
        ] as [(Double, String)])
    func `writes the shortest valid number`(value: Double, text: String) {
        #expect(Self.number(value) == text)
    }

    @Test func `any double reads back bit by bit`() throws {
        var draws = JSONDraws(seed: 14)
        for place in 0..<20_000 {
            let bits = draws.next()
            let value = place % 2 == 0 ? Double(bitPattern: bits) : Double(bits >> 11) * 0x1p-53
            guard value.isFinite else { continue }
            let read = try JSONReading.whole(Self.number(value)) { reader in try reader.readNumber().value }
            #expect(read.bitPattern == value.bitPattern)
        }
    }

    // Oracle: the standard library's `Int.description`.
    @Test func `writes integers as the standard library`() {
        var (draws, writer, expected) = (JSONDraws(seed: 15), JSONWriter(), "")
        var values = [0, 9, 10, 99, 100, -1, -10, .max, .min, 999_999_999, 1_000_000_000]
        for digits in 1...18 { values.append(Int(String(repeating: "9", count: digits)) ?? 0) }
        for _ in 0..<5_000 { values.append(Int(bitPattern: UInt(draws.next() >> UInt64(draws.below(64))))) }
        for value in values {
            writer.integer(value)
            writer.raw(",")
            expected += "\(value),"
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }
}
