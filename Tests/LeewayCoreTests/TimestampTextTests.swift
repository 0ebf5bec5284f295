import Testing

@testable import LeewayCore

@Suite struct TimestampTextTests {
    @Test(arguments: [
        0, 1, -1, 1_763_900_000_123, 951_782_399_999, 951_782_400_000, -62_167_219_200_000, 253_402_300_799_999,
    ])
    func `the fast writer and the reader agree with the description`(_ milliseconds: Int64) {
        let time = Timestamp(milliseconds: milliseconds)
        var bytes: [UInt8] = []
        time.append(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == time.description)
        #expect(Timestamp(time.description) == time)
    }

    @Test func `each day of eight hundred years comes back`() {
        for day in stride(from: Int64(-146_097), to: 146_097, by: 1) {
            let time = Timestamp(milliseconds: day * 86_400_000 + 43_200_001)
            guard Timestamp(time.description) == time else {
                Issue.record("Day \(day) does not come back.")
                return
            }
        }
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-02-30T00:00:00.000Z", "2026-11-23T24:00:00.000Z", "2026-11-23t00:00:00.000Z",
    ])
    func `what is no time is not read`(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test func `hours are counted from 1970`() {
        #expect(Timestamp(milliseconds: 3_599_999).hour == 0)
        #expect(Timestamp(milliseconds: 3_600_000).hour == 1)
        #expect(Timestamp(milliseconds: -1).hour == -1)
    }
}
