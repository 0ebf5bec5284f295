import LeewayCore
import LeewayWire
import Testing

@Suite struct MLflowReplyTests {
    private static func reply(rows: Int = 2, withProbabilities: Bool) -> String {
        let ids = [UUIDv7(high: 0x019a_b3c0_1234_7abc, low: 0x89ab_0123_4567_89ab), UUIDv7(high: 1 << 16, low: 7)]
        let bytes = MLflowReply(labels: ("\"no\"", "yes")).bytes(
            ids: Array(ids.prefix(rows)), probabilities: Array([0.1, 1].prefix(rows)),
            isPositive: Array([false, true].prefix(rows)), withProbabilities: withProbabilities)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `labels`() {
        #expect(Self.reply(withProbabilities: false) == #"{"predictions":["\"no\"","yes"]}"#)
        #expect(Self.reply(rows: 0, withProbabilities: false) == #"{"predictions":[]}"#)
    }

    @Test func `records`() {
        #expect(
            Self.reply(withProbabilities: true)
                == #"{"predictions":[{"label":"\"no\"","probability":0.1,"prediction_id":"019ab3c0-1234-7abc-89ab-0123456789ab"},"#
                + #"{"label":"yes","probability":1,"prediction_id":"00000000-0001-7000-8000-000000000007"}]}"#)
    }
}
