import Foundation
import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct PredictionReplyTests {
    private static let ids = (0..<3).map { UUIDv7(Timestamp(milliseconds: 1_795_478_398_007), random: (0, $0)) }
    static let oddTexts = [
        "plain", "a \"b\" \\", "new\nline\u{0}\u{1F}", "\u{1F600} é e\u{301}", "\u{2028}</script>", "",
    ]

    @Test func `a reply is this`() {
        let reply = PredictionReply(model: "credit", version: 7, labels: ("no", "yes"))
        #expect(
            String(decoding: reply.bytes(ids: [], probabilities: [], isPositive: []), as: UTF8.self)
                == #"{"model":"credit","version":7,"predictions":[]}"#)
        let bytes = reply.bytes(
            ids: Array(Self.ids.prefix(2)), probabilities: [0.25, 1], isPositive: [false, true],
            notes: [Violation(row: 1, field: "age", rule: .range, expected: "a number")])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"model":"credit","version":7,"predictions":["#
                + #"{"id":"\#(Self.ids[0])","label":"no","probability":0.25},"#
                + #"{"id":"\#(Self.ids[1])","label":"yes","probability":1}],"#
                + #""warnings":[{"row":1,"field":"age","rule":"range","expected":"a number"}]}"#)
    }

    @Test func `probabilities are written to the last bit`() {
        let reply = PredictionReply(model: "m", version: 1, labels: ("no", "yes"))
        let values = [1 - 0x1p-53, 0.1, .leastNonzeroMagnitude]
        let text = String(
            decoding: reply.bytes(ids: Self.ids, probabilities: values, isPositive: [true, true, true]), as: UTF8.self)
        #expect(
            text.split(separator: "\"probability\":").dropFirst().map { $0.prefix { $0 != "}" } } == [
                "0.9999999999999999", "0.1", "5e-324",
            ])
    }

    @Test func `an explanation begins with what weighs most`() {
        let explanation = PredictionReply.Explanation(
            intercept: -1.5, contributions: [("a", 0.5), ("b", -2), ("c", 0), ("d", -0.5), ("e", 0)])
        let bytes = PredictionReply(model: "m", version: 1, labels: ("no", "yes")).bytes(
            ids: [Self.ids[0]], probabilities: [0.5], isPositive: [true], explanations: [explanation])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"model":"m","version":1,"predictions":[{"id":"\#(Self.ids[0])","label":"yes","probability":0.5,"#
                + #""explanation":{"unit":"log-odds","intercept":-1.5,"contributions":[{"field":"b","log_odds":-2},"#
                + #"{"field":"a","log_odds":0.5},{"field":"d","log_odds":-0.5},{"field":"c","log_odds":0},"#
                + #"{"field":"e","log_odds":0}]}}]}"#)
    }

    @Test(arguments: oddTexts)
    func `odd names come back as they were`(text: String) throws {
        let reply = PredictionReply(model: text, version: 1, labels: (text + "n", text + "y"))
        let bytes = reply.bytes(
            ids: Self.ids, probabilities: [0.1, .leastNonzeroMagnitude, 0.75], isPositive: [true, false, true],
            explanations: (0..<3).map { .init(intercept: Double($0), contributions: [(text, 0.1)]) },
            notes: [Violation(row: 0, field: text, rule: .type, expected: text)])
        let object = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(object["model"] as? String == text)
        let predictions = try #require(object["predictions"] as? [[String: Any]])
        #expect(predictions.compactMap { $0["label"] as? String } == [text + "y", text + "n", text + "y"])
        #expect(predictions.compactMap { $0["probability"] as? Double } == [0.1, .leastNonzeroMagnitude, 0.75])
        #expect(predictions.compactMap { $0["id"] as? String } == Self.ids.map(\.description))
        let explanation = try #require(predictions[2]["explanation"] as? [String: Any])
        let contributions = try #require(explanation["contributions"] as? [[String: Any]])
        #expect(contributions.map { $0["field"] as? String } == [text])
        let warnings = try #require(object["warnings"] as? [[String: Any]])
        #expect(warnings.map { $0["field"] as? String } == [text] && warnings[0]["expected"] as? String == text)
    }
}
