import LeewayCore
import LeewayValidate

// `POST /v1/models/{model}/predict`, with each model's own contract.
extension OpenAPIDocument {
    func predictOperations(_ model: Model) -> [OpenAPIOperation] {
        let path = "/v1/models/\(model.name)"
        var operations = [
            predict(model, "\(path)/predict", id: "predict_\(model.name)", "Score rows with \(model.name)"),
            predict(
                model, "\(path)/versions/\(model.version)/predict",
                id: "predict_\(model.name)_version_\(model.version)",
                "Score rows with version \(model.version) of \(model.name)"),
        ]
        let others = model.versions.filter { $0 != model.version }.map(String.init)
        if let first = others.first {
            operations.append(predictAny(model, "\(path)/versions/{version}/predict", others, first))
        }
        return operations
    }

    private func predict(_ model: Model, _ path: String, id: String, _ summary: String) -> OpenAPIOperation {
        var body = [("application/json", predictBody(model))]
        var reply = [("application/json", predictReply(model))]
        if readsStreams {
            body += streamBodies(model)
            reply.append(("application/x-ndjson", streamReply(model)))
        }
        return OpenAPIOperation(
            method: .post, path: path, id: id, tag: "predictions", summary: summary,
            description: "A row, an array of rows, or an object with the rows under 'rows'. "
                + "Either all rows are answered or none.",
            scope: "predict", parameters: [Self.explain], body: body.map { (mediaType: $0.0, content: $0.1) },
            reply: reply.map { (mediaType: $0.0, content: $0.1) },
            replyDescription: "A prediction a row, in their order.",
            errors: Self.predictErrors, ownErrors: [422: contractProblem(model)])
    }

    /// A version whose contract is not described here.
    private func predictAny(
        _ model: Model, _ path: String, _ versions: [String], _ first: String
    ) -> OpenAPIOperation {
        let body: JSONValue = ["schema": OpenAPIOperation.schema("PredictBody")]
        let problem: JSONValue = ["schema": OpenAPIOperation.schema("ContractProblem")]
        return OpenAPIOperation(
            method: .post, path: path, id: "predict_\(model.name)_version", tag: "predictions",
            summary: "Score rows with another version of \(model.name)",
            description: "Rows are held to that version's own contract; its fields are under 'GET' of the version.",
            scope: "predict",
            parameters: [
                OpenAPIOperation.pathParameter("version", "A number or an alias.", values: versions, example: first),
                Self.explain,
            ], body: [("application/json", body)],
            reply: [("application/json", ["schema": OpenAPIOperation.schema("PredictReply")])],
            replyDescription: "A prediction a row, in their order.", errors: Self.predictErrors,
            ownErrors: [422: Self.refusal(problem)])
    }

    private static let predictErrors = [400, 404, 413, 415, 429, 500, 503]

    private static let explain: JSONValue = [
        "name": "explain", "in": "query", "required": false,
        "description": "Whether to tell what each field adds to each row's log-odds.",
        "schema": ["type": "boolean", "default": false],
    ]

    private func predictBody(_ model: Model) -> JSONValue {
        let rows: JSONValue = ["rows": [model.example]]
        var examples: [(String, JSONValue)] = [
            ("row", ["summary": "One row", "value": model.example]),
            ("rows", ["summary": "Several rows", "value": [model.example, model.example]]),
        ]
        if !model.hasRowsField { examples.append(("object", ["summary": "Rows in an object", "value": rows])) }
        return [
            "schema": OpenAPIOperation.schema("\(model.name).PredictBody"), "examples": .object(examples),
        ]
    }

    private func predictReply(_ model: Model) -> JSONValue {
        let reply = PredictionReply(model: model.name, version: model.version, labels: model.classes)
        let ids = [UUIDv7(Self.exampleID)].compactMap { $0 }
        let plain = reply.bytes(ids: ids, probabilities: [0.25], isPositive: [false])
        let field = model.contract.fields.first(where: \.isFeature)?.name ?? ""
        let explained = reply.bytes(
            ids: ids, probabilities: [0.5], isPositive: [true],
            explanations: [.init(intercept: -0.5, contributions: [(field, 0.5)])])
        return [
            "schema": OpenAPIOperation.schema("\(model.name).PredictReply"),
            "examples": [
                "plain": ["summary": "One row", "value": JSONValue(written: plain)],
                "explained": ["summary": "With ?explain=true", "value": JSONValue(written: explained)],
            ],
        ]
    }

    static let exampleID = "019ab000-0000-7000-8000-000000000002"

    /// A refusal as it is: that of the example row, without its first field.
    private func contractProblem(_ model: Model) -> JSONValue {
        var body: JSONValue = [.null]
        let missing = model.contract.fields.first(where: \.isRequired)?.name
        if model.contract.mode != .lenient, let missing, case .object(let fields) = model.example {
            body = .object(fields.filter { $0.0 != missing })
        }
        var writer = JSONWriter()
        writer.value(body)
        let rows = writer.bytes.withUnsafeBufferPointer { try? JSONRows.readBody($0, model.contract, rowLimit: 1) }
        var content: JSONValue = ["schema": OpenAPIOperation.schema("ContractProblem")]
        if let rows, rows.violationCount > 0 {
            let problem = Problem(contract: rows, requestID: OpenAPIErrors.exampleRequestID)
            content = content.adding(["example": JSONValue(written: problem.bytes)])
        }
        return Self.refusal(content)
    }

    static func refusal(
        _ content: JSONValue, _ description: String = "The rows do not keep to the contract; nothing was predicted."
    ) -> JSONValue {
        [
            "description": .text(description),
            "headers": OpenAPIErrors.requestID, "content": .object([(Problem.mediaType, content)]),
        ]
    }
}

extension OpenAPIDocument.Model {
    /// Whether 'rows' is a field, so that it can't stand for the rows of a body.
    fileprivate var hasRowsField: Bool { contract.fields.contains { $0.name == "rows" } }
}

// Bodies of rows as text, line by line.
extension OpenAPIDocument {
    private func streamBodies(_ model: Model) -> [(String, JSONValue)] {
        guard case .object(let fields) = model.example else { return [] }
        let header = fields.map { Self.cell(.text($0.0)) }.joined(separator: ",")
        let row = fields.map { Self.cell($0.1) }.joined(separator: ",")
        let csv: JSONValue = [
            "type": "string", "description": "RFC 4180, UTF-8; the first line names the columns, in any order.",
        ]
        let lines: JSONValue = ["type": "string", "description": "A row a line, each a JSON object."]
        return [
            ("text/csv", ["schema": csv, "example": .text("\(header)\n\(row)\n")]),
            ("application/x-ndjson", ["schema": lines, "example": .text(Self.line(model.example) + "\n")]),
        ]
    }

    private func streamReply(_ model: Model) -> JSONValue {
        let prediction: JSONValue = [
            "id": .text(Self.exampleID), "label": .text(model.classes.negative), "probability": 0.25,
        ]
        return [
            "schema": ["type": "string", "description": "A line a row, each a JSON object."],
            "example": .text(Self.line(prediction) + "\n"),
        ]
    }

    private static func line(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func cell(_ value: JSONValue) -> String {
        switch value {
        case .null: return ""
        case .text(let text):
            guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
            return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        default: return line(value)
        }
    }
}

// What predictions are made of.
extension OpenAPIDocument {
    /// The schemas of one model.
    func ownSchemas(_ model: Model) -> [(String, JSONValue)] {
        let row = OpenAPIOperation.schema("\(model.name).Row")
        let labels = [model.classes.negative, model.classes.positive]
        return [
            ("\(model.name).Row", ContractSchema.value(model.contract)),
            ("\(model.name).PredictBody", body(of: row, hasRowsField: model.hasRowsField)),
            (
                "\(model.name).PredictReply",
                Self.reply(model: ["const": .text(model.name)], label: ["type": "string", "enum": .texts(labels)])
            ),
        ]
    }

    private func body(of row: JSONValue, hasRowsField: Bool) -> JSONValue {
        let rows: JSONValue = ["type": "array", "maxItems": .number(Double(limits.rows)), "items": row]
        let object: JSONValue = [
            "type": "object", "required": ["rows"], "properties": ["rows": rows], "additionalProperties": false,
        ]
        return ["anyOf": .array([row, rows] + (hasRowsField ? [] : [object]))]
    }

    static let predictSchemas: [(String, JSONValue)] = [
        (
            "PredictBody",
            ["type": ["object", "array"], "description": "A row, an array of rows, or an object with 'rows'."]
        ),
        ("PredictReply", reply(model: ["type": "string"], label: ["type": "string"])),
        (
            "Explanation",
            [
                "type": "object", "required": ["unit", "intercept", "contributions"],
                "properties": [
                    "unit": ["const": "log-odds"], "intercept": ["type": "number"],
                    "contributions": [
                        "type": "array", "description": "What each field adds, the largest first.",
                        "items": [
                            "type": "object", "required": ["field", "log_odds"],
                            "properties": ["field": ["type": "string"], "log_odds": ["type": "number"]],
                        ],
                    ],
                ],
            ]
        ),
    ]

    private static func reply(model: JSONValue, label: JSONValue) -> JSONValue {
        let prediction: JSONValue = [
            "type": "object", "required": ["id", "label", "probability"],
            "properties": [
                "id": ["type": "string", "format": "uuid", "description": "What feedback names the prediction by."],
                "label": label,
                "probability": [
                    "type": "number", "minimum": 0, "maximum": 1, "description": "That of the positive class.",
                ], "explanation": OpenAPIOperation.schema("Explanation"),
            ],
        ]
        return [
            "type": "object", "required": ["model", "version", "predictions"],
            "properties": [
                "model": model, "version": ["type": "integer", "minimum": 1],
                "predictions": ["type": "array", "items": prediction],
                "warnings": [
                    "type": "array", "description": "What a lenient contract let through.",
                    "items": OpenAPIOperation.schema("Violation"),
                ],
            ],
        ]
    }
}
