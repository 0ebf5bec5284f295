import Foundation
import Testing

extension ProgramTests {
    /// What became of predictions: told, repeated, corrected, and there after a kill.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing)) struct ServeFeedbackTests {
        /// Tells labels, and returns what is said of each.
        private static func tell(_ labels: [(id: String, label: String)], _ server: Server) throws -> [String] {
            let items = labels.map { #"{"id":"\#($0.id)","label":"\#($0.label)"}"# }
            let reply = try server.post("/v1/feedback", #"{"feedback":[\#(items.joined(separator: ","))]}"#)
            #expect(reply.status == 200, "\(reply.text)")
            let results = try reply.json()["results"].list
            #expect(results.map { $0["id"].text } == labels.map(\.id))
            return results.compactMap { $0["status"].text }
        }

        @Test func `from the prediction to its label, over a kill and a restart`() async throws {
            let project = try await ServingProject.make()
            var server = try await Server(in: project)
            let ids = try server.predict(ServingProject.rows(0..<10)).predictions.map(\.id)
            let (high, low, stranger) = (">50K", "<=50K", "01a2093e-6a2f-70e8-8a42-07ff4dd15af6")
            #expect(try Self.tell(ids.map { ($0, high) }, server) == Array(repeating: "recorded", count: 10))
            #expect(try Self.tell([(ids[0], high), (ids[1], low)], server) == ["duplicate", "corrected"])
            #expect(try Self.tell([(stranger, high), ("no id", low)], server) == ["unknown", "unknown"])
            await server.stop(SIGKILL)
            server = try await Server(in: project)
            #expect(
                try Self.tell([(ids[1], low), (ids[0], low), (ids[9], high)], server)
                    == ["duplicate", "corrected", "duplicate"])
            #expect(try server.metric("leeway_feedback_labels_total", "duplicate") == 2)
            #expect(try server.metric("leeway_feedback_labels_total", "corrected") == 1)
            #expect(await server.stop().status == 0)
            try await LogCheck.run(project)
            let script = """
                import sqlite3, sys, uuid
                for id, label in sqlite3.connect(sys.argv[1]).execute("SELECT id, label FROM feedback ORDER BY id"):
                    print(uuid.UUID(bytes=id), label)
                """
            let kept = try await Tool.run(
                ["python3", "-c", script, project.url(".leeway/registry.sqlite").path], in: project.folder)
            let expected = ids.enumerated().map { "\($1) \($0 < 2 ? low : high)" }
            #expect(kept.output.split(separator: "\n").map(String.init) == expected)
            let logged = project.names(".leeway/log/feedback").flatMap { date in
                project.names(".leeway/log/feedback/\(date)").filter { $0.hasSuffix(".jsonl") }
                    .compactMap { try? project.text(".leeway/log/feedback/\(date)/\($0)") }
            }
            #expect(logged.joined().split(separator: "\n").count == 12)
        }

        @Test(arguments: [
            "", "17", "[]", "{}", #"{"id":"x"}"#, #"{"label":">50K"}"#, #"{"id":1,"label":">50K"}"#,
            #"{"feedback":{}}"#,
            #"{"feedback":[1]}"#, #"{"id":"x","label":null}"#,
        ])
        func `labels that make no sense`(body: String) async throws {
            let server = try await Self.shared.value
            let reply = try server.post("/v1/feedback", body)
            #expect(reply.status == 400 || reply.status == 422, "\(reply.status) \(reply.text)")
        }

        @Test func `a label that is no class of any model`() async throws {
            let server = try await Self.shared.value
            let id = try #require(try server.predict(ServingProject.row(0)).predictions.first?.id)
            let reply = try server.post("/v1/feedback", #"{"id":"\#(id)","label":"\#(Tables.secret)"}"#)
            #expect([400, 422].contains(reply.status) && !reply.everything.contains(Tables.secret))
            #expect(try Self.tell([(id, ">50K")], server) == ["recorded"])
        }

        private static let shared = Task {
            try await Server(in: try await ServingProject.make().keptUntilExit()).keptUntilExit()
        }
    }
}
