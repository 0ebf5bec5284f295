import LeewayCore
package import LeewayValidate

/// What the server and its models say of themselves.
///
/// - Source: Open Inference Protocol V2 (REST): health, server metadata, model metadata.
package enum InferenceV2Metadata {
    /// What kind of model ours is.
    package static let platform = "leeway_logistic_regression"

    /// `GET /v2`.
    package static func server() -> [UInt8] {
        var writer = JSONWriter()
        writer.raw(#"{"name":"leeway","version":"#)
        writer.text(LeewayVersion.current)
        writer.raw(#","extensions":["binary_tensor_data"]}"#)
        return writer.bytes
    }

    /// `GET /v2/models/{model}`: a tensor for each field, of any number of rows.
    package static func model(_ name: String, versions: [Int], _ contract: Contract) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + contract.fields.count * 64)
        writer.raw(#"{"name":"#)
        writer.text(name)
        writer.raw(#","versions":["#)
        for (place, version) in versions.enumerated() {
            writer.raw(place > 0 ? ",\"" : "\"")
            writer.integer(version)
            writer.raw("\"")
        }
        writer.raw(#"],"platform":"#)
        writer.text(platform)
        writer.raw(#","inputs":["#)
        append(contract.fields.map { ($0.name, type(of: $0)) }, to: &writer)
        writer.raw(#"],"outputs":["#)
        append(InferenceOutput.Name.allCases.map { ($0.rawValue, $0.type) }, to: &writer)
        writer.raw("]}")
        return writer.bytes
    }

    /// `GET /v2/health/live`.
    package static func live(_ isLive: Bool) -> [UInt8] { Array(#"{"live":\#(isLive)}"#.utf8) }

    /// `GET /v2/health/ready`.
    package static func ready(_ isReady: Bool) -> [UInt8] { Array(#"{"ready":\#(isReady)}"#.utf8) }

    /// `GET /v2/models/{model}/ready`.
    package static func ready(model: String, _ isReady: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.raw(#"{"name":"#)
        writer.text(model)
        writer.raw(#","ready":"#)
        writer.boolean(isReady)
        writer.raw("}")
        return writer.bytes
    }

    private static func append(_ tensors: [(name: String, type: TensorType)], to writer: inout JSONWriter) {
        for (place, tensor) in tensors.enumerated() {
            if place > 0 { writer.raw(",") }
            writer.raw(#"{"name":"#)
            writer.text(tensor.name)
            writer.raw(#","datatype":""#)
            writer.write(tensor.type.rawValue)
            writer.raw(#"","shape":[-1]}"#)
        }
    }

    private static func type(of field: Contract.Field) -> TensorType {
        switch field.type {
        case .integer: .int64
        case .number: .fp64
        case .boolean: .bool
        case .text, .date, .time, .timestamp: .bytes
        }
    }
}
