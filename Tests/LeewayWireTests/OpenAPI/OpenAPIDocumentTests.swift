import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct OpenAPIDocumentTests {
    private func document(
        hasTokens: Bool = true, modes: [Contract.Mode] = [.strict], readsStreams: Bool = true
    ) throws -> JSONValue {
        let models = modes.map { mode in
            OpenAPIDocument.Model(
                name: mode == .strict ? "adult" : "adult.\(mode.rawValue)", version: 2, versions: [1, 2],
                contract: RowFixtures.adult(mode), classes: ("<=50K", ">50K"))
        }
        let document = OpenAPIDocument(
            models: models, defaultModel: nil, serverVersion: "0.1.0", baseURL: "http://127.0.0.1:8080",
            hasTokens: hasTokens, limits: .init(bodyBytes: 16_000_000, rows: 1000), readsStreams: readsStreams)
        return try JSONValue(parsing: document.bytes)
    }

    private func operations(_ document: JSONValue) -> [(name: String, path: String, value: JSONValue)] {
        (document["paths"]?.members ?? []).flatMap { path, methods in
            methods.members.map { ("\($0.0) \(path)", path, $0.1) }
        }
    }

    @Test func `lists every route and its statuses`() throws {
        let document = try document()
        let statuses = operations(document).map { operation in
            operation.name + " " + (operation.value["responses"]?.members.map(\.0).joined(separator: " ") ?? "")
        }
        #expect(statuses.sorted() == Self.routes.split(separator: "\n").map(String.init).sorted())
    }

    private static let routes = """
        post /v1/models/adult/predict 200 400 401 403 404 413 415 422 429 500 503
        post /v1/models/adult/versions/2/predict 200 400 401 403 404 413 415 422 429 500 503
        post /v1/models/adult/versions/{version}/predict 200 400 401 403 404 413 415 422 429 500 503
        get /v1/models 200 401 403 500
        get /v1/models/{model} 200 401 403 404 500
        get /v1/models/{model}/versions/{version} 200 401 403 404 500
        get /v1/models/{model}/schema 200 401 403 404 500
        put /v1/models/{model}/aliases/{alias} 200 400 401 403 404 413 415 429 500 503
        post /v1/feedback 200 400 401 403 413 415 422 429 500 503
        get /v2 200 500
        get /v2/health/live 200 500
        get /v2/health/ready 200 500 503
        get /v2/models/{model} 200 401 403 404 500
        get /v2/models/{model}/versions/{version} 200 401 403 404 500
        get /v2/models/{model}/ready 200 401 403 404 500
        get /v2/models/{model}/versions/{version}/ready 200 401 403 404 500
        post /v2/models/adult/infer 200 400 401 403 404 413 415 429 500 503
        post /v2/models/adult/versions/{version}/infer 200 400 401 403 404 413 415 429 500 503
        post /invocations 200 400 401 403 404 413 415 429 500 503
        get /ping 200 503
        get /health 200 503
        get /version 200
        get /healthz 200
        get /readyz 200 503
        get /metrics 200 401 403 500
        get /openapi.json 200 500
        """

    @Test func `names no token where none is needed`() throws {
        let document = try document(hasTokens: false)
        #expect(document["components"]?["securitySchemes"] == nil)
        for (name, _, operation) in operations(document) {
            #expect(operation["security"] == nil, "\(name)")
            #expect(operation["responses"]?["401"] == nil, "\(name)")
        }
    }

    @Test func `tells which scope a token needs`() throws {
        let document = try document()
        let scopes = operations(document).map { operation in
            operation.value["security"]?.elements.first?["token"]?.elements.first?.text
        }
        #expect(Set(scopes) == ["predict", "feedback", "read", "admin", nil])
        #expect(document["paths"]?["/healthz"]?["get"]?["security"] == [])
    }

    @Test func `leaves out the bodies that are not read`() throws {
        let document = try document(readsStreams: false)
        let content = document["paths"]?["/v1/models/adult/predict"]?["post"]?["requestBody"]?["content"]
        #expect(content?.members.map(\.0) == ["application/json"])
    }

    @Test func `names operations once and declares what stands in paths`() throws {
        let document = try document(modes: Contract.Mode.allCases)
        let all = operations(document)
        #expect(Set(all.map { $0.value["operationId"]?.text }).count == all.count)
        for (name, path, operation) in all {
            let declared = (operation["parameters"]?.elements ?? []).filter { $0["in"] == "path" }
            let open = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
            #expect(declared.compactMap { $0["name"]?.text } == open, "\(name)")
        }
        let keys = document["components"]?["schemas"]?.members.map(\.0) ?? []
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7B } })
    }

    @Test func `every reference leads somewhere, and every example is valid`() throws {
        let document = try document(modes: Contract.Mode.allCases)
        let verdict = SchemaVerdict(document: document)
        try expectReferences(in: document, verdict)
        var count = 0
        for (name, _, operation) in operations(document) {
            var contents = operation["requestBody"]?["content"]?.members ?? []
            for (_, response) in operation["responses"]?.members ?? [] {
                contents += try verdict.resolve(response)["content"]?.members ?? []
            }
            for (mediaType, content) in contents {
                let schema = try #require(content["schema"])
                let examples = [content["example"]] + (content["examples"]?.members ?? []).map { $0.1["value"] }
                for example in examples.compactMap({ $0 }) {
                    count += 1
                    #expect(try verdict.isValid(example, schema), "\(name) \(mediaType)")
                }
            }
        }
        #expect(count > 100)
    }

    private func expectReferences(in value: JSONValue, _ verdict: SchemaVerdict) throws {
        if value["$ref"] != nil { #expect(throws: Never.self) { try verdict.resolve(value) } }
        for (_, member) in value.members { try expectReferences(in: member, verdict) }
        for element in value.elements { try expectReferences(in: element, verdict) }
    }

    @Test func `an example of the caller's stands in place of the one made up`() throws {
        let contract = RowFixtures.contract(.lenient)
        let document = OpenAPIDocument(
            models: [
                .init(
                    name: "m", version: 1, versions: [1], contract: contract, classes: ("no", "yes"),
                    example: ["age": 30])
            ], defaultModel: "m", serverVersion: "1", baseURL: "/", hasTokens: false,
            limits: .init(bodyBytes: 1, rows: 1))
        let value = try JSONValue(parsing: document.bytes)
        let content = value["paths"]?["/v1/models/m/predict"]?["post"]?["requestBody"]?["content"]
        #expect(content?["application/json"]?["examples"]?["row"]?["value"] == ["age": 30])
        #expect(content?["text/csv"]?["example"] == "age\n30\n")
        #expect(value["paths"]?["/v1/models/m/versions/{version}/predict"] == nil)
    }
}
