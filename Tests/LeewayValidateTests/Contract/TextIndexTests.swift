import LeewayStats
import LeewayValidate
import Testing

@Suite struct TextIndexTests {
    private static func find(_ text: String, _ index: TextIndex) -> Int? {
        var text = text
        return text.withUTF8 { index.find($0) }
    }

    @Test func `finds by bytes, and the first of equal ones`() {
        let index = TextIndex(["a", "", "é", "e\u{301}", "a", "b\0", "b"])
        #expect(index.count == 7)
        let places = ["a", "", "é", "e\u{301}", "b\0", "b", "c", "A", "aa", "\0"].map { Self.find($0, index) }
        #expect(places == [0, 1, 2, 3, 5, 6, nil, nil, nil, nil])
        #expect(Self.find("a", TextIndex([])) == nil && Self.find("", TextIndex([])) == nil)
        var text = "é"
        #expect(
            text.withUTF8 { [index.isEqual(2, $0), index.isEqual(3, $0), index.isEqual(1, $0)] } == [
                true, false, false,
            ])
    }

    // The texts are so short that many are equal or begin alike.
    @Test(arguments: [0, 1, 2, 3, 17, 1_000, 20_000])
    func `finds what a dictionary finds`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let alphabet: [Unicode.Scalar] = ["a", "b", "é", "\u{301}", "\u{1F600}", "\0"]
        func text() -> String {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<generator.next(below: 7) { scalars.append(alphabet[generator.next(below: alphabet.count)]) }
            return String(scalars)
        }
        let texts = (0..<count).map { _ in text() }
        let index = TextIndex(texts)
        let places = Dictionary(zip(texts.map { Array($0.utf8) }, 0...)) { first, _ in first }
        for text in texts + (0..<5_000).map({ _ in text() }) {
            guard Self.find(text, index) == places[Array(text.utf8)] else {
                Issue.record("'\(text)' is found elsewhere")
                return
            }
        }
    }
}
