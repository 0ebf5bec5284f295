package import LeewayCore

/// The answers of a version as MLflow's scoring server gives them.
package struct MLflowReply: Sendable {
    private let labels: (negative: [UInt8], positive: [UInt8])

    package init(labels: (negative: String, positive: String)) {
        self.labels = (JSONWriter.fragment(of: labels.negative), JSONWriter.fragment(of: labels.positive))
    }

    /// `{"predictions":["yes"]}`, or `{"predictions":[{"label":"yes","probability":0.5,"prediction_id":"…"}]}`.
    package func bytes(
        ids: [UUIDv7], probabilities: [Double], isPositive: [Bool], withProbabilities: Bool
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 24 + isPositive.count * (withProbabilities ? 120 : 16))
        writer.raw(#"{"predictions":["#)
        for row in isPositive.indices {
            if row > 0 { writer.raw(UInt8(ascii: ",")) }
            let label = isPositive[row] ? labels.positive : labels.negative
            guard withProbabilities else {
                writer.raw(label)
                continue
            }
            writer.raw(#"{"label":"#)
            writer.raw(label)
            writer.raw(#","probability":"#)
            writer.number(probabilities[row])
            writer.raw(#","prediction_id":""#)
            writer.uuid(ids[row])
            writer.raw(#""}"#)
        }
        writer.raw("]}")
        return writer.bytes
    }
}
