import LeewayWire
import Testing

@Suite struct JSONReaderTextTests {
    // Oracle: Python 3.11.7, json.loads.
    @Test(
        arguments: [
            (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"),
            (#""\udbff\udfff""#, "\u{10FFFF}"), (#""\u0000""#, "\u{0}"), (#""x\ud83d\ude00y\n""#, "x😀y\n"),
            (
                "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\u{2028}\"",
                "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\u{2028}"
            ),
        ])
    func `reads escapes and all of Unicode`(document: String, text: String) throws {
        let utf8 = try JSONReading.whole(document) { reader in
            let text = try reader.readText()
            return reader.withBytes(of: text) { Array($0) }
        }
        #expect(utf8 == Array(text.utf8))
    }

    @Test func `finds the end wherever it lies in a word`() throws {
        for length in 0..<40 {
            for mark in ["", "\\n", "é", "\\u00e9", "😀"] {
                for place in 0...length {
                    let (before, after) = (
                        String(repeating: "a", count: place), String(repeating: "~", count: length - place)
                    )
                    let text = try JSONReading.whole("\"\(before)\(mark)\(after)\"") { reader in
                        reader.string(try reader.readText())
                    }
                    let middle = mark.replacing("\\n", with: "\n").replacing("\\u00e9", with: "é")
                    #expect(text == before + middle + after)
                }
            }
        }
    }

    @Test(
        arguments: [
            ("\"", "the document ends where the end of a string is expected", 1),
            ("\"abc", "the document ends where the end of a string is expected", 4),
            ("\"abcdefghijk", "the document ends where the end of a string is expected", 12),
            ("\"a\\", "an unknown escape in a string", 2),
            ("\"\\\"", "the document ends where the end of a string is expected", 3),
            ("\"a\nb\"", "a control character in a string", 2),
            ("\"\u{0}\"", "a control character in a string", 1),
            ("\"abcdefgh\u{1F}\"", "a control character in a string", 9),
            ("\"\\n\u{1}\"", "a control character in a string", 3),
            ("\"\\x41\"", "an unknown escape in a string", 1),
            ("\"\\'\"", "an unknown escape in a string", 1),
            ("\"\\U0041\"", "an unknown escape in a string", 1),
            ("\"\\u12G4\"", "a hexadecimal digit is expected", 5),
            ("\"\\u12", "the document ends where a hexadecimal digit is expected", 5),
            ("\"\\u+123\"", "a hexadecimal digit is expected", 3),
            ("\"\\ud83d\"", "a lone surrogate in a string", 1),
            ("\"\\ude00\"", "a lone surrogate in a string", 1),
            ("\"\\ude00\\ud83d\"", "a lone surrogate in a string", 1),
            ("\"\\ud83d\\ud83d\\ude00\"", "a lone surrogate in a string", 1),
            ("\"\\ud83dx\"", "a lone surrogate in a string", 1),
            ("\"\\ud83d\\n\"", "a lone surrogate in a string", 1),
            ("\"\\ud83d\\u0041\"", "a lone surrogate in a string", 1),
            ("\"\\ud83d\\u00", "the document ends where a hexadecimal digit is expected", 11),
        ])
    func `refuses what is no string, and tells where`(document: String, message: String, offset: Int) {
        #expect(JSONReading.failure(of: document.utf8) == JSONFailure(message, at: offset))
    }

    // Oracle: the standard library's `String(validating:as:)`.
    @Test func `refuses all that is not UTF-8, and only that`() {
        let edges: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        for lead in UInt8(0x80)...0xFF {
            var texts: [[UInt8]] = [[lead]]
            for second in UInt8(0x80)...0xFF { texts.append([lead, second]) }
            for second in edges {
                for third in edges {
                    texts.append([lead, second, third])
                    for fourth in edges { texts.append([lead, second, third, fourth]) }
                }
            }
            for text in texts {
                let isValid = String(validating: text, as: UTF8.self) != nil
                if isValid != (JSONReading.failure(of: [0x22] + text + [0x22]) == nil) {
                    Issue.record("differs: \(text)")
                }
            }
        }
    }

    @Test(
        arguments: [
            ([0x80], 1), ([0xC0, 0x80], 1), ([0xC1, 0xBF], 1), ([0x61, 0xE0, 0x9F, 0xBF], 2), ([0xED, 0xA0, 0x80], 1),
            ([0xF0, 0x8F, 0xBF, 0xBF], 1), ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5, 0x80, 0x80, 0x80], 1), ([0xFF], 1),
            ([0xE2, 0x82], 1), ([0xF0, 0x9F, 0x98], 1),
        ] as [([UInt8], Int)])
    func `tells where bytes are not UTF-8`(text: [UInt8], offset: Int) {
        let expected = JSONFailure("bytes that are not UTF-8", at: offset)
        #expect(JSONReading.failure(of: [0x22] + text + [0x22]) == expected)
        #expect(JSONReading.failure(of: [0x22] + text) == expected)
    }

    @Test func `many escapes take linear time`() throws {
        let document = "\"" + String(repeating: "\\u20ac\\n", count: 250_000) + "\""
        let count = try JSONReading.whole(document) { reader in
            let text = try reader.readText()
            return reader.withBytes(of: text) { $0.count }
        }
        #expect(count == 1_000_000)
    }
}
