import Testing

@testable import LeewayWorkflow

@Suite struct ByteSizeTests {
    @Test(
        arguments: [
            ("0", 0), ("4096", 4096), ("4096B", 4096), ("500KB", 500_000), ("64MB", 64_000_000), ("64 mb", 64_000_000),
            ("10GB", 10_000_000_000), ("1kB", 1000), ("1MiB", 1_048_576), ("1.5KiB", 1536), ("1.5GB", 1_500_000_000),
            ("0.001KB", 1), ("2TiB", 2_199_023_255_552), ("9223372036854775B", 9_223_372_036_854_775),
            ("9223373TB", nil),
            ("9223371.5TB", 9_223_371_500_000_000_000), ("", nil), ("MB", nil), ("-1", nil), ("+1", nil), ("1e3", nil),
            (".5MB", nil), ("1.MB", nil), ("1.2.3", nil), ("1 M B", nil), ("1PB", nil), ("1MB ", nil), ("１MB", nil),
            ("99999999999999999999", nil), ("0x10", nil), ("1_000", nil),
        ] as [(String, Int?)])
    func `reads a number with a unit`(text: String, bytes: Int?) { #expect(ByteSize(text)?.bytes == bytes) }

    @Test(arguments: ["0", "1", "999", "1KB", "1500KB", "64MB", "1KiB", "3MiB", "16GB", "1000TB", "1TiB"])
    func `is written in the largest unit that loses nothing`(text: String) {
        #expect(ByteSize(text)?.description == text)
    }

    @Test func `the smaller comes first`() { #expect(ByteSize(bytes: 1000) < ByteSize(bytes: 1024)) }
}
