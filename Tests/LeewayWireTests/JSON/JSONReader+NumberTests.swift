import LeewayWire
import Testing

@Suite struct JSONReaderNumberTests {
    private static func number(_ text: String) throws -> JSONNumber {
        try JSONReading.whole(text) { reader in try reader.readNumber() }
    }

    @Test func `rounds hard cases as Python`() throws {
        #expect(JSONHardNumbers.cases.count > 90)
        for (text, bits) in JSONHardNumbers.cases {
            #expect(try Self.number(text).value.bitPattern == bits, "\(text)")
        }
    }

    // Oracle: the standard library's `Double(String)`, which the paths for short numbers do not call.
    @Test func `rounds drawn numbers as the standard library`() throws {
        var draws = JSONDraws(seed: 11)
        for _ in 0..<20_000 {
            let digits = draws.next() >> UInt64(draws.below(64))
            let text = "\(digits)e\(draws.below(50) - 25)"
            #expect(try Self.number(text).value == Double(text))
            let point = draws.below(25)
            let decimals = String(repeating: "0", count: point) + "\(digits)"
            let fraction = "-\(draws.below(3)).\(decimals)"
            #expect(try Self.number(fraction).value == Double(fraction))
        }
    }

    @Test func `what Swift writes reads back as the same double`() throws {
        var draws = JSONDraws(seed: 12)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: draws.next())
            guard value.isFinite else { continue }
            #expect(try Self.number(value.description).value.bitPattern == value.bitPattern)
        }
    }

    @Test(
        arguments: [
            ("0", true, true), ("-0", true, true), ("12", true, true), ("12345678901234567890", true, true),
            ("3.0", false, true), ("1e2", false, true), ("1E-2", false, false), ("0.5", false, false),
            ("25e-1", false, false), ("1e300", false, true), ("123456789012345678901", true, true),
        ])
    func `tells integers and whole numbers`(text: String, isInteger: Bool, isWhole: Bool) throws {
        let number = try Self.number(text)
        #expect(number.isInteger == isInteger)
        #expect(number.isWhole == isWhole)
        #expect(number.range == 0..<text.utf8.count)
    }

    @Test(
        arguments: [
            ("-", "the document ends where a digit is expected", 1), ("-x", "a digit is expected", 1),
            ("-Infinity", "a digit is expected", 1), ("+1", "a value is expected", 0), (".5", "a value is expected", 0),
            ("01", "a number with a leading zero", 0), ("-012", "a number with a leading zero", 0),
            ("00", "a number with a leading zero", 0), ("1.", "the document ends where a digit is expected", 2),
            ("1.e5", "a digit is expected", 2), ("1e", "the document ends where a digit is expected", 2),
            ("1e+", "the document ends where a digit is expected", 3), ("1e5.5", "nothing may follow the value", 3),
            ("1.5.5", "nothing may follow the value", 3), ("0x1F", "nothing may follow the value", 1),
            ("1_000", "nothing may follow the value", 1), ("--1", "a digit is expected", 1),
            ("[1e999]", "a number too large for a double", 1), ("-1e309", "a number too large for a double", 0),
            ("1.7976931348623159e308", "a number too large for a double", 0),
            ("1e99999999999999999999999", "a number too large for a double", 0),
        ])
    func `refuses what is no number, and tells where`(document: String, message: String, offset: Int) {
        #expect(JSONReading.failure(of: document.utf8) == JSONFailure(message, at: offset))
    }

    @Test func `a million digits take linear time and round right`() throws {
        let (zeros, threes) = (String(repeating: "0", count: 1_000_000), String(repeating: "3", count: 1_000_000))
        #expect(try Self.number("0." + threes).value == 1.0 / 3)
        #expect(try Self.number("0.\(zeros)25e1000001").value == 2.5)
        #expect(try Self.number("25\(zeros)e-1000001").value == 2.5)
        #expect(try Self.number("1." + zeros + "1").value == 1)
        #expect(
            try Self.number("1.00000000000000011102230246251565404236316680908203125" + zeros + "1").value == 1.0.nextUp
        )
    }

}
