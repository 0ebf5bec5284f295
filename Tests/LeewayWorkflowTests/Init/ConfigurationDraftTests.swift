import LeewayCore
import LeewayStats
import Testing

@testable import LeewayWorkflow

@Suite struct ConfigurationDraftTests {
    private static let nasty = [
        "", " ", "a", "a b", "true", "No", "NULL", "~", "1", "1.5", "0x10", "-", "- a", "a: b", "a #b", "#", "'", "\"",
        "\\", "\\n",
        "a\nb", "\t", "\u{0}", "\u{7}", "\u{7F}", "\u{A0}", "\u{2028}", "\u{2029}", "é", "e\u{301}",
        "😀", "\u{10FFFF}", "<=50K", ">50K", "[a]", "{a}", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "a,b", "? a",
        "---", "...", "<<", "=", "C:\\data\\x.csv", "data/a-b_c.csv", "y", "on", "a'b\"c\\d", "'; DROP TABLE x; --",
        "\r\n",
        "\u{1F468}\u{200D}\u{1F469}",
    ]

    /// What YAML's printable set leaves out.
    private static let unprintable = ["\u{80}", "\u{85}", "a\u{9F}", "\u{FFFE}", "\u{FFFF}b"]

    @Test(arguments: nasty) func `any text comes back as it was written`(text: String) throws {
        try Self.expectRoundTrip(text)
    }

    @Test(arguments: unprintable) func `so does text that YAML wants escaped`(text: String) throws {
        try Self.expectRoundTrip(text)
    }

    private static func expectRoundTrip(_ text: String) throws {
        let quoted = ConfigurationDraft.quoted(text)
        let read = try configuration(
            "source: {path: \(quoted)}\ntarget:\n  column: \(quoted)\n  positive: \(quoted)    # why\n")
        #expect(read.source.files.map { Array($0.path.utf8) } == [Array(text.utf8)])
        #expect(Array(read.target.column.utf8) == Array(text.utf8))
        #expect(read.target.positive.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test func `any drawn text comes back as it was written`() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<generator.next(below: 12) {
                let limit = [0x80, 0x100, 0x3000, 0x11_0000][generator.next(below: 4)]
                let drawn = Unicode.Scalar(UInt32(generator.next(below: limit)))
                guard let scalar = drawn, scalar.properties.generalCategory != .control || scalar.isASCII,
                    !scalar.properties.isNoncharacterCodePoint, scalar != "\u{FEFF}"
                else { continue }
                text.unicodeScalars.append(scalar)
            }
            let read = try configuration("source: a\ntarget: {column: \(ConfigurationDraft.quoted(text))}\n").target
                .column
            if Array(read.utf8) != Array(text.utf8) {
                Issue.record("\(text.debugDescription) became \(read.debugDescription)")
            }
        }
    }

    @Test(arguments: ["income", "data/adult-1.csv", "a_b", "Y2"])
    func `a plain text needs no quotes`(text: String) { #expect(ConfigurationDraft.quoted(text) == text) }
}
