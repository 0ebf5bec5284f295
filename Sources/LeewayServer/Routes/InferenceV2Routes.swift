import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayValidate
import LeewayWire
import LeewayWorkflow
import NIOCore

/// The Open Inference Protocol V2, as other servers speak it: `/v2/…`.
struct InferenceV2Routes: Sendable {
    let session: ServingSession
    let admission: Admission
    let rowLimit: Int

    private static let header = HTTPField.Name.known("Inference-Header-Content-Length")

    var routes: [Route] {
        var routes = [
            open("/v2") { _ in Response(json: InferenceV2Metadata.server()) },
            open("/v2/health/live") { _ in Response(json: InferenceV2Metadata.live(true)) },
            open("/v2/health/ready") { _ in
                if let reason = session.reasonAgainstReadiness { throw LeewayError(.notReady, reason) }
                return Response(json: InferenceV2Metadata.ready(true))
            },
        ]
        for path in ["/v2/models/:model", "/v2/models/:model/versions/:version"] {
            routes += [
                Route(.get, path, scope: .read, style: .inferenceV2) { call in try describe(try model(call)) },
                open("\(path)/ready") { call in
                    Response(json: InferenceV2Metadata.ready(model: try model(call).version.model, true))
                },
                Route(.post, "\(path)/infer", scope: .predict, style: .inferenceV2) { call in
                    try await infer(try model(call, for: call.id), call)
                },
            ]
        }
        return routes
    }

    /// A route that tells nothing of the data, and so needs no token.
    private func open(_ path: String, _ handler: @escaping Route.Handler) -> Route {
        Route(.get, path, scope: nil, style: .inferenceV2, handler: handler)
    }

    private func model(_ call: Call, for requestID: String? = nil) throws(LeewayError) -> ServedModel {
        let version = call.parameters.count > 1 ? String(call.parameters[1]) : nil
        return try session.catalog.find(String(call.parameters[0]), version, for: requestID)
    }

    private func describe(_ model: ServedModel) throws(LeewayError) -> Response {
        let versions = session.catalog.snapshot.versions.filter { $0.model == model.version.model }.map(\.number)
        return Response(
            json: InferenceV2Metadata.model(model.version.model, versions: versions.sorted(), model.contract))
    }

    private func infer(_ model: ServedModel, _ call: Call) async throws -> Response {
        guard ["application/json", "application/octet-stream", ""].contains(try call.mediaType()) else {
            throw LeewayError(
                .unsupportedMediaType, "The body's content type is not read.", hint: "Send application/json.")
        }
        let jsonLength = try jsonLength(call)
        return try await call.withBody { body in
            try await admission.run {
                let request = try body.withUnsafeReadableBytes { bytes in
                    try InferenceV2Request.read(
                        bytes.bindMemory(to: UInt8.self), jsonLength: jsonLength, model.contract, rowLimit: rowLimit)
                }
                try session.service.requireKept(request.rows, by: model)
                let answer = try await session.service.answer(
                    request.rows, by: model, .init(id: call.id, trace: call.trace?.trace, start: call.start))
                let reply = model.inferenceReply.bytes(
                    id: request.id, outputs: request.outputs, ids: answer.ids,
                    probabilities: answer.scores.probabilities, isPositive: answer.scores.isPositive)
                guard let length = reply.jsonLength else { return Response(json: reply.bytes) }
                var response = Response(json: reply.bytes, mediaType: "application/octet-stream")
                response.headers[Self.header] = "\(length)"
                return response
            }
        }
    }

    private func jsonLength(_ call: Call) throws(LeewayError) -> Int? {
        guard let header = call.request.headers[Self.header] else { return nil }
        guard let length = Int(header), length >= 0 else {
            throw LeewayError(.malformedRequest, "Inference-Header-Content-Length is no number of bytes.")
        }
        return length
    }
}
