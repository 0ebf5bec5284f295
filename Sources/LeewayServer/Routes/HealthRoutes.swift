import HTTPTypes
import Hummingbird
import LeewayCore
import LeewayWire
import LeewayWorkflow

/// `/healthz`: the process lives; `/readyz`: it can answer.
struct HealthRoutes: Sendable {
    let session: ServingSession

    var routes: [Route] {
        [
            Route(.get, "/healthz", scope: nil) { _ in Response(json: Array(#"{"status":"ok"}"#.utf8)) },
            Route(.get, "/readyz", scope: nil) { _ in
                if let reason = session.reasonAgainstReadiness {
                    throw LeewayError(.notReady, reason)
                }
                return Response(json: Array(#"{"status":"ready"}"#.utf8))
            },
        ]
    }
}
