import LeewayCore
package import LeewayValidate

/// What the server answers, as an OpenAPI 3.1 document.
///
/// Each model has paths of its own, with its own contract, so that what stands there can be pasted and tested.
package struct OpenAPIDocument: Sendable {
    /// A model that is served.
    package struct Model: Sendable {
        package let name: String
        /// The champion's number: its contract is described.
        package let version: Int
        /// The numbers of all versions.
        package let versions: [Int]
        package let contract: Contract
        package let classes: (negative: String, positive: String)
        /// A row that keeps to the contract; one is made up where there is none.
        package let example: JSONValue

        package init(
            name: String, version: Int, versions: [Int], contract: Contract,
            classes: (negative: String, positive: String), example: JSONValue? = nil
        ) {
            (self.name, self.version, self.versions) = (name, version, versions)
            (self.contract, self.classes) = (contract, classes)
            self.example = example ?? ContractSchema.example(contract)
        }
    }

    /// What a request may cost.
    package struct Limits: Sendable {
        package let bodyBytes: Int
        package let rows: Int

        package init(bodyBytes: Int, rows: Int) { (self.bodyBytes, self.rows) = (bodyBytes, rows) }
    }

    let models: [Model]
    /// The model that answers where a request names none, as MLflow's do.
    let defaultModel: Model?
    let serverVersion: String
    let baseURL: String
    let hasTokens: Bool
    let limits: Limits
    /// Whether predictions read CSV and JSON Lines.
    let readsStreams: Bool

    /// Takes what there is at one moment: the document is made anew when versions change.
    package init(
        models: [Model], defaultModel: String?, serverVersion: String, baseURL: String, hasTokens: Bool,
        limits: Limits, readsStreams: Bool = true
    ) {
        self.models = models
        let chosen = defaultModel ?? (models.count == 1 ? models.first?.name : nil)
        self.defaultModel = models.first { $0.name == chosen }
        (self.serverVersion, self.baseURL, self.hasTokens) = (serverVersion, baseURL, hasTokens)
        (self.limits, self.readsStreams) = (limits, readsStreams)
    }

    /// The document as JSON.
    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 65_536)
        writer.value(value)
        return writer.bytes
    }

    var value: JSONValue {
        var components: [(String, JSONValue)] = [
            ("schemas", .object(schemas)), ("responses", OpenAPIErrors.responses(limits)),
            ("headers", OpenAPIErrors.headers),
        ]
        if hasTokens {
            components.append(
                (
                    "securitySchemes",
                    [
                        "token": [
                            "type": "http", "scheme": "bearer", "description": "A token with the scope that is named.",
                        ]
                    ]
                ))
        }
        return [
            "openapi": "3.1.0",
            "info": ["title": "Leeway", "version": .text(serverVersion), "description": .text(Self.about)],
            "servers": [["url": .text(baseURL)]], "tags": Self.tags, "paths": paths, "components": .object(components),
        ]
    }

    private var paths: JSONValue {
        var paths: [(path: String, methods: [(String, JSONValue)])] = []
        for operation in operations {
            let method = (operation.method.rawValue, operation.value(hasTokens: hasTokens))
            if let place = paths.firstIndex(where: { $0.path == operation.path }) {
                paths[place].methods.append(method)
            } else {
                paths.append((operation.path, [method]))
            }
        }
        return .object(paths.map { ($0.path, .object($0.methods)) })
    }

    /// Every route of the server.
    var operations: [OpenAPIOperation] {
        models.flatMap(predictOperations) + modelOperations + inferenceOperations + invocationOperations
            + healthOperations
    }

    private var schemas: [(String, JSONValue)] {
        OpenAPIErrors.schemas + Self.predictSchemas + models.flatMap(ownSchemas) + Self.modelSchemas
            + models.map(inferSchema) + Self.inferenceSchemas + [invocationSchema]
    }

    private static let about = """
        Predictions of tabular models, held to the contract of the training data.

        Errors are problem details (RFC 9457); the Open Inference Protocol and MLflow's have their own form. \
        A path that is not listed is answered with 404, and another method of one that is with 405 and 'Allow'. \
        A client may name its request with 'X-Request-ID' and its trace with 'traceparent'.
        """

    private static let tags: JSONValue = [
        ["name": "predictions", "description": "Rows in, probabilities out."],
        ["name": "models", "description": "What is served."],
        ["name": "feedback", "description": "What came true."],
        ["name": "inference protocol", "description": "Open Inference Protocol, version 2."],
        ["name": "MLflow", "description": "The scoring protocol of MLflow."],
        ["name": "operations", "description": "For those who keep the server running."],
    ]
}
