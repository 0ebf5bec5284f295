// The scoring protocol of MLflow: `/invocations` and what tells of its health.
extension OpenAPIDocument {
    var invocationOperations: [OpenAPIOperation] {
        let health = [
            text("/ping", id: "mlflow_ping", "Whether the server can answer", "\n", [503]),
            text("/health", id: "mlflow_health", "Whether the server can answer", "\n", [503]),
            text("/version", id: "mlflow_version", "The server's version", serverVersion, []),
        ]
        return health + [invocations]
    }

    private func text(_ path: String, id: String, _ summary: String, _ example: String, _ errors: [Int])
        -> OpenAPIOperation
    {
        OpenAPIOperation(
            method: .get, path: path, id: id, tag: "MLflow", summary: summary,
            reply: [("text/plain", ["schema": ["type": "string"], "example": .text(example)])],
            replyDescription: "As MLflow has it.", errors: errors, style: .mlflow)
    }

    private var invocations: OpenAPIOperation {
        var content: JSONValue = ["schema": OpenAPIOperation.schema("InvocationBody")]
        if let model = defaultModel, case .object(let fields) = model.example {
            let split: JSONValue = [
                "columns": .texts(fields.map(\.0)), "data": .array([.array(fields.map(\.1))]),
            ]
            content = content.adding([
                "examples": [
                    "records": ["summary": "Rows as objects", "value": ["dataframe_records": [model.example]]],
                    "split": ["summary": "Rows as arrays", "value": ["dataframe_split": split]],
                ]
            ])
        }
        let csv: JSONValue = ["schema": ["type": "string", "description": "The first line names the columns."]]
        let name = defaultModel?.name ?? "the default model"
        return OpenAPIOperation(
            method: .post, path: "/invocations", id: "mlflow_invocations", tag: "MLflow",
            summary: "Score rows with \(name)",
            description: "Rows are held to the contract as everywhere; those that break it are refused with 400.",
            scope: "predict", body: [("application/json", content), ("text/csv", csv)],
            reply: [
                (
                    "application/json",
                    [
                        "schema": [
                            "type": "object", "required": ["predictions"],
                            "properties": ["predictions": ["type": "array"]],
                        ]
                    ]
                )
            ], replyDescription: "A prediction a row, in their order.", errors: [400, 404, 413, 415, 429, 500, 503],
            style: .mlflow)
    }

    /// The schema of `/invocations`: exactly one way to write rows.
    var invocationSchema: (String, JSONValue) {
        let row: JSONValue = defaultModel.map { OpenAPIOperation.schema("\($0.name).Row") } ?? ["type": "object"]
        let arrays: JSONValue = ["type": "array", "items": ["type": "array"]]
        let split: JSONValue = [
            "type": "object", "required": ["columns", "data"],
            "properties": [
                "index": [:], "columns": ["type": "array", "items": ["type": "string"]], "data": arrays,
            ],
        ]
        let records: JSONValue = ["type": "array", "items": row]
        let instances: JSONValue = ["type": "array"]
        let inputs: JSONValue = ["type": ["array", "object"]]
        let ways: [(String, JSONValue)] = [
            ("dataframe_split", split), ("dataframe_records", records), ("instances", instances), ("inputs", inputs),
        ]
        let choices = ways.map { name, schema -> JSONValue in
            ["type": "object", "required": [.text(name)], "properties": .object([(name, schema)])]
        }
        return ("InvocationBody", ["oneOf": .array(choices)])
    }
}
