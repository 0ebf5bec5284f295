package import LeewayCore

/// The answers of a version as output tensors.
///
/// - Source: Open Inference Protocol V2 (REST) with the binary tensor data extension.
package struct InferenceV2Reply: Sendable {
    private let head: [UInt8]
    private let labels: (negative: Label, positive: Label)

    /// A class as it stands in JSON and in binary.
    private struct Label {
        let json: [UInt8]
        let binary: [UInt8]

        init(_ text: String) {
            json = JSONWriter.fragment(of: text)
            binary = InferenceV2Reply.littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
        }
    }

    package init(model: String, version: Int, labels: (negative: String, positive: String)) {
        var writer = JSONWriter()
        writer.raw(#"{"model_name":"#)
        writer.text(model)
        writer.raw(#","model_version":""#)
        writer.integer(version)
        writer.raw(UInt8(ascii: "\""))
        head = writer.bytes
        self.labels = (Label(labels.negative), Label(labels.positive))
    }

    /// `{"model_name":"m","model_version":"1","outputs":[{"name":"probability","datatype":"FP64","shape":[1],"data":[0.5]}]}`.
    ///
    /// `jsonLength` is there where binary outputs follow: the header `Inference-Header-Content-Length`.
    package func bytes(
        id: String?, outputs: [InferenceOutput], ids: [UUIDv7], probabilities: [Double], isPositive: [Bool]
    ) -> (bytes: [UInt8], jsonLength: Int?) {
        var writer = JSONWriter(capacity: head.count + 256 + probabilities.count * 80)
        writer.raw(head)
        if let id {
            writer.raw(#","id":"#)
            writer.text(id)
        }
        writer.raw(#","outputs":["#)
        var tail: [UInt8] = []
        for (place, output) in outputs.enumerated() {
            if place > 0 { writer.raw(UInt8(ascii: ",")) }
            writer.raw(#"{"name":""#)
            writer.write(output.name.rawValue)
            writer.raw(#"","datatype":""#)
            writer.write(output.name.type.rawValue)
            writer.raw(#"","shape":["#)
            writer.integer(probabilities.count)
            if output.isBinary {
                let start = tail.count
                appendBinary(output.name, ids, probabilities, isPositive, to: &tail)
                writer.raw(#"],"parameters":{"binary_data_size":"#)
                writer.integer(tail.count - start)
                writer.raw("}}")
            } else {
                writer.raw(#"],"data":["#)
                appendJSON(output.name, ids, probabilities, isPositive, to: &writer)
                writer.raw("]}")
            }
        }
        writer.raw("]}")
        let jsonLength = outputs.contains(where: \.isBinary) ? writer.bytes.count : nil
        return (writer.bytes + tail, jsonLength)
    }

    private func appendJSON(
        _ name: InferenceOutput.Name, _ ids: [UUIDv7], _ probabilities: [Double], _ isPositive: [Bool],
        to writer: inout JSONWriter
    ) {
        for row in probabilities.indices {
            if row > 0 { writer.raw(UInt8(ascii: ",")) }
            switch name {
            case .probability: writer.number(probabilities[row])
            case .label: writer.raw(isPositive[row] ? labels.positive.json : labels.negative.json)
            case .predictionID:
                writer.raw(UInt8(ascii: "\""))
                writer.uuid(ids[row])
                writer.raw(UInt8(ascii: "\""))
            }
        }
    }

    private func appendBinary(
        _ name: InferenceOutput.Name, _ ids: [UUIDv7], _ probabilities: [Double], _ isPositive: [Bool],
        to tail: inout [UInt8]
    ) {
        for row in probabilities.indices {
            switch name {
            case .probability: tail += Self.littleEndian(probabilities[row].bitPattern)
            case .label: tail += isPositive[row] ? labels.positive.binary : labels.negative.binary
            case .predictionID:
                tail += Self.littleEndian(UInt32(UUIDv7.textLength))
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: UUIDv7.textLength) { buffer in
                    ids[row].write(to: buffer)
                    tail.append(contentsOf: UnsafeBufferPointer(buffer))
                }
            }
        }
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
