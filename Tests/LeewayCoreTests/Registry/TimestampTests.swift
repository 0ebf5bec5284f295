import LeewayCore
import Testing

@Suite struct TimestampTests {
    // Oracle: Python 3.11.7, datetime.fromisoformat(day) + 23:59:58.007, minus 1970-01-01 in milliseconds.
    @Test(
        arguments: [
            (86_398_007, "1970-01-01T23:59:58.007Z"),
            (-1_993, "1969-12-31T23:59:58.007Z"),
            (68_255_998_007, "1972-02-29T23:59:58.007Z"),
            (951_868_798_007, "2000-02-29T23:59:58.007Z"),
            (-2_203_891_201_993, "1900-02-28T23:59:58.007Z"),
            (-2_203_804_801_993, "1900-03-01T23:59:58.007Z"),
            (4_107_542_398_007, "2100-02-28T23:59:58.007Z"),
            (4_107_628_798_007, "2100-03-01T23:59:58.007Z"),
            (1_735_689_598_007, "2024-12-31T23:59:58.007Z"),
            (-11_670_912_001_993, "1600-02-29T23:59:58.007Z"),
            (-62_135_510_401_993, "0001-01-01T23:59:58.007Z"),
            (253_402_300_798_007, "9999-12-31T23:59:58.007Z"),
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `writes ISO 8601 as Python does`(milliseconds: Int64, expected: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == expected)
    }

    // Oracle: Python 3.11.7, FNV-1a over (datetime(1970, 1, 1) + timedelta(milliseconds=ms)).isoformat(timespec=
    // "milliseconds") + "Z\n" for every ms of range(-62135596800000, 253402300800000, 12960012195).
    @Test func `agrees with Python on every fifth month or so of 9,999 years`() {
        var (count, hash, milliseconds) = (0, UInt64(0xCBF2_9CE4_8422_2325), Int64(-62_135_596_800_000))
        while milliseconds < 253_402_300_800_000 {
            for byte in (Timestamp(milliseconds: milliseconds).description + "\n").utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            (count, milliseconds) = (count + 1, milliseconds + 12_960_012_195)
        }
        #expect(count == 24348)
        #expect(hash == 15_783_385_669_527_982_448)
    }

    @Test func `the earlier one is smaller, in time and as text`() {
        let times = [-1, 0, 1, 999, 1_000, 951_868_798_007].map { Timestamp(milliseconds: $0) }
        #expect(times.shuffled().sorted() == times)
        #expect(times.map(\.description).sorted() == times.map(\.description))
    }
}
