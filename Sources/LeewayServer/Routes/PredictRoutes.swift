import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayValidate
import LeewayWire
import LeewayWorkflow
import NIOCore

/// `POST /v1/models/{model}/predict`: our own protocol, one row or many.
struct PredictRoutes: Sendable {
    let catalog: ModelCatalog
    let service: PredictionService
    let admission: Admission
    let rowLimit: Int

    var routes: [Route] {
        [
            Route(.post, "/v1/models/:model/predict", scope: .predict) { call in
                try await predict(try catalog.find(String(call.parameters[0]), for: call.id), call)
            },
            Route(.post, "/v1/models/:model/versions/:version/predict", scope: .predict) { call in
                try await predict(try catalog.find(String(call.parameters[0]), String(call.parameters[1])), call)
            },
        ]
    }

    private func predict(_ model: ServedModel, _ call: Call) async throws -> Response {
        switch try call.mediaType() {
        case "application/json", "": break
        case "text/csv", "application/csv":
            return try await RowStream<CSVRowReader>(service: service, admission: admission).respond(model, call)
        case "application/x-ndjson", "application/ndjson", "application/jsonl":
            return try await RowStream<NDJSONRowReader>(service: service, admission: admission).respond(model, call)
        default:
            throw LeewayError(
                .unsupportedMediaType, "The body's content type is not read.",
                hint: "Send application/json, text/csv or application/x-ndjson.")
        }
        let isExplained = try call.isOn("explain")
        return try await call.withBody { body in
            try await admission.run {
                let rows = try body.withUnsafeReadableBytes { bytes in
                    try JSONRows.readBody(bytes.bindMemory(to: UInt8.self), model.contract, rowLimit: rowLimit)
                }
                return try await respond(rows, model, call, isExplained: isExplained)
            }
        }
    }

    private func respond(
        _ rows: ContractRows, _ model: ServedModel, _ call: Call, isExplained: Bool
    ) async throws -> Response {
        guard rows.violationCount == 0 else {
            service.refuse(rows, by: model)
            return Response(Problem(contract: rows, requestID: call.id))
        }
        let answer = try await service.answer(
            rows, by: model, .init(id: call.id, trace: call.trace?.trace, start: call.start))
        return Response(
            json: model.reply.bytes(
                ids: answer.ids, probabilities: answer.scores.probabilities, isPositive: answer.scores.isPositive,
                explanations: isExplained ? model.explain(rows) : [], notes: rows.notes))
    }
}
