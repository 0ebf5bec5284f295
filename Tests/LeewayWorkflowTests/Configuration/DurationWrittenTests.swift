import Testing

@testable import LeewayWorkflow

@Suite struct DurationWrittenTests {
    @Test(
        arguments: [
            ("0", 0), ("0s", 0), ("500ms", 500), ("10s", 10_000), ("5m", 300_000), ("1h", 3_600_000),
            ("90d", 7_776_000_000),
            ("1.5h", 5_400_000), ("0.5s", 500), ("10 s", 10_000), ("36500d", 3_153_600_000_000), ("10", nil), ("", nil),
            ("s", nil), ("-1s", nil), ("1e3s", nil), ("1M", nil), ("1S", nil), ("1w", nil), ("1min", nil),
            ("1h30m", nil),
            (".5s", nil), ("99999999999999d", nil), ("1s ", nil), ("00", nil),
        ] as [(String, Int?)])
    func `reads a number with a unit`(text: String, milliseconds: Int?) {
        #expect(Duration(written: text)?.wholeMilliseconds == milliseconds)
    }

    @Test(arguments: ["0s", "1ms", "1500ms", "1s", "90s", "5m", "1h", "36h", "90d"])
    func `is written in the largest unit that loses nothing`(text: String) {
        #expect(Duration(written: text)?.written == text)
    }

    @Test func `what is left of a millisecond is dropped`() {
        #expect(Duration.microseconds(1999).wholeMilliseconds == 1)
        #expect(Duration.microseconds(1999).written == "1ms")
    }
}
