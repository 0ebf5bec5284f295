import LeewayCore

/// The responses that are no success, by protocol and status.
enum OpenAPIErrors {
    enum Style: String, CaseIterable {
        case problem = "Problem"
        case inferenceV2 = "InferenceError"
        case mlflow = "InvocationError"

        func reference(to status: Int) -> JSONValue { ["$ref": "#/components/responses/\(rawValue)\(status)"] }

        var mediaType: String { self == .problem ? Problem.mediaType : "application/json" }
    }

    /// What names the request in the logs: every response has it.
    static let requestID: JSONValue = ["X-Request-ID": ["$ref": "#/components/headers/X-Request-ID"]]

    static let headers: JSONValue = [
        "X-Request-ID": [
            "description": "What names this request in the logs: the client's own id, or else a UUID.",
            "schema": ["type": "string"],
        ],
        "Retry-After": [
            "description": "Seconds until it is worth asking again.", "schema": ["type": "integer", "minimum": 0],
        ],
        "WWW-Authenticate": ["description": "What kind of token is expected.", "schema": ["type": "string"]],
    ]

    /// Every response that an operation can refer to.
    static func responses(_ limits: OpenAPIDocument.Limits) -> JSONValue {
        .object(
            Style.allCases.flatMap { style in
                cases(limits).map { ("\(style.rawValue)\($0.status)", response($0, style)) }
            })
    }

    static let schemas: [(String, JSONValue)] = [
        ("Problem", problem(mustListErrors: false)), ("ContractProblem", problem(mustListErrors: true)),
        (
            "Violation",
            [
                "type": "object", "description": "Where a row breaks the contract, without the value that does.",
                "required": ["row", "field", "rule", "expected"],
                "properties": [
                    "row": ["type": "integer", "minimum": 0, "description": "The row, from 0."],
                    "field": ["type": "string", "description": "The field's name; empty for a row that is no object."],
                    "rule": [
                        "type": "string",
                        "enum": ["required", "null", "type", "range", "category", "extra", "duplicate", "shape"],
                    ], "expected": ["type": "string"],
                ],
            ]
        ),
        ("InferenceError", ["type": "object", "required": ["error"], "properties": ["error": ["type": "string"]]]),
        (
            "InvocationError",
            [
                "type": "object", "required": ["error_code", "message"],
                "properties": ["error_code": ["type": "string"], "message": ["type": "string"]],
            ]
        ),
    ]

    private struct Case {
        let status: Int
        let code: String
        let description: String
        let message: String
        var headers: [String] = []
    }

    private static func cases(_ limits: OpenAPIDocument.Limits) -> [Case] {
        [
            Case(
                status: 400, code: "malformed_request", description: "The request can't be read.",
                message: "The body can't be read at byte 0: a value is expected."),
            Case(
                status: 401, code: "unauthenticated", description: "There is no token, or none that is known.",
                message: "This needs a token. Send it as 'Authorization: Bearer TOKEN'.", headers: ["WWW-Authenticate"]),
            Case(
                status: 403, code: "forbidden", description: "The token does not allow this.",
                message: "The token does not allow this."),
            Case(
                status: 404, code: "unknown_version", description: "There is no such model, version or alias.",
                message: "There is no such model."),
            Case(
                status: 413, code: "request_too_large",
                description: "The body has more than \(limits.bodyBytes) bytes or \(limits.rows) rows.",
                message: "The body has more than \(limits.rows) rows."),
            Case(
                status: 415, code: "unsupported_media_type", description: "The body's content type is not read.",
                message: "The body's content type is not read."),
            Case(
                status: 429, code: "overloaded", description: "The server has more to do than it can.",
                message: "The server has more to do than it can.", headers: ["Retry-After"]),
            Case(
                status: 500, code: "damaged_artifact", description: "The server failed.",
                message: "A version's artifact is damaged."),
            Case(
                status: 503, code: "not_ready", description: "The server can't answer now.",
                message: "The server is starting or stopping.", headers: ["Retry-After"]),
        ]
    }

    private static func response(_ error: Case, _ style: Style) -> JSONValue {
        let example: JSONValue
        switch style {
        case .problem:
            let problem = Problem(
                LeewayError(.init(error.code), error.message), status: error.status, requestID: exampleRequestID)
            example = JSONValue(written: problem.bytes)
        case .inferenceV2: example = ["error": .text(error.message)]
        case .mlflow: example = ["error_code": .text(mlflowCode(error.status)), "message": .text(error.message)]
        }
        let headers = error.headers.map { ($0, ["$ref": "#/components/headers/\($0)"] as JSONValue) }
        let content: JSONValue = ["schema": OpenAPIOperation.schema(style.rawValue), "example": example]
        return [
            "description": .text(error.description), "headers": requestID.adding(.object(headers)),
            "content": .object([(style.mediaType, content)]),
        ]
    }

    static let exampleRequestID = "019ab000-0000-7000-8000-000000000001"

    private static func mlflowCode(_ status: Int) -> String {
        switch status {
        case 404: "RESOURCE_DOES_NOT_EXIST"
        case 500: "INTERNAL_ERROR"
        case 503: "TEMPORARILY_UNAVAILABLE"
        default: "BAD_REQUEST"
        }
    }

    private static func problem(mustListErrors: Bool) -> JSONValue {
        let names = ["type", "title", "status", "detail", "request_id"]
        let properties: JSONValue = [
            "type": ["type": "string", "pattern": "^urn:leeway:problem:"], "title": ["type": "string"],
            "status": ["type": "integer", "minimum": 400, "maximum": 599], "detail": ["type": "string"],
            "request_id": ["type": "string"],
        ]
        let lists: JSONValue = [
            "error_count": [
                "type": "integer", "minimum": 1, "description": "All of them, those that are not listed included.",
            ],
            "errors": [
                "type": "array", "minItems": 1, "maxItems": 10_000, "items": OpenAPIOperation.schema("Violation"),
            ],
        ]
        return [
            "type": "object", "description": "Problem details, RFC 9457.",
            "required": .texts(names + (mustListErrors ? ["error_count", "errors"] : [])),
            "properties": mustListErrors ? properties.adding(lists) : properties,
        ]
    }
}

extension JSONValue {
    /// A tree of what our own writers wrote.
    init(written bytes: [UInt8]) {
        do throws(JSONFailure) {
            try self.init(parsing: bytes)
        } catch {
            preconditionFailure("A writer of ours wrote no JSON: \(error.message).")
        }
    }
}
