import Testing

@testable import LeewayEngine

@Suite struct ArrowDecimalTests {
    private static let numbers: [(words: [UInt64], expected: Double)] = [
        ([5, 0], 5), ([UInt64.max - 4, .max], -5), ([0, 1], 0x1p64), ([0, .max], -0x1p64), ([.max, 0], 0x1p64),
        ([1, 0, 0, 0], 1), ([0, 0, 1, 0], 0x1p128), ([0, 0, .max, .max], -0x1p128), ([0, 0, 0, 1 << 62], 0x1p254),
        ([0, 0, 0, 1 << 63], -0x1p255), ([1, 1, 0, 0], 0x1p64),
    ]

    @Test(arguments: numbers)
    func `reads two's complement of 128 and 256 bits`(words: [UInt64], expected: Double) {
        #expect(words.withUnsafeBufferPointer { ArrowDecimal.double($0) } == expected)
    }

    @Test func `gives 64 bits where they suffice`() {
        #expect([UInt64.max, .max].withUnsafeBufferPointer { ArrowDecimal.int64($0) } == -1)
        #expect([UInt64.max, 0].withUnsafeBufferPointer { ArrowDecimal.int64($0) } == nil)
        #expect([7, 0, 0, 0].withUnsafeBufferPointer { ArrowDecimal.int64($0) } == 7)
    }
}
