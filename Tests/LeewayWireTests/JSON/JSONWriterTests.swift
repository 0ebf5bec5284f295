import LeewayWire
import Testing

@Suite struct JSONWriterTests {
    private static func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(capacity: 64)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `appends one thing after another`() {
        let written = Self.written { writer in
            writer.raw("{")
            writer.raw(JSONWriter.fragment(of: "a\"b"))
            writer.raw(UInt8(ascii: ":"))
            writer.integer(-5)
            writer.raw(",\"c\":[")
            writer.boolean(true)
            writer.raw(",")
            writer.boolean(false)
            writer.raw(",")
            writer.null()
            writer.raw("]}")
        }
        #expect(written == #"{"a\"b":-5,"c":[true,false,null]}"#)
    }

    // Oracle: Python 3.11.7, json.dumps(text, ensure_ascii=False).
    @Test(
        arguments: [
            ("", #""""#), ("plain", #""plain""#), ("say \"hi\"", #""say \"hi\"""#), ("a\\b/c", #""a\\b/c""#),
            ("\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}", #""\u0000\u0001\b\t\n\u000b\f\r\u001f""#),
            ("é€😀\u{7F}\u{2028}", "\"é€😀\u{7F}\u{2028}\""), ("12345678\"", #""12345678\"""#),
            ("é234567\né", "\"é234567\\né\""), ("\u{A0}\u{A2}\u{DC}€€€€\u{1}", "\"\u{A0}\u{A2}\u{DC}€€€€\\u0001\""),
        ])
    func `escapes as Python`(text: String, json: String) throws {
        #expect(Self.written { $0.text(text) } == json)
        #expect(Self.written { writer in Array(text.utf8).withUnsafeBufferPointer { writer.text($0) } } == json)
        #expect(String(decoding: JSONWriter.fragment(of: text), as: UTF8.self) == json)
    }

    @Test func `any text reads back`() throws {
        var draws = JSONDraws(seed: 13)
        let scalars: [Unicode.Scalar] = [
            "\"", "\\", "\u{0}", "\u{1F}", "\u{7F}", "a", "~", "é", "€", "😀", "\u{FFFF}", "/",
        ]
        for _ in 0..<5_000 {
            var text = ""
            for _ in 0..<draws.below(30) { text.unicodeScalars.append(scalars[draws.below(scalars.count)]) }
            let read = try JSONReading.whole(Self.written { $0.text(text) }) { reader in
                reader.string(try reader.readText())
            }
            #expect(Array(read.utf8) == Array(text.utf8))
        }
    }
}
