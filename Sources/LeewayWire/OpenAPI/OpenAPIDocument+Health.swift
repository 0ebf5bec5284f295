// What those who keep the server running look at.
extension OpenAPIDocument {
    var healthOperations: [OpenAPIOperation] {
        [
            OpenAPIOperation(
                method: .get, path: "/healthz", id: "is_alive", tag: "operations", summary: "Whether the process lives",
                reply: [("application/json", Self.status("ok"))], replyDescription: "It does."),
            OpenAPIOperation(
                method: .get, path: "/readyz", id: "is_ready", tag: "operations",
                summary: "Whether the server can answer", reply: [("application/json", Self.status("ready"))],
                replyDescription: "It can.", errors: [503]),
            OpenAPIOperation(
                method: .get, path: "/metrics", id: "read_metrics", tag: "operations",
                summary: "Metrics for Prometheus", scope: "read",
                reply: [("text/plain", ["schema": ["type": "string"]])],
                replyDescription: "Prometheus text format, version 0.0.4.", errors: [500]),
            OpenAPIOperation(
                method: .get, path: "/openapi.json", id: "read_openapi", tag: "operations", summary: "This document",
                reply: [
                    (
                        "application/json",
                        [
                            "schema": [
                                "type": "object", "required": ["openapi", "info", "paths"],
                                "properties": ["openapi": ["type": "string"]],
                            ]
                        ]
                    )
                ], replyDescription: "An OpenAPI 3.1 document.", errors: [500]),
        ]
    }

    private static func status(_ status: String) -> JSONValue {
        [
            "schema": ["type": "object", "required": ["status"], "properties": ["status": ["const": .text(status)]]],
            "example": ["status": .text(status)],
        ]
    }
}
