import LeewayCore
import Testing

@testable import LeewayEngine

@Suite struct TextDictionaryTests {
    private static func code(_ bytes: [UInt8], _ dictionary: inout TextDictionary) -> Int32 {
        bytes.withUnsafeBufferPointer { dictionary.code(of: $0) }
    }

    private static func codes(_ texts: [String]) -> (dictionary: TextDictionary, codes: [Int32]) {
        var dictionary = TextDictionary()
        let codes = texts.map { code(Array($0.utf8), &dictionary) }
        return (dictionary, codes)
    }

    @Test func `a text has the code of its first coming`() {
        let (dictionary, codes) = Self.codes(["b", "a", "b", "", "c", "", "a"])
        #expect(codes == [0, 1, 0, 2, 3, 2, 1])
        #expect(dictionary.texts == ["b", "a", "", "c"])
        #expect(dictionary.count == 4)
    }

    @Test func `an empty dictionary has no texts`() {
        #expect(TextDictionary().texts == [])
        var dictionary = TextDictionary()
        #expect(dictionary.code(of: UnsafeBufferPointer(start: nil, count: 0)) == 0)
        #expect(dictionary.texts == [""])
    }

    @Test func `texts differ by their bytes, also where they look alike`() {
        let texts = ["é", "e\u{301}", "E", "e", "e\u{0}", "\u{0}", "\u{0}\u{0}", "😀", "\u{1F468}\u{200D}\u{1F469}"]
        let (dictionary, codes) = Self.codes(texts)
        #expect(codes == (0..<9).map { Int32($0) })
        #expect(dictionary.texts.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    }

    @Test func `it grows to any size and keeps every code`() {
        let texts = (0..<70_000).map { "text \($0 &* 7_919 % 70_000)" }
        let (dictionary, codes) = Self.codes(texts + texts.reversed())
        #expect(dictionary.count == 70_000)
        #expect(codes.prefix(70_000).elementsEqual((0..<70_000).map { Int32($0) }))
        #expect(codes.suffix(70_000).elementsEqual((0..<70_000).reversed().map { Int32($0) }))
        #expect(dictionary.texts == texts)
    }

    @Test func `its hashes are those of the rows`() {
        let (dictionary, _) = Self.codes(["b", "", "längerer Text als acht Bytes"])
        let expected = ["b", "", "längerer Text als acht Bytes"].map { text in
            Array(text.utf8).withUnsafeBufferPointer { RowHash.hash($0) }
        }
        #expect(dictionary.hashes == expected)
    }
}
