import Foundation
import Testing

extension ProgramTests {
    /// `POST /v1/models/{model}/predict`, and what is said of it.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing)) struct ServePredictTests {
        @Test func `one row, many, and how they came out`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            let connection = try server.connect()
            func predict(_ body: String, _ path: String = Server.predictPath) throws -> JSON {
                let reply = try connection.ask("POST", path, Server.json, body: Array(body.utf8))
                #expect(reply.status == 200 && reply["Content-Type"] == "application/json")
                return try reply.json()
            }
            let one = try predict(ServingProject.row(7))
            #expect(one["model"] == .text("adult") && one["version"] == .number(1))
            #expect(one["predictions"].list.count == 1)
            let many = try predict(ServingProject.rows(0..<100))["predictions"].list
            #expect(many.count == 100)
            #expect(many[7]["probability"] == one["predictions"][0]["probability"])
            #expect(many.allSatisfy { ($0["probability"].number >= 0.5) == ($0["label"].text == ">50K") })
            let ids = many.compactMap { $0["id"].text }
            #expect(ids == ids.sorted() && Set(ids).count == 100)
            let named = try predict(#"{"rows":\#(ServingProject.rows(0..<100))}"#)["predictions"].list
            #expect(named.map { $0["probability"] } == many.map { $0["probability"] })
        }

        @Test func `why, in log-odds that add up`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            let reply = try server.post(Server.predictPath + "?explain", ServingProject.rows(0..<20)).json()
            #expect(reply["predictions"].list.count == 20)
            for prediction in reply["predictions"].list {
                let explanation = prediction["explanation"]
                #expect(explanation["unit"] == .text("log-odds"))
                let parts = explanation["contributions"].list
                #expect(Set(parts.compactMap { $0["field"].text }) == Set(ServingProject.fields))
                let sum = parts.reduce(explanation["intercept"].number) { $0 + $1["log_odds"].number }
                expectClose(1 / (1 + exp(-sum)), prediction["probability"].number, within: 1e-12, "the sum")
            }
        }

        @Test func `versions by number and by alias`() async throws {
            let project = try await ServingProject.make()
            try await project.leewayWorks("models", "promote", "2", "--alias", "rival")
            let server = try await Server(in: project)
            func version(_ reference: String) throws -> HTTPReply {
                try server.post("/v1/models/adult/versions/\(reference)/predict", ServingProject.row(0))
            }
            let first = try version("1")
            #expect(
                try first.version == 1 && first.numbers("probability") == version("champion").numbers("probability"))
            let second = try version("rival")
            #expect(try second.version == 2 && second.numbers("probability") == version("2").numbers("probability"))
            #expect(first.numbers("probability") != second.numbers("probability"))
            let described = try server.get("/v1/models/adult").json()
            #expect(described["champion"]["version"] == .number(1))
            #expect(
                described["versions"].list.map { $0["aliases"] } == [
                    .list([.text("rival")]), .list([.text("champion")]),
                ])
            #expect(try server.get("/v1/models/adult/versions/rival").json()["version"] == .number(2))
            #expect(try server.get("/v1/models").json()["models"].list.map { $0["model"] } == [.text("adult")])
            for reference in ["3", "0", "-1", "none", "99999999999999999999", "%31"] {
                #expect(try version(reference).status == 404)
            }
        }

        @Test func `every problem of every row, and nothing predicted`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let rows = [
                ServingProject.row(0, changing: ["age": #""\#(Tables.secret)""#, "sex": #""\#(Tables.secret)""#]),
                ServingProject.row(1),
                ServingProject.row(2, changing: ["fnlwgt": "-5", "education": "null", "\(Tables.secret)": "1"]),
                #"{"age": 39, "age": 40, "\#(Tables.secret)": "\#(Tables.secret)"}"#,
            ]
            let reply = try server.predict("[\(rows.joined(separator: ","))]")
            #expect(reply.status == 422 && reply["Content-Type"] == "application/problem+json")
            let problem = try reply.json()
            #expect(
                problem["type"] == .text("urn:leeway:problem:contract_violated") && problem["status"] == .number(422))
            let errors = problem["errors"].list
            #expect(problem["error_count"] == .number(Double(errors.count)))
            let found = Set(errors.map { "\($0["row"].number) \($0["field"].text ?? "") \($0["rule"].text ?? "")" })
            #expect(
                found.isSuperset(of: ["0.0 age type", "0.0 sex category", "2.0 fnlwgt range", "2.0 education null"]))
            #expect(found.isSuperset(of: ["3.0 age duplicate", "3.0 fnlwgt required", "3.0 sex required"]))
            #expect(!found.contains { $0.hasPrefix("1.0") })
            #expect(try server.metric("leeway_contract_refused_requests_total") == 1)
            #expect(try server.metric("leeway_inference_rows_total", #"version="1""#).isNaN == false)
            #expect(try server.metric("leeway_inference_rows_total") == 0)
            await server.stop()
            try await LogCheck.run(project, answered: [])
        }

        @Test func `lenient: what is no value counts as missing, and the answer says so`() async throws {
            let server = try await Server(in: try await ServingProject.make(), ["--contract", "lenient"])
            let body = ServingProject.row(
                0, changing: ["age": #""\#(Tables.secret)""#, "sex": #""\#(Tables.secret)""#])
            let reply = try server.predict(body)
            #expect(reply.status == 200 && !reply.everything.contains(Tables.secret))
            #expect(try reply.json()["warnings"].list.compactMap { $0["field"].text }.sorted() == ["age", "sex"])
        }

        /// What a request may get wrong: its status, and what kind of problem it is said to be.
        private static let mistakes: [(body: String, headers: [String: String], status: Int, code: String)] = [
            ("", Server.json, 400, "malformed_request"),
            (#"{"age": "#, Server.json, 400, "malformed_request"),
            ("17", Server.json, 400, "malformed_request"),
            ("[1, 2]", Server.json, 422, "contract_violated"),
            (#"{"age": NaN}"#, Server.json, 400, "malformed_request"),
            (ServingProject.row(0) + "x", Server.json, 400, "malformed_request"),
            (ServingProject.row(0), ["Content-Type": "application/xml"], 415, "unsupported_media_type"),
            (String(repeating: " ", count: 10_001) + "{}", Server.json, 413, "request_too_large"),
            (ServingProject.rows(0..<21), Server.json, 413, "request_too_large"),
        ]

        @Test(arguments: mistakes.indices)
        func `a request that makes no sense`(place: Int) async throws {
            let (body, headers, status, code) = Self.mistakes[place]
            let server = try await Server(in: try await ServingProject.make("limits: {body: 10KB, rows: 20}"))
            let reply = try server.connect().ask("POST", Server.predictPath, headers, body: Array(body.utf8))
            #expect(reply.status == status && reply["Content-Type"] == "application/problem+json", "\(reply.text)")
            #expect(try reply.json()["type"] == .text("urn:leeway:problem:\(code)"))
            #expect(try reply.json()["request_id"].text == reply["X-Request-ID"])
            #expect(try server.predict(ServingProject.row(0)).status == 200)
        }

        @Test func `what is not there, and methods that are not answered`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            for path in [
                "/", "/v1", "/v1/models/adult/predic", "/v1/models/adult/predict/x", "/..", "/%2e%2e/etc/passwd",
            ] {
                #expect(try server.post(path, "{}").status == 404)
            }
            #expect(try server.post("/v1/models/none/predict", ServingProject.row(0)).status == 404)
            for (method, path, allow) in [
                ("GET", Server.predictPath, "POST"), ("DELETE", Server.predictPath, "POST"),
                ("POST", "/v1/models/adult/aliases/champion", "PUT"), ("POST", "/v1/feedback/", "POST"),
            ] where method != "POST" || allow != "POST" {
                let reply = try server.connect().ask(method, path)
                #expect(reply.status == 405 && reply["Allow"] == allow)
            }
            let allowed = try server.connect().ask("POST", "/healthz", body: Array("x".utf8))
            #expect(allowed.status == 405 && allowed["Allow"]?.contains("GET") == true)
        }

        @Test func `request id and trace`() async throws {
            let project = try await ServingProject.make("access_log: all")
            let server = try await Server(in: project)
            let trace = "0af7651916cd43dd8448eb211c80319c"
            let reply = try server.predict(
                ServingProject.row(0),
                ["X-Request-ID": "order-17", "traceparent": "00-\(trace)-b7ad6b7169203331-01"])
            #expect(reply["X-Request-ID"] == "order-17")
            let passedOn = try #require(reply["traceparent"])
            #expect(passedOn.wholeMatch(of: /00-([0-9a-f]{32})-([0-9a-f]{16})-01/)?.1 == trace[...])
            #expect(!passedOn.contains("b7ad6b7169203331"))
            let made = try #require(try server.predict(ServingProject.row(0))["X-Request-ID"])
            #expect(made.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/) != nil)
            for id in ["two words", String(repeating: "x", count: 129), "\u{e9}"] {
                #expect(try server.predict(ServingProject.row(0), ["X-Request-ID": id])["X-Request-ID"] != id)
            }
            for parent in [
                "", "00-\(trace)", "00-\(String(repeating: "0", count: 32))-b7ad6b7169203331-01", "ff-x-y-z",
            ] {
                let reply = try server.predict(ServingProject.row(0), ["traceparent": parent])
                #expect(reply.status == 200 && reply["traceparent"] == nil)
            }
            let errors = await server.stop().errors
            #expect(errors.contains(#""request_id":"order-17""#) && errors.contains(#""trace_id":"\#(trace)""#))
            let logged = try project.text(".leeway/log/predictions/\(project.logFiles(".jsonl")[0])")
            #expect(logged.contains(#""request_id":"order-17","trace_id":"\#(trace)""#))
        }

        @Test func `no cell's value in any error or on stderr`() async throws {
            let project = try await ServingProject.make("access_log: all", "log_level: debug", "limits: {body: 10KB}")
            let server = try await Server(in: project)
            let secret = Tables.secret
            let bodies = [
                #"{"age":"\#(secret)"}"#, #"[{"age":"\#(secret)"},"#, #""\#(secret)""#, secret,
                #"{"age":\#(secret)}"#, #"[["\#(secret)"]]"#, #"{"rows":["\#(secret)"]}"#, #"{"age":"\u\#(secret)"}"#,
                #"{"age":"\#(secret)", "age":"\#(secret)"}"#, String(repeating: secret, count: 1000),
                ServingProject.row(0, changing: ["education": #""\#(secret)""#]),
            ]
            let paths = [
                Server.predictPath, "/v1/models/adult/versions/2/predict", "/v1/feedback", "/invocations",
                "/v2/models/adult/infer",
            ]
            let types = [
                "application/json", "text/csv", "application/x-ndjson", "text/\(secret)",
                "application/json; x=\(secret)",
            ]
            for path in paths {
                for type in types {
                    for body in bodies {
                        let reply = try server.connect().ask(
                            "POST", path, ["Content-Type": type], body: Array(body.utf8))
                        #expect(!reply.everything.contains(secret), "\(path) \(type) \(body.prefix(40)): \(reply.text)")
                        #expect(
                            (400..<500).contains(reply.status) || reply.status == 200,
                            "\(path) \(type) \(body.prefix(40))")
                    }
                }
            }
            #expect(
                try server.connect().ask(
                    "PUT", "/v1/models/adult/aliases/champion", Server.json,
                    body: Array(#"{"version":"\#(secret)"}"#.utf8)
                ).everything.contains(secret) == false)
            // A field's name is no cell: the reply may tell it, the log may not.
            #expect(try server.predict(#"{"\#(secret)":1}"#).status == 422)
            let ending = await server.stop()
            #expect(ending.status == 0 && !ending.errors.contains(secret) && !ending.output.contains(secret))
        }
    }
}

extension Workspace {
    /// The files of the prediction log with such an ending, as `date=…/name`.
    func logFiles(_ suffix: String) -> [String] {
        names(".leeway/log/predictions").flatMap { date in
            names(".leeway/log/predictions/\(date)").filter { $0.hasSuffix(suffix) }.map { "\(date)/\($0)" }
        }
    }
}
