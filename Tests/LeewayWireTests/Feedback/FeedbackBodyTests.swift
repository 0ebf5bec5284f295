import Foundation
import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct FeedbackBodyTests {
    private static func read(_ body: some Collection<UInt8>, limit: Int = 100) throws(LeewayError) -> FeedbackBody {
        try TableContract.with(body) { bytes throws(LeewayError) in try FeedbackBody(bytes, limit: limit) }
    }

    private static func items(_ body: String, limit: Int = 100) throws -> [String] {
        try read(body.utf8, limit: limit).items.map { "\($0.id)=\($0.label)" }
    }

    @Test func `one label or a list of them`() throws {
        #expect(try Self.items(#"{"id":"a","label":"yes"}"#) == ["a=yes"])
        #expect(try Self.items(#" { "label" : "é\n" , "\u0069d" : "" } "#) == ["=é\n"])
        #expect(try Self.items(#"{"feedback":[{"id":"a","label":"x"},{"label":"y","id":"b"}]}"#) == ["a=x", "b=y"])
        #expect(try Self.items(#"{"feedback":[]}"#) == [])
    }

    @Test func `numbers and truth values are classes as their texts`() throws {
        for (label, text) in [
            ("true", "true"), ("false", "false"), ("1", "1"), ("1.0", "1"), ("-0", "0"), ("0.5", "0.5"),
            ("1e300", "1e+300"), ("9007199254740993", "9007199254740992"), ("\"1.0\"", "1.0"),
        ] {
            #expect(try Self.items(#"{"id":"a","label":\#(label)}"#) == ["a=\(text)"])
        }
    }

    @Test(
        arguments: [
            ("", 0, "the document ends where an object is expected"), ("[]", 0, "an object is expected"),
            ("{}", 0, "'id' and 'label' are expected"), (#"{"id":"a"}"#, 0, "'id' and 'label' are expected"),
            (#"{"label":"a"}"#, 0, "'id' and 'label' are expected"),
            (#"{"id":1,"label":"a"}"#, 6, "a string is expected"),
            (#"{"id":null,"label":"a"}"#, 6, "a string is expected"),
            (#"{"id":"a","label":null}"#, 18, "a string is expected"),
            (#"{"id":"a","label":{}}"#, 18, "a string is expected"),
            (#"{"id":"a","label":["x"]}"#, 18, "a string is expected"),
            (#"{"id":"a","label":"x","id":"b"}"#, 22, "a key stands twice"),
            (#"{"id":"a","label":"x","label":"x"}"#, 22, "a key stands twice"),
            (#"{"id":"a","label":"x","time":1}"#, 22, "only 'id' and 'label' are expected here"),
            (#"{"id":"a","label":"x","feedback":[]}"#, 22, "only 'id' and 'label' are expected here"),
            (#"{"feedback":{}}"#, 12, "an array is expected"), (#"{"feedback":[1]}"#, 13, "an object is expected"),
            (#"{"feedback":[{}]}"#, 13, "'id' and 'label' are expected"),
            (#"{"feedback":[{"id":"a","label":"x"},{"id":"b"}]}"#, 36, "'id' and 'label' are expected"),
            (#"{"feedback":[{"id":"a","label":"x","x":1}]}"#, 35, "only 'id' and 'label' are expected here"),
            (#"{"feedback":[{"feedback":[]}]}"#, 14, "only 'id' and 'label' are expected here"),
            (#"{"feedback":[],"feedback":[]}"#, 15, "nothing but 'feedback' may stand in the object"),
            (#"{"feedback":[],"id":"a","label":"x"}"#, 15, "nothing but 'feedback' may stand in the object"),
            (
                #"{"feedback":[{"id":"a","label":"x"}],"id":"b","label":"y"}"#, 37,
                "nothing but 'feedback' may stand in the object"
            ),
            (#"{"id":"a","label":"x"} {}"#, 23, "nothing may follow the value"),
            (#"{"id":"a","label":"x""#, 21, "the document ends where ',' or '}' is expected"),
        ])
    func `what is malformed is told with the byte`(body: String, offset: Int, message: String) {
        let error = #expect(throws: LeewayError.self) { try Self.read(body.utf8) }
        #expect(
            error
                == LeewayError(
                    .malformedRequest, "The body can't be read at byte \(offset): \(message).",
                    hint: #"Send {"id": "…", "label": "…"}, or {"feedback": [{"id": "…", "label": "…"}, …]}."#))
    }

    @Test func `no more labels are taken than the limit`() throws {
        let list = #"{"feedback":[{"id":"a","label":1},{"id":"b","label":1}]}"#
        #expect(try Self.items(list, limit: 2) == ["a=1", "b=1"])
        let error = #expect(throws: LeewayError.self) { try Self.items(list, limit: 1) }
        #expect(error?.code == .requestTooLarge && error?.message == "The body has more than 1 rows.")
    }

    @Test func `labels that are no class are told, each in its place`() throws {
        let body = try Self.read(
            #"{"feedback":[{"id":"a","label":"yes"},{"id":"b","label":"Yes"},{"id":"c","label":1},{"id":"","label":"no"}]}"#
                .utf8)
        #expect(
            body.violations(["yes", "no"]) == [
                Violation(row: 1, field: "label", rule: .category, expected: "one of no, yes"),
                Violation(row: 2, field: "label", rule: .category, expected: "one of no, yes"),
            ])
        #expect(body.violations(["yes", "no", "1", "Yes"]).isEmpty)
    }

    @Test func `the reply is this`() throws {
        #expect(FeedbackBody.reply([]) == Array(#"{"results":[]}"#.utf8))
        let reply = FeedbackBody.reply([("a\"\n\u{1F600}", .recorded), ("b", .unknown)])
        #expect(
            String(decoding: reply, as: UTF8.self)
                == #"{"results":[{"id":"a\"\n\#u{1F600}","status":"recorded"},{"id":"b","status":"unknown"}]}"#)
        #expect(try JSONSerialization.jsonObject(with: Data(reply)) is [String: Any])
        #expect(
            FeedbackBody.Status.allCases.map(\.rawValue) == [
                "recorded", "duplicate", "corrected", "unknown",
            ])
    }

    @Test func `damaged bodies end in labels or in an error of ours`() {
        let seeds = [
            #"{"id":"019ab3c0-1234-7abc-89ab-0123456789ab","label":"yes"}"#, #"{"label":true,"id":""}"#,
            #"{"feedback":[{"id":"a","label":1.5},{"id":"b","label":"n\u00e9"},{"id":"c","label":false}]}"#,
        ]
        var (draws, taken, refused) = (JSONDraws(seed: 6), 0, 0)
        for _ in 0..<20_000 {
            let body = BodyDamage.body(of: seeds, &draws)
            do throws(LeewayError) {
                taken += try Self.read(body, limit: 2).items.count
            } catch {
                refused += 1
                if error.code != .malformedRequest, error.code != .requestTooLarge { Issue.record("\(error)") }
            }
        }
        #expect(taken > 2_000 && refused > 5_000)
    }
}
