import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct InferenceV2MetadataTests {
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `the server`() {
        #expect(
            Self.text(InferenceV2Metadata.server())
                == #"{"name":"leeway","version":"\#(LeewayVersion.current)","extensions":["binary_tensor_data"]}"#)
    }

    @Test func `a model has a tensor for each field`() {
        #expect(
            Self.text(InferenceV2Metadata.model("a\"b", versions: [1, 3], TableContract.mixed()))
                == #"{"name":"a\"b","versions":["1","3"],"platform":"leeway_logistic_regression","inputs":["#
                + #"{"name":"age","datatype":"INT64","shape":[-1]},{"name":"score","datatype":"FP64","shape":[-1]},"#
                + #"{"name":"job","datatype":"BYTES","shape":[-1]},{"name":"member","datatype":"BOOL","shape":[-1]},"#
                + #"{"name":"note","datatype":"BYTES","shape":[-1]}],"outputs":["#
                + #"{"name":"probability","datatype":"FP64","shape":[-1]},{"name":"label","datatype":"BYTES","shape":[-1]},"#
                + #"{"name":"prediction_id","datatype":"BYTES","shape":[-1]}]}"#)
    }

    @Test func `health`() {
        #expect(Self.text(InferenceV2Metadata.live(true)) == #"{"live":true}"#)
        #expect(Self.text(InferenceV2Metadata.ready(false)) == #"{"ready":false}"#)
        #expect(Self.text(InferenceV2Metadata.ready(model: "é", true)) == #"{"name":"é","ready":true}"#)
    }
}
