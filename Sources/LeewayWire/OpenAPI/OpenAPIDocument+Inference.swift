import LeewayCore
import LeewayValidate

// Open Inference Protocol, version 2: a tensor a field.
extension OpenAPIDocument {
    var inferenceOperations: [OpenAPIOperation] {
        let model = OpenAPIOperation.pathParameter(
            "model", "A model.", values: models.map(\.name), example: models.first?.name ?? "model")
        let version = OpenAPIOperation.pathParameter(
            "version", "A number or an alias.", example: "\(models.first?.version ?? 1)")
        let versionPath = "/v2/models/{model}/versions/{version}"
        return [
            read("/v2", id: "v2_server", "Describe the server", nil, [], "ServerMetadata", []),
            read("/v2/health/live", id: "v2_live", "Whether the process lives", nil, [], "Live", []),
            read("/v2/health/ready", id: "v2_ready", "Whether the server can answer", nil, [], "Ready", [503]),
            read("/v2/models/{model}", id: "v2_model", "Describe a model", "read", [model], "ModelMetadata", [404]),
            read(
                versionPath, id: "v2_version", "Describe a version", "read", [model, version], "ModelMetadata", [404]),
            read(
                "/v2/models/{model}/ready", id: "v2_model_ready", "Whether a model can answer", "read", [model],
                "ModelReady", [404]),
            read(
                "\(versionPath)/ready", id: "v2_version_ready", "Whether a version can answer", "read",
                [model, version], "ModelReady", [404]),
        ]
            + models.flatMap { model in
                [
                    infer(model, "/v2/models/\(model.name)/infer", id: "v2_infer_\(model.name)", []),
                    infer(
                        model, "/v2/models/\(model.name)/versions/{version}/infer",
                        id: "v2_infer_\(model.name)_version",
                        [
                            OpenAPIOperation.pathParameter(
                                "version", "A number or an alias.", values: model.versions.map(String.init),
                                example: "\(model.version)")
                        ]),
                ]
            }
    }

    private func read(
        _ path: String, id: String, _ summary: String, _ scope: String?, _ parameters: [JSONValue], _ schema: String,
        _ errors: [Int]
    ) -> OpenAPIOperation {
        OpenAPIOperation(
            method: .get, path: path, id: id, tag: "inference protocol", summary: summary, scope: scope,
            parameters: parameters, reply: [("application/json", ["schema": OpenAPIOperation.schema(schema)])],
            replyDescription: "As the protocol has it.", errors: errors + [500], style: .inferenceV2)
    }

    private func infer(_ model: Model, _ path: String, id: String, _ parameters: [JSONValue]) -> OpenAPIOperation {
        let body: JSONValue = [
            "schema": OpenAPIOperation.schema("\(model.name).InferRequest"), "example": ["inputs": tensors(model)],
        ]
        return OpenAPIOperation(
            method: .post, path: path, id: id, tag: "inference protocol", summary: "Score rows with \(model.name)",
            description:
                "A tensor a field, each with a value a row. Rows that break the contract are refused with 400.",
            scope: "predict", parameters: parameters, body: [("application/json", body)],
            reply: [("application/json", ["schema": OpenAPIOperation.schema("InferResponse")])],
            replyDescription: "A tensor an output, each with a value a row.",
            errors: [400, 404, 413, 415, 429, 500, 503], style: .inferenceV2)
    }

    /// The example row as tensors.
    private func tensors(_ model: Model) -> JSONValue {
        guard case .object(let members) = model.example else { return [] }
        return .array(
            members.compactMap { name, value in
                guard let field = model.contract.fields.first(where: { $0.name == name }) else { return nil }
                return [
                    "name": .text(name), "shape": [1, 1], "datatype": .text(Self.datatype(of: field)), "data": [value],
                ]
            })
    }

    private static func datatype(of field: Contract.Field) -> String {
        switch field.type {
        case .integer: "INT64"
        case .number: "FP64"
        case .boolean: "BOOL"
        case .text, .date, .time, .timestamp: "BYTES"
        }
    }

    private static let datatypes = [
        "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64",
        "BYTES",
    ]

    /// The schema of a model's requests.
    func inferSchema(_ model: Model) -> (String, JSONValue) {
        let shape: JSONValue = [
            "type": "array", "minItems": 1, "items": ["type": "integer", "minimum": 0],
            "description": "The number of rows, alone or as [rows, 1].",
        ]
        let input: JSONValue = [
            "type": "object", "required": ["name", "shape", "datatype", "data"],
            "properties": [
                "name": [
                    "type": "string", "description": .text(model.contract.fields.map(\.name).joined(separator: ", ")),
                ],
                "shape": shape, "datatype": ["type": "string", "enum": .texts(Self.datatypes)],
                "parameters": ["type": "object"],
                "data": ["type": "array", "description": "The values, flat or nested row by row."],
            ],
        ]
        return (
            "\(model.name).InferRequest",
            [
                "type": "object", "required": ["inputs"],
                "properties": [
                    "id": ["type": ["string", "null"], "description": "Comes back in the response."],
                    "parameters": ["type": "object"], "inputs": ["type": "array", "minItems": 1, "items": input],
                    "outputs": [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["name"], "properties": ["name": ["type": "string"]],
                        ],
                    ],
                ],
            ]
        )
    }

    static let inferenceSchemas: [(String, JSONValue)] = [
        (
            "ServerMetadata",
            [
                "type": "object", "required": ["name", "version", "extensions"],
                "properties": [
                    "name": ["type": "string"], "version": ["type": "string"],
                    "extensions": ["type": "array", "items": ["type": "string"]],
                ],
            ]
        ), ("Live", ["type": "object", "required": ["live"], "properties": ["live": ["type": "boolean"]]]),
        ("Ready", ["type": "object", "required": ["ready"], "properties": ["ready": ["type": "boolean"]]]),
        (
            "ModelReady",
            [
                "type": "object", "required": ["name", "ready"],
                "properties": ["name": ["type": "string"], "ready": ["type": "boolean"]],
            ]
        ),
        (
            "ModelMetadata",
            [
                "type": "object", "required": ["name", "platform", "inputs", "outputs"],
                "properties": [
                    "name": ["type": "string"], "versions": ["type": "array", "items": ["type": "string"]],
                    "platform": ["type": "string"],
                    "inputs": ["type": "array", "items": OpenAPIOperation.schema("TensorMetadata")],
                    "outputs": ["type": "array", "items": OpenAPIOperation.schema("TensorMetadata")],
                ],
            ]
        ),
        (
            "TensorMetadata",
            [
                "type": "object", "required": ["name", "datatype", "shape"],
                "properties": [
                    "name": ["type": "string"], "datatype": ["type": "string", "enum": .texts(datatypes)],
                    "shape": ["type": "array", "items": ["type": "integer", "minimum": -1]],
                ],
            ]
        ),
        (
            "InferResponse",
            [
                "type": "object", "required": ["model_name", "outputs"],
                "properties": [
                    "model_name": ["type": "string"], "model_version": ["type": "string"], "id": ["type": "string"],
                    "outputs": [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["name", "shape", "datatype", "data"],
                            "properties": [
                                "name": ["type": "string"],
                                "shape": ["type": "array", "items": ["type": "integer", "minimum": 0]],
                                "datatype": ["type": "string", "enum": .texts(datatypes)], "data": ["type": "array"],
                            ],
                        ],
                    ],
                ],
            ]
        ),
    ]
}
