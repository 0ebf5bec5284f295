import Foundation
import Testing

extension ProgramTests {
    /// Another champion while requests come in: none fails, and none gets a mixture of two versions.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing), .tags(.slow)) struct ServeSwapTests {
        /// What a client saw.
        private struct Seen: Sendable {
            let status: Int
            let version: Int?
            let probabilities: [String]
        }

        /// The replies of both versions to the same rows, by version.
        private static func expected(_ server: Server, _ body: String) throws -> [Int: [String]] {
            var expected: [Int: [String]] = [:]
            for version in [1, 2] {
                expected[version] = try server.post("/v1/models/adult/versions/\(version)/predict", body)
                    .numbers("probability")
            }
            return expected
        }

        private static func load(_ server: Server, _ body: String, _ seen: Findings<Seen>) -> Load {
            Load(clients: 4) { client in
                do {
                    let connection = try server.connect()
                    while client.goesOn {
                        let reply = try connection.ask("POST", Server.predictPath, Server.json, body: Array(body.utf8))
                        seen.add(
                            Seen(
                                status: reply.status, version: reply.version,
                                probabilities: reply.numbers("probability")))
                    }
                } catch {
                    Issue.record("A connection broke: \(error)")
                }
            }
        }

        /// Moves the champion to and fro under load by one of two ways, and expects that nobody notices.
        private static func expectUnnoticed(
            moves: Int, _ move: (Server, Workspace, _ version: Int) async throws -> Void
        ) async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let body = ServingProject.rows(0..<5)
            let expected = try expected(server, body)
            let seen = Findings<Seen>()
            let load = load(server, body, seen)
            for place in 0..<moves {
                let version = 2 - place % 2
                try await move(server, project, version)
                let start = Date()
                #expect(try eventually { try server.predict(ServingProject.row(0)).version == version })
                let seconds = Date().timeIntervalSince(start)
                #expect(
                    seconds < (Program.isOptimized ? 1 : 5), "It took \(seconds) s until version \(version) answered.")
            }
            await load.stop()
            #expect(seen.count > moves)
            for one in seen.all {
                #expect(one.status == 200)
                #expect(one.version.flatMap { expected[$0] } == one.probabilities)
            }
            #expect(Set(seen.all.compactMap(\.version)) == [1, 2])
            #expect(try server.metric("leeway_model_swaps_total") == Double(moves))
            #expect(await server.stop().status == 0)
            try await LogCheck.run(project)
        }

        @Test func `promoted by another process`() async throws {
            try await Self.expectUnnoticed(moves: 6) { _, project, version in
                try await project.leewayWorks("models", "promote", "\(version)")
            }
        }

        @Test func `promoted over HTTP`() async throws {
            try await Self.expectUnnoticed(moves: 30) { server, _, version in
                let reply = try server.connect().ask(
                    "PUT", "/v1/models/adult/aliases/champion", Server.json,
                    body: Array(#"{"version":\#(version)}"#.utf8))
                #expect(reply.status == 200)
                let moved = try reply.json()
                #expect(moved["to"] == .number(Double(version)) && moved["from"] == .number(Double(3 - version)))
                // The server that moved it knows at once.
                #expect(try server.predict(ServingProject.row(0)).version == version)
            }
        }

        @Test func `a version that is damaged is not taken over`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let listed = try JSON(await project.leewayWorks("models", "list", "--json").output)
            let second = try #require(listed.list.first { $0["version"].number == 2 || $0["number"].number == 2 })
            try project.write("{}", to: ".leeway/runs/\(try #require(second["run_id"].text))/model.json")
            let reply = try server.connect().ask(
                "PUT", "/v1/models/adult/aliases/champion", Server.json, body: Array(#"{"version":2}"#.utf8))
            #expect(reply.status >= 400)
            #expect(try server.predict(ServingProject.row(0)).version == 1)
            for (body, status) in [(#"{"version":9}"#, 404), (#"{"version":"2"}"#, 400), ("{}", 400), ("", 400)] {
                let reply = try server.connect().ask(
                    "PUT", "/v1/models/adult/aliases/champion", Server.json, body: Array(body.utf8))
                #expect(reply.status == status)
            }
        }

        @Test func `a version that is registered while the server runs`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            try await ServingProject.trainAnother(in: project)
            #expect(
                try eventually {
                    try server.post("/v1/models/adult/versions/3/predict", ServingProject.row(0)).version == 3
                })
            #expect(try server.predict(ServingProject.row(0)).version == 1)
        }
    }
}
