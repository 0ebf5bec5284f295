import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayValidate
import LeewayWire
import LeewayWorkflow
import NIOCore

/// MLflow's scoring protocol: `/invocations`, `/ping`, `/health`, `/version`.
struct MLflowRoutes: Sendable {
    let session: ServingSession
    let admission: Admission
    let rowLimit: Int

    /// The protocol's version that is spoken: clients look at it.
    private static let version = "3.17.0"

    var routes: [Route] {
        ["/ping", "/health"].map { path in
            Route(.get, path, scope: nil, style: .mlflow) { _ in
                if let reason = session.reasonAgainstReadiness { throw LeewayError(.notReady, reason) }
                return Response(text: "\n")
            }
        } + [
            Route(.get, "/version", scope: nil, style: .mlflow) { _ in
                Response(text: Self.version)
            },
            Route(.post, "/invocations", scope: .predict, style: .mlflow) { call in try await score(call) },
        ]
    }

    private func score(_ call: Call) async throws -> Response {
        let mediaType = try call.mediaType()
        guard ["application/json", "text/csv"].contains(mediaType) else {
            throw LeewayError(
                .unsupportedMediaType, "The body's content type is not read.",
                hint: "Send application/json or text/csv.")
        }
        let model = try session.defaultModel(for: call.id)
        return try await call.withBody { body in
            try await admission.run {
                let request = try body.withUnsafeReadableBytes { bytes in
                    try read(bytes.bindMemory(to: UInt8.self), isCSV: mediaType == "text/csv", model)
                }
                try session.service.requireKept(request.rows, by: model)
                let answer = try await session.service.answer(
                    request.rows, by: model, .init(id: call.id, trace: call.trace?.trace, start: call.start))
                return Response(
                    json: model.mlflowReply.bytes(
                        ids: answer.ids, probabilities: answer.scores.probabilities,
                        isPositive: answer.scores.isPositive, withProbabilities: request.wantsProbabilities))
            }
        }
    }

    private func read(
        _ bytes: UnsafeBufferPointer<UInt8>, isCSV: Bool, _ model: ServedModel
    ) throws(LeewayError) -> (rows: ContractRows, wantsProbabilities: Bool) {
        guard isCSV else {
            let request = try MLflowRequest.read(bytes, model.contract, rowLimit: rowLimit)
            return (request.rows, request.wantsProbabilities)
        }
        var reader = CSVRowReader(model.contract)
        try reader.feed(bytes)
        try reader.finish()
        guard reader.rowCount <= rowLimit else { throw LeewayError.tooManyRows(rowLimit) }
        return (reader.take(), false)
    }
}
