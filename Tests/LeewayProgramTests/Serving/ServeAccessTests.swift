import Foundation
import Testing

extension ProgramTests {
    /// Tokens, addresses that others can reach, TLS.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing)) struct ServeAccessTests {
        /// Makes a token; its secret.
        private static func token(
            _ name: String, _ scopes: [String], in project: Workspace, _ more: [String] = []
        ) async throws -> String {
            let ending = try await Program.run(
                ["tokens", "create", name, "-q"] + scopes.flatMap { ["--scope", $0] } + more, in: project.folder)
            try #require(ending.status == 0, "\(ending.errors)")
            return ending.output.trimmingCharacters(in: .newlines)
        }

        private static func bearing(_ secret: String) -> [String: String] { ["Authorization": "Bearer \(secret)"] }

        /// How long the server may take to notice a change: one that was not built for speed shares its cores.
        private static let patience = Program.isOptimized ? 1.0 : 5.0

        /// What each route needs.
        private static let routes: [(method: String, path: String, scope: String?)] = [
            ("GET", "/healthz", nil), ("GET", "/readyz", nil), ("GET", "/metrics", "read"),
            ("GET", "/v1/models", "read"),
            ("GET", "/v1/models/adult", "read"), ("GET", "/v1/models/adult/versions/1", "read"),
            ("POST", Server.predictPath, "predict"), ("POST", "/v1/models/adult/versions/1/predict", "predict"),
            ("POST", "/v1/feedback", "feedback"), ("PUT", "/v1/models/adult/aliases/champion", "admin"),
            ("POST", "/invocations", "predict"), ("POST", "/v2/models/adult/infer", "predict"),
        ]

        @Test func `each route wants its scope, and no other`() async throws {
            let project = try await ServingProject.make("access_log: all", "log_level: debug")
            var secrets: [String: String] = [:]
            for scope in ["predict", "read", "feedback", "admin"] {
                secrets[scope] = try await Self.token(scope, [scope], in: project)
            }
            let server = try await Server(in: project)
            for (method, path, wanted) in Self.routes {
                func ask(_ headers: [String: String]) throws -> HTTPReply {
                    try server.connect().ask(
                        method, path, headers.merging(Server.json) { $1 }, body: method == "GET" ? [] : Array("{".utf8))
                }
                for header in [
                    nil, "", "Bearer", "Bearer ", "Bearer lwy_\(String(repeating: "x", count: 43))", "Basic eDp5",
                ] {
                    let reply = try ask(header.map { ["Authorization": $0] } ?? [:])
                    #expect((reply.status == 401) == (wanted != nil), "\(method) \(path): \(reply.status)")
                    #expect((reply["WWW-Authenticate"]?.hasPrefix("Bearer") == true) == (wanted != nil))
                }
                for (scope, secret) in secrets {
                    let reply = try ask(Self.bearing(secret))
                    #expect(
                        (reply.status == 403) == (wanted != nil && wanted != scope), "\(scope) \(path): \(reply.status)"
                    )
                    #expect(wanted != scope || ![401, 403].contains(reply.status), "\(scope) \(path): \(reply.status)")
                    #expect(!reply.everything.contains(secret))
                }
            }
            // A scheme's case does not matter; a token in the URL is none.
            let secret = try #require(secrets["read"])
            #expect(try server.get("/v1/models", ["Authorization": "bEARER \(secret)"]).status == 200)
            #expect(try server.get("/v1/models?token=\(secret)&access_token=\(secret)").status == 401)
            let errors = await server.stop().errors
            #expect(secrets.values.allSatisfy { !errors.contains($0) && !errors.contains($0.dropFirst(4)) })
        }

        @Test func `made, revoked and expired while the server runs`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            #expect(try server.get("/v1/models").status == 200)
            let first = try await Self.token("first", ["read"], in: project)
            var start = Date()
            #expect(try eventually { try server.get("/v1/models").status == 401 })
            #expect(Date().timeIntervalSince(start) < Self.patience)
            #expect(try server.get("/v1/models", Self.bearing(first)).status == 200)
            // On a connection that is kept, too.
            let connection = try server.connect()
            #expect(try connection.ask("GET", "/v1/models", Self.bearing(first)).status == 200)
            try await project.leewayWorks("tokens", "revoke", "first")
            start = Date()
            #expect(try eventually { try connection.ask("GET", "/v1/models", Self.bearing(first)).status == 401 })
            #expect(Date().timeIntervalSince(start) < Self.patience)
            // All are revoked: that opens nothing.
            #expect(try server.get("/v1/models").status == 401)
            let short = try await Self.token("short", ["read"], in: project, ["--expires", "3s"])
            #expect(try eventually { try connection.ask("GET", "/v1/models", Self.bearing(short)).status == 200 })
            #expect(try eventually { try connection.ask("GET", "/v1/models", Self.bearing(short)).status == 401 })
        }

        @Test func `an address that others can reach needs tokens, or a word`() async throws {
            let project = try await ServingProject.make()
            for host in ["0.0.0.0", "::"] {
                let ending = try await project.leeway("serve", "--host", host, "--port", "0")
                #expect(ending.status == 1 && ending.output == "", "\(ending.status) \(ending.errors)")
                #expect(ending.errors.contains("leeway tokens create") && ending.errors.contains("--insecure"))
            }
            let open = try await Server(in: project, ["--host", "0.0.0.0", "--insecure"])
            #expect(try open.predict(ServingProject.row(0)).status == 200)
            await open.stop()
            let secret = try await Self.token("a", ["predict"], in: project)
            let closed = try await Server(in: project, ["--host", "0.0.0.0"])
            #expect(try closed.predict(ServingProject.row(0)).status == 401)
            #expect(try closed.predict(ServingProject.row(0), Self.bearing(secret)).status == 200)
        }

        private static let openssl = Tool.path(of: "openssl")
        private static let needsOpenSSL: Comment = "Left out: there is no openssl to make a certificate with."

        /// A project with a certificate of its own.
        private static func projectWithCertificate() async throws -> Workspace {
            let project = try await ServingProject.make("tls: {certificate: cert.pem, key: key.pem}")
            let ending = try await Tool.run(
                [
                    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=IP:127.0.0.1",
                ], in: project.folder)
            try #require(ending.status == 0, "\(ending.errors)")
            return project
        }

        @Test(.enabled(if: openssl != nil, needsOpenSSL)) func `TLS, and nothing else on that port`() async throws {
            let project = try await Self.projectWithCertificate()
            let server = try await Server(in: project)
            #expect(server.address == "https://127.0.0.1:\(server.port)")
            let body = ServingProject.rows(0..<3)
            let head = HTTPConnection.head(
                "POST", Server.predictPath, Server.json.merging(["Connection": "close"]) { $1 }, length: body.utf8.count
            )
            try project.write(String(decoding: head, as: UTF8.self) + body, to: "request.txt")
            func connect(_ options: String) async throws -> Program.Ending {
                try await Tool.run(
                    [
                        "sh", "-c",
                        "openssl s_client -quiet -connect 127.0.0.1:\(server.port) \(options) < request.txt",
                    ], in: project.folder)
            }
            let verified = try await connect("-CAfile cert.pem -verify_return_error -verify_ip 127.0.0.1")
            #expect(verified.output.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(verified.output.components(separatedBy: #""probability":"#).count == 4)
            #expect(try await connect("-tls1_3").output.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(try await !connect("-tls1_1").output.contains("HTTP/1.1"))
            // Plain HTTP gets no answer and does no harm.
            let plain = try server.connect(patience: 10)
            #expect(throws: (any Error).self) { try plain.ask("GET", "/healthz") }
            #expect(try await connect("").output.hasPrefix("HTTP/1.1 200 OK\r\n"))
            let ending = await server.stop()
            #expect(ending.status == 0 && !ending.errors.contains(#""level":"error""#))
        }

        @Test(.enabled(if: openssl != nil, needsOpenSSL)) func `a certificate that is none`() async throws {
            let project = try await Self.projectWithCertificate()
            let key = try project.text("key.pem")
            try project.write(Tables.secret, to: "key.pem")
            var ending = try await project.leeway("serve", "--port", "0")
            #expect(ending.status == 2 && ending.errors.contains("key.pem") && !ending.errors.contains(Tables.secret))
            try project.write(key, to: "key.pem")
            try FileManager.default.removeItem(at: project.url("cert.pem"))
            ending = try await project.leeway("serve", "--port", "0")
            #expect(ending.status == 2 && ending.errors.contains("cert.pem"))
        }
    }
}
