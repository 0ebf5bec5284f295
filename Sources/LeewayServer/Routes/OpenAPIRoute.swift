import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayWire
import LeewayWorkflow

/// `GET /openapi.json`: everything that the server answers, made of the versions that it serves now.
struct OpenAPIRoute: Sendable {
    let session: ServingSession
    let access: AccessControl

    private static let host = HTTPField.Name.known("Host")

    var routes: [Route] {
        [Route(.get, "/openapi.json", scope: nil) { call in Response(json: document(call).bytes) }]
    }

    private func document(_ call: Call) -> OpenAPIDocument {
        let snapshot = session.catalog.snapshot
        let models = snapshot.names.compactMap { name -> OpenAPIDocument.Model? in
            guard let champion = session.catalog.champion(of: name) else { return nil }
            return OpenAPIDocument.Model(
                name: name, version: champion.version.number,
                versions: snapshot.versions.filter { $0.model == name }.map(\.number), contract: champion.contract,
                classes: (champion.classes.negative, champion.classes.positive))
        }
        let settings = session.configuration
        let scheme = settings.tls == nil ? "http" : "https"
        let host = call.request.head.authority ?? call.request.headers[Self.host] ?? "\(settings.host):\(settings.port)"
        return OpenAPIDocument(
            models: models, defaultModel: settings.defaultModel, serverVersion: LeewayVersion.current,
            baseURL: "\(scheme)://\(host)", hasTokens: access.isClosed,
            limits: .init(bodyBytes: settings.limits.body.bytes, rows: settings.limits.rows))
    }
}
