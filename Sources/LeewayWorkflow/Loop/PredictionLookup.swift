package import LeewayCore
package import LeewayEngine
import LeewayStore
import LeewayWire

/// Finds an answer in the log by its id, whatever its segment's format is by now.
package struct PredictionLookup: Sendable {
    /// What was answered.
    package struct Answer: Sendable, Equatable {
        package let id: UUIDv7
        package let time: Timestamp
        package let model: String
        package let version: Int
        package let probability: Double
        package let label: String
    }

    private let project: Project

    package init(_ project: Project) { self.project = project }

    /// - Throws: `unknownPrediction`; what the engine says of the log.
    package func find(_ id: UUIDv7, engine: () throws -> any Engine) async throws -> Answer {
        let folder = LogTidying.folder(.predictions, of: project)
        if let bytes = try folder.line(of: id) {
            let line = try bytes.withUnsafeBufferPointer { bytes in
                Result { () throws(LeewayError) in try PredictionLine(bytes) }
            }.get()
            return Answer(
                id: id, time: line.time, model: line.model, version: line.version, probability: line.probability,
                label: line.label)
        }
        let segments = try folder.segments().filter { $0.format == .parquet }
        if !segments.isEmpty {
            let engine = try engine()
            if let table = LogSource(segments, .predictions, engine.dialect).table {
                let found = try await engine.table(
                    """
                    SELECT epoch_ms(time) AS time, model, version, probability, label FROM \(table)
                    WHERE id = \(id.description.sqlLiteral)
                    """)
                if found.rowCount > 0, let time = try found.integers("time")[0],
                    let model = try found.texts("model")[0],
                    let version = try found.integers("version")[0], let label = try found.texts("label")[0]
                {
                    return Answer(
                        id: id, time: Timestamp(milliseconds: time), model: model, version: Int(version),
                        probability: try found.numbers("probability")[0], label: label)
                }
            }
        }
        throw LeewayError(
            .unknownPrediction, "The log has no prediction with this id.",
            hint: "It may be too old: 'serving.log.retain_age' says how long answers are kept.")
    }
}

extension LeewayError.Code {
    /// No answer has this id.
    package static let unknownPrediction = Self("unknown_prediction")
}
