import LeewayCore
import Testing

@Suite struct RowHashTests {
    private static func hash(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBufferPointer { RowHash.hash($0) } }

    private static func row(_ cells: UInt64...) -> RowHash { cells.reduce(into: RowHash()) { $0.combine($1) } }

    // Pinned at version 0.1.0, and equal to the same formula in Python 3.11.7: another value would send rows to another
    // side of the split.
    @Test func `a number's hash never changes`() {
        #expect(RowHash.hash(0.0) == 0xD6CB_8892_A926_A943)
        #expect(RowHash.hash(1.0) == 0x3686_B6AB_1C10_02D7)
        #expect(RowHash.hash(-1.5) == 0x81AA_8E38_6BCD_18C1)
        #expect(RowHash.hash(Double.infinity) == 0xCAF3_603F_A7B5_4616)
        #expect(RowHash.hash(.leastNonzeroMagnitude) == 0x0400_C6C7_78BB_B447)
        #expect(RowHash.hash(Double.nan) == 0xA409_3822_299F_31D0)
    }

    // Pinned at version 0.1.0.
    @Test func `a text's hash never changes`() {
        #expect(Self.hash("") == 0x44D7_5211_8A1C_BB89)
        #expect(Self.hash("a") == 0xE8DB_81E3_3D35_5AE7)
        #expect(Self.hash("12345678") == 0x173B_05EB_A97D_E9CD)
        #expect(Self.hash("123456789") == 0x2DEA_2ECD_195D_3E56)
        #expect(Self.hash("Grüße, 😀 und mehr als sechzehn Bytes") == 0x6585_AD4B_15D7_DF8F)
    }

    // Pinned at version 0.1.0.
    @Test func `a row's hash never changes`() {
        #expect(Self.row().wide == 0x243F6A8885A308D3_13198A2E03707344)
        #expect(Self.row(RowHash.hash(39), Self.hash("State-gov"), RowHash.missing).first == 0x743A_F3FB_2AC6_8C4C)
        #expect(Self.row(RowHash.hash(39), Self.hash("State-gov"), RowHash.missing).second == 0x9D48_BD85_B49E_4E69)
    }

    @Test func `equal numbers hash alike, whatever type they were read from`() {
        #expect(RowHash.hash(Double(Int8(7))) == RowHash.hash(Double(Float(7))))
        #expect(RowHash.hash(-0.0) == RowHash.hash(0.0))
        #expect(RowHash.hash(Double(signalOf: 1)) == RowHash.missing)
        #expect(RowHash.hash(-Double.nan) == RowHash.missing)
    }

    @Test func `a missing value, an empty text, 'null' and 0 are four things`() {
        let hashes = [RowHash.missing, Self.hash(""), Self.hash("null"), RowHash.hash(0), Self.hash("0")]
        #expect(Set(hashes).count == hashes.count)
    }

    @Test func `the order and the number of the columns matter`() {
        let (a, b) = (Self.hash("a"), Self.hash("b"))
        let rows = [
            Self.row(a, b), Self.row(b, a), Self.row(a), Self.row(b), Self.row(), Self.row(a, b, RowHash.missing),
            Self.row(RowHash.missing, a, b), Self.row(a, a), Self.row(Self.hash("ab"), Self.hash("")),
            Self.row(Self.hash(""), Self.hash("ab")),
        ]
        #expect(Set(rows.map(\.first)).count == rows.count)
        #expect(Set(rows.map(\.second)).count == rows.count)
    }

    @Test func `texts of every length differ from their prefixes, also by zero bytes`() {
        let bytes = [UInt8](repeating: 0, count: 40)
        let zeros = (0...40).map { count in bytes[..<count].withUnsafeBufferPointer { RowHash.hash($0) } }
        let text = Array("abcdefghijklmnopqrstuvwxyz0123456789ABCD".utf8)
        let prefixes = (0...40).map { count in text[..<count].withUnsafeBufferPointer { RowHash.hash($0) } }
        #expect(Set(zeros).count == 41)
        #expect(Set(prefixes).count == 41)
    }

    @Test func `one changed bit of a text changes about half of the hash`() {
        let text = Array("The quick brown fox".utf8)
        let whole = text.withUnsafeBufferPointer { RowHash.hash($0) }
        for place in text.indices {
            for bit in 0..<8 {
                var changed = text
                changed[place] ^= 1 << UInt8(bit)
                let distance = (changed.withUnsafeBufferPointer { RowHash.hash($0) } ^ whole).nonzeroBitCount
                #expect((8...56).contains(distance), "byte \(place), bit \(bit): \(distance) bits differ")
            }
        }
    }

    /// 256 buckets of 65,536 rows: chi-square has 255 degrees of freedom, sd 22.6; 391 is six of them above.
    @Test(arguments: [0, 24, 56])
    func `small numbers fill the buckets evenly`(shift: Int) {
        var (first, second) = ([Int](repeating: 0, count: 256), [Int](repeating: 0, count: 256))
        for age in 0..<256 {
            for hours in 0..<256 {
                let row = Self.row(RowHash.hash(Double(age)), RowHash.hash(Double(hours)), RowHash.missing)
                first[Int(row.first >> UInt64(shift) & 0xFF)] += 1
                second[Int(row.second >> UInt64(shift) & 0xFF)] += 1
            }
        }
        for counts in [first, second] {
            let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 256) * (Double($1) - 256) / 256 }
            #expect(chiSquare < 391, "bits from \(shift): \(chiSquare)")
        }
    }

    @Test func `a million small rows hash apart`() {
        var seen: Set<UInt64> = []
        for a in 0..<100 {
            for b in 0..<100 {
                for c in 0..<100 {
                    seen.insert(
                        Self.row(RowHash.hash(Double(a)), RowHash.hash(Double(b)), RowHash.hash(Double(c))).first)
                }
            }
        }
        #expect(seen.count == 1_000_000)
    }
}

extension Double {
    /// A NaN with a payload.
    fileprivate init(signalOf payload: UInt64) { self.init(nan: payload, signaling: false) }
}
