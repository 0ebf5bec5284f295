import LeewayCore
import LeewayValidate

// `/v1/models…` and `/v1/feedback`.
extension OpenAPIDocument {
    var modelOperations: [OpenAPIOperation] {
        let model = OpenAPIOperation.pathParameter(
            "model", "A model.", values: models.map(\.name), example: models.first?.name ?? "model")
        let version = OpenAPIOperation.pathParameter(
            "version", "A number or an alias.", example: "\(models.first?.version ?? 1)")
        return [
            read("/v1/models", id: "list_models", "List the models", [], "Each model's champion.", "ModelList", []),
            read(
                "/v1/models/{model}", id: "describe_model", "Describe a model", [model],
                "The model's champion, and its versions.", "Model", [404]),
            read(
                "/v1/models/{model}/versions/{version}", id: "describe_version", "Describe a version",
                [model, version],
                "The version, and the fields of its contract.", "ServedVersion", [404]),
            OpenAPIOperation(
                method: .get, path: "/v1/models/{model}/schema", id: "describe_row", tag: "models",
                summary: "Describe a row as JSON Schema", scope: "read", parameters: [model],
                reply: [("application/schema+json", ["schema": ["type": "object"]])],
                replyDescription: "The champion's contract as JSON Schema, draft 2020-12.", errors: [404, 500]),
            moveAlias(model), feedback,
        ]
    }

    private func read(
        _ path: String, id: String, _ summary: String, _ parameters: [JSONValue], _ reply: String, _ schema: String,
        _ errors: [Int]
    ) -> OpenAPIOperation {
        OpenAPIOperation(
            method: .get, path: path, id: id, tag: "models", summary: summary, scope: "read", parameters: parameters,
            reply: [("application/json", ["schema": OpenAPIOperation.schema(schema)])], replyDescription: reply,
            errors: errors + [500])
    }

    private func moveAlias(_ model: JSONValue) -> OpenAPIOperation {
        let (name, version) = (models.first?.name ?? "model", models.first?.version ?? 1)
        let number = JSONValue.number(Double(version))
        let body: JSONValue = [
            "schema": [
                "type": "object", "required": ["version"],
                "properties": [
                    "version": ["type": "integer", "minimum": 1],
                    "reason": ["type": "string", "description": "What the registry's history tells of the move."],
                ],
            ], "example": ["version": number, "reason": "Better on last month's labels"],
        ]
        let reply: JSONValue = [
            "schema": [
                "type": "object", "required": ["model", "alias", "from", "to", "moved"],
                "properties": [
                    "model": ["type": "string"], "alias": ["type": "string"],
                    "from": ["type": ["integer", "null"], "description": "Where it was; null for a new alias."],
                    "to": ["type": "integer", "minimum": 1],
                    "moved": ["type": "boolean", "description": "False where it was there already."],
                ],
            ],
            "example": ["model": .text(name), "alias": "champion", "from": number, "to": number, "moved": false],
        ]
        return OpenAPIOperation(
            method: .put, path: "/v1/models/{model}/aliases/{alias}", id: "move_alias", tag: "models",
            summary: "Let an alias name another version",
            description: "The champion is what answers where no version is asked for.", scope: "admin",
            parameters: [
                model, OpenAPIOperation.pathParameter("alias", "An alias, such as 'champion'.", example: "champion"),
            ], body: [("application/json", body)], reply: [("application/json", reply)],
            replyDescription: "Where the alias was, and where it is now.", errors: [400, 404, 413, 415, 429, 500, 503])
    }

    private var feedback: OpenAPIOperation {
        let label = models.first?.classes.positive ?? "yes"
        let item: JSONValue = ["id": .text(Self.exampleID), "label": .text(label)]
        let body: JSONValue = [
            "schema": OpenAPIOperation.schema("FeedbackBody"),
            "examples": [
                "one": ["summary": "One label", "value": item],
                "several": ["summary": "Several labels", "value": ["feedback": [item]]],
            ],
        ]
        let reply = FeedbackBody.reply([(Self.exampleID, .recorded)])
        return OpenAPIOperation(
            method: .post, path: "/v1/feedback", id: "give_feedback", tag: "feedback",
            summary: "Tell what came true", description: "An id is that of a prediction.", scope: "feedback",
            body: [("application/json", body)],
            reply: [
                (
                    "application/json",
                    ["schema": OpenAPIOperation.schema("FeedbackReply"), "example": JSONValue(written: reply)]
                )
            ], replyDescription: "What became of each label, in their order.", errors: [400, 413, 415, 429, 500, 503],
            ownErrors: [
                422: Self.refusal(
                    ["schema": OpenAPIOperation.schema("ContractProblem")], "A label is no class; nothing was recorded."
                )
            ])
    }

    static let modelSchemas: [(String, JSONValue)] = [
        (
            "ModelList",
            [
                "type": "object", "required": ["models"],
                "properties": ["models": ["type": "array", "items": OpenAPIOperation.schema("ServedVersion")]],
            ]
        ),
        (
            "Model",
            [
                "type": "object", "required": ["name", "champion", "versions"],
                "properties": [
                    "name": ["type": "string"], "champion": OpenAPIOperation.schema("ServedVersion"),
                    "versions": ["type": "array", "items": OpenAPIOperation.schema("Version")],
                ],
            ]
        ), ("Version", version), ("ServedVersion", ["allOf": [OpenAPIOperation.schema("Version"), served]]),
        ("Field", field),
        (
            "FeedbackItem",
            [
                "type": "object", "required": ["id", "label"], "additionalProperties": false,
                "properties": [
                    "id": ["type": "string"],
                    "label": ["type": ["string", "number", "boolean"], "description": "One of the model's classes."],
                ],
            ]
        ),
        (
            "FeedbackBody",
            [
                "anyOf": [
                    OpenAPIOperation.schema("FeedbackItem"),
                    [
                        "type": "object", "required": ["feedback"], "additionalProperties": false,
                        "properties": [
                            "feedback": ["type": "array", "items": OpenAPIOperation.schema("FeedbackItem")]
                        ],
                    ],
                ]
            ]
        ),
        (
            "FeedbackReply",
            [
                "type": "object", "required": ["results"],
                "properties": [
                    "results": [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["id", "status"],
                            "properties": [
                                "id": ["type": "string"],
                                "status": [
                                    "type": "string", "enum": .texts(FeedbackBody.Status.allCases.map(\.rawValue)),
                                ],
                            ],
                        ],
                    ]
                ],
            ]
        ),
    ]

    private static let version: JSONValue = [
        "type": "object", "required": ["model", "version", "aliases", "run_id", "content_hash", "created_at"],
        "properties": [
            "model": ["type": "string"], "version": ["type": "integer", "minimum": 1],
            "aliases": ["type": "array", "items": ["type": "string"]],
            "run_id": ["type": "string", "description": "The run that made it."],
            "content_hash": [
                "type": "string", "description": "The SHA-256 over the names and digests of its artifacts.",
            ],
            "created_at": ["type": "string", "description": "When it was registered, UTC."],
        ],
    ]

    /// What a version that is loaded has beside what the registry says.
    private static let served: JSONValue = [
        "type": "object", "required": ["classes", "threshold", "contract", "fields"],
        "properties": [
            "classes": [
                "type": "object", "required": ["positive", "negative"],
                "properties": [
                    "positive": ["type": "string", "description": "The class whose probability is given."],
                    "negative": ["type": "string"],
                ],
            ],
            "threshold": [
                "type": "number", "description": "The probability from which a row is given the positive class.",
            ], "contract": ["type": "string", "enum": .texts(Contract.Mode.allCases.map(\.rawValue))],
            "fields": ["type": "array", "items": OpenAPIOperation.schema("Field")],
        ],
    ]

    private static let field: JSONValue = [
        "type": "object", "required": ["name", "type", "required", "nullable", "feature"],
        "properties": [
            "name": ["type": "string"],
            "type": ["type": "string", "enum": .texts(ColumnType.allCases.map(\.rawValue))],
            "required": ["type": "boolean"], "nullable": ["type": "boolean"],
            "feature": ["type": "boolean", "description": "Whether the model uses it."], "minimum": ["type": "number"],
            "maximum": ["type": "number"],
            "values": [
                "type": "array", "items": ["type": "string"], "description": "The only texts that are allowed.",
            ],
        ],
    ]
}
