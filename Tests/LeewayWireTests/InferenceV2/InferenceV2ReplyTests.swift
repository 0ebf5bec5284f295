import LeewayCore
import LeewayWire
import Testing

/// Oracle: tritonclient 2.73.0, `InferResult.from_response_body(bytes, header_length=jsonLength)`, reads the same numbers
/// and texts out of each of these replies.
@Suite struct InferenceV2ReplyTests {
    private static let ids = [
        UUIDv7(high: 0x019a_b3c0_1234_7abc, low: 0x89ab_0123_4567_89ab), UUIDv7(high: 1 << 16, low: 7),
    ]
    private static let head = #"{"model_name":"a\"b","model_version":"3","#

    private static func reply(
        _ outputs: [InferenceOutput], id: String? = nil, rows: Int = 2
    ) -> (bytes: [UInt8], jsonLength: Int?) {
        InferenceV2Reply(model: "a\"b", version: 3, labels: ("<=50K", "é>50K")).bytes(
            id: id, outputs: outputs, ids: Array(ids.prefix(rows)), probabilities: Array([0.1, 1].prefix(rows)),
            isPositive: Array([false, true].prefix(rows)))
    }

    @Test func `JSON outputs`() {
        let (bytes, jsonLength) = Self.reply(InferenceOutput.Name.allCases.map { InferenceOutput($0) }, id: "r\n1")
        #expect(jsonLength == nil)
        #expect(
            String(decoding: bytes, as: UTF8.self) == Self.head
                + #""id":"r\n1","outputs":[{"name":"probability","datatype":"FP64","shape":[2],"data":[0.1,1]},"#
                + #"{"name":"label","datatype":"BYTES","shape":[2],"data":["<=50K","é>50K"]},"#
                + #"{"name":"prediction_id","datatype":"BYTES","shape":[2],"data":["019ab3c0-1234-7abc-89ab-0123456789ab","#
                + #""00000000-0001-7000-8000-000000000007"]}]}"#)
    }

    @Test func `binary outputs`() throws {
        let outputs = InferenceOutput.Name.allCases.map { InferenceOutput($0, isBinary: true) }
        let (bytes, jsonLength) = Self.reply(outputs)
        let length = try #require(jsonLength)
        #expect(
            String(decoding: bytes[..<length], as: UTF8.self) == Self.head
                + #""outputs":[{"name":"probability","datatype":"FP64","shape":[2],"parameters":{"binary_data_size":16}},"#
                + #"{"name":"label","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":19}},"#
                + #"{"name":"prediction_id","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":80}}]}"#)
        let ids = Self.ids.flatMap { id -> [UInt8] in [36, 0, 0, 0] + Array(id.description.utf8) }
        #expect(
            Array(bytes[length...]) == RequestBytes.hex(
                "9a9999999999b93f000000000000f03f" + "050000003c3d35304b06000000c3a93e35304b") + ids)
    }

    @Test func `outputs in the order that was asked for, some of them binary`() throws {
        let (bytes, jsonLength) = Self.reply([.init(.label), .init(.probability, isBinary: true)], rows: 1)
        let length = try #require(jsonLength)
        #expect(
            String(decoding: bytes[..<length], as: UTF8.self) == Self.head
                + #""outputs":[{"name":"label","datatype":"BYTES","shape":[1],"data":["<=50K"]},"#
                + #"{"name":"probability","datatype":"FP64","shape":[1],"parameters":{"binary_data_size":8}}]}"#)
        #expect(Array(bytes[length...]) == RequestBytes.hex("9a9999999999b93f"))
    }

    @Test func `no rows`() {
        let (bytes, jsonLength) = Self.reply([.init(.label), .init(.probability, isBinary: true)], rows: 0)
        #expect(
            String(decoding: bytes, as: UTF8.self) == Self.head
                + #""outputs":[{"name":"label","datatype":"BYTES","shape":[0],"data":[]},"#
                + #"{"name":"probability","datatype":"FP64","shape":[0],"parameters":{"binary_data_size":0}}]}"#)
        #expect(jsonLength == bytes.count)
    }
}
