import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ProgramTests {
    /// The commands of the loop, as a person or a script calls them.
    @Suite struct LoopCommandTests {
        private static func project(_ retraining: String = "") async throws -> Workspace {
            let workspace = try await MonitoredWorkspace.make()
            let rows = (0..<1_000).map { MonitoredWorkspace.Person($0) }.map {
                "\($0.age),\($0.hours),\($0.city),\($0.income)\n"
            }
            try workspace.write("age,hours,city,income\n" + rows.joined(), to: "data.csv")
            try configure(workspace, retraining)
            return workspace
        }

        private static func configure(_ workspace: Workspace, _ retraining: String) throws {
            try workspace.write(
                Workspace.configuration + """
                    monitoring: {settling: 0s, window: 1h}
                    retraining: {cooldown: 0s, min_labels: 1, min_growth: 0\(retraining)}

                    """, to: "leeway.yaml")
        }

        private static let open = ", gate: {tolerance: 10, slice_tolerance: 10, calibration_tolerance: 1}"
        private static let turned = (0..<600).map { MonitoredWorkspace.Person($0 + 20_000) }

        @Test func `a challenger that is better takes the champion's place, and goes back by a word`() async throws {
            let workspace = try await Self.project(Self.open + ", data: log, probation: {for: 0s}")
            try await MonitoredWorkspace.serve(Self.turned, in: workspace, labelled: true, wrongEvery: 1)
            let made = try JSON(
                await workspace.leewayWorks("retrain", "--reason", "the world turned", "--json").output)
            #expect(made["decision"]["action"].text == "retrain", "\(made)")
            #expect(made["state"].text == "promoted")
            let history = try JSON(await workspace.leewayWorks("history", "--json").output)
            #expect(history["retrainings"].list.first?["reason"].text == "By hand: the world turned.")
            let text = try await workspace.leewayWorks("history").output
            #expect(text.contains("champion 1 → 2") && text.contains("version 2 registered"))
            try await workspace.leewayWorks("models", "rollback", "--reason", "no, it did not")
            let events = try await workspace.leewayWorks("history").output
            #expect(events.contains("rolled back 2 → 1") && events.contains("no, it did not"))
            try await workspace.leewayWorks("history", "--html", "h.html", "--quiet")
            #expect(try workspace.text("h.html").contains("no, it did not"))
            // Once more: there is a version before this one, which is the one that was left.
            let again = try await workspace.leeway("models", "rollback", "--to", "9")
            #expect(again.status == 1 && again.errors.contains("9"), "\(again.errors)")
        }

        @Test func `a challenger of wrong labels is refused, with a code that says so`() async throws {
            let workspace = try await Self.project()
            try await MonitoredWorkspace.serve(Self.turned, in: workspace, labelled: true, wrongEvery: 1)
            let ending = try await workspace.leeway("retrain", "--json")
            #expect(ending.status == 5, "\(ending.errors)")
            let made = try JSON(ending.output)
            #expect(made["state"].text == "refused")
            let versions = try JSON(await workspace.leewayWorks("models", "list", "--json").output).list
            #expect(versions.count == 2 && versions.last?["aliases"].list == [.text("champion")])
            let decisions = try JSON(await workspace.leewayWorks("history", "--decisions", "--json").output)
            #expect(decisions["decisions"].list.compactMap { $0["action"].text } == ["retrain"])
        }

        @Test func `the loop refuses what a client lies, end to end`() async throws {
            let workspace = try await Self.project(", every: 1s, on: {labels: 300}")
            let server = try await RunningServer(in: workspace.folder, "--loop", "--quiet")
            let rows = Self.turned.map { "{\"age\":\($0.age),\"hours\":\($0.hours),\"city\":\"\($0.city)\"}" }
            let reply = try await server.post(
                "{\"rows\":[\(rows.joined(separator: ","))]}", to: "/v1/models/model/predict")
            let ids = reply["predictions"].list.compactMap(\.["id"].text)
            let lies = zip(ids, Self.turned).map {
                "{\"id\":\"\($0)\",\"label\":\"\($1.income == "high" ? "low" : "high")\"}"
            }
            try await server.post("{\"feedback\":[\(lies.joined(separator: ","))]}", to: "/v1/feedback")
            var states: [String] = []
            for _ in 0..<120 where states.isEmpty || states.contains("running") {
                try await Task.sleep(for: .milliseconds(250))
                let history = try JSON(await workspace.leewayWorks("history", "--json").output)
                states = history["retrainings"].list.compactMap { $0["state"].text }
            }
            #expect(states == ["refused"])
            let champion = try await server.post(
                "{\"age\":50,\"hours\":3,\"city\":\"Oslo\"}", to: "/v1/models/model/predict")
            #expect(champion["version"] == .number(1) || champion["model_version"] == .number(1), "\(champion)")
            #expect(await server.stop().status == 0)
        }

        @Test func `a flood of labels is told to wait, and others are not`() async throws {
            let workspace = try await MonitoredWorkspace.make()
            try workspace.write(
                Workspace.configuration + "serving: {limits: {labels_per_minute: 150}}\n", to: "leeway.yaml")
            let secrets = try await [
                workspace.leewayWorks("tokens", "create", "a", "--scope", "predict", "--scope", "feedback"),
                workspace.leewayWorks("tokens", "create", "b", "--scope", "feedback"),
            ].map { $0.output.trimmingCharacters(in: .whitespacesAndNewlines) }
            let server = try await RunningServer(in: workspace.folder, "--quiet")
            let rows = Self.turned.prefix(200).map {
                "{\"age\":\($0.age),\"hours\":\($0.hours),\"city\":\"\($0.city)\"}"
            }
            let (status, text) = try await Self.post(
                "{\"rows\":[\(rows.joined(separator: ","))]}", "/v1/models/model/predict", server, secrets[0])
            try #require(status == 200, "\(text)")
            let ids = try JSON(text)["predictions"].list.compactMap(\.["id"].text)
            func tell(_ range: Range<Int>, _ secret: String) async throws -> (Int, String) {
                let items = ids[range].map { "{\"id\":\"\($0)\",\"label\":\"high\"}" }.joined(separator: ",")
                return try await Self.post("{\"feedback\":[\(items)]}", "/v1/feedback", server, secret)
            }
            #expect(try await tell(0..<100, secrets[0]).0 == 200)
            let refused = try await tell(100..<200, secrets[0])
            #expect(refused.0 == 429 && refused.1.contains("labels_per_minute"), "\(refused)")
            #expect(try await tell(100..<150, secrets[0]).0 == 200)
            #expect(try await tell(100..<200, secrets[1]).0 == 200)
            #expect(await server.stop().status == 0)
        }

        private static func post(
            _ json: String, _ path: String, _ server: RunningServer, _ secret: String
        ) async throws -> (Int, String) {
            var request = URLRequest(url: try #require(URL(string: server.address + path)))
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.setValue("Bearer \(secret)", forHTTPHeaderField: "Authorization")
            request.httpBody = Data(json.utf8)
            let (data, response) = try await URLSession.shared.data(for: request)
            return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
        }

        @Test func `history answers for a prediction, in lines and in Parquet`() async throws {
            let workspace = try await Self.project()
            let server = try await RunningServer(in: workspace.folder, "--quiet")
            let reply = try await server.post(
                "{\"age\":50,\"hours\":3,\"city\":\"Oslo\"}", to: "/v1/models/model/predict")
            let id = try #require(reply["predictions"].list.first?["id"].text)
            #expect(await server.stop().status == 0)
            for _ in 0..<2 {
                let found = try JSON(
                    await workspace.leewayWorks("history", "--prediction", id, "--json").output)
                #expect(
                    found["prediction"]["version"] == .number(1) || found["version"]["version"] == .number(1),
                    "\(found)")
                let text = try await workspace.leewayWorks("history", "--prediction", id).output
                #expect(text.contains("first version") && text.contains("fingerprint"), "\(text)")
                try await workspace.leewayWorks("log", "compact", "--all", "--quiet")
            }
            #expect(workspace.names(".leeway/log/predictions").count == 1)
            let stranger = "01a2093e-6a2f-70e8-8a42-07ff4dd15af6"
            let none = try await workspace.leeway("history", "--prediction", stranger)
            #expect(none.status == 1 && none.errors.contains("no prediction"), "\(none.errors)")
            #expect(try await workspace.leeway("history", "--prediction", "x").status == 2)
        }

        @Test func `replay tells it as a table, as JSON and as a page`() async throws {
            let workspace = try Workspace(csv: "", configuration: Workspace.configuration)
            var text = "day,age,income\n"
            for day in 0..<60 {
                for row in 0..<20 {
                    let age = 20 + (day * 31 + row * 7) % 60
                    let date = String(format: "2026-%02d-%02d", 1 + day / 30, 1 + day % 28)
                    text += "\(date),\(age),\((age > 45) != (row % 9 == 0) ? "high" : "low")\n"
                }
            }
            try workspace.write(text, to: "data.csv")
            let report = try JSON(
                await workspace.leewayWorks(
                    "replay", "--time", "day", "--warm-up", "14d", "--html", "r.html", "--json"
                ).output)
            #expect(
                report["policies"].list.compactMap { $0["name"].text } == ["never", "classic", "monthly", "configured"])
            #expect(report["policies"].list.allSatisfy { ($0["roc_auc"].number) > 0.8 })
            #expect(try workspace.text("r.html").contains("<svg"))
            let table = try await workspace.leewayWorks(
                "replay", "--time", "day", "--policy", "never", "--policy", "weekly")
            #expect(table.output.contains("Policy") && table.output.contains("weekly"))
            // Nothing is registered.
            #expect(workspace.names(".leeway/runs").isEmpty)
            let wrong = try await workspace.leeway("replay", "--time", "dya")
            #expect(wrong.status == 1 && wrong.errors.contains("Did you mean 'day'?"), "\(wrong.errors)")
            #expect(try await workspace.leeway("replay", "--time", "day", "--step", "soon").status == 2)
            #expect(try await workspace.leeway("replay").status == 2)
        }

        #if os(Linux)
            @Test(.enabled(if: Machine.letsMount))
            func `a disk that is full ends a retraining, and nothing else`() async throws {
                let workspace = try await Self.project(Self.open + ", data: log")
                try await MonitoredWorkspace.serve(Self.turned, in: workspace, labelled: true, wrongEvery: 1)
                let disk = try SmallDisk(at: workspace.url("disk"), kilobytes: 4_096)
                try FileManager.default.copyItem(at: workspace.url(".leeway"), to: workspace.url("disk/.leeway"))
                for name in ["data.csv", "leeway.yaml"] where workspace.names("").contains(name) {
                    try FileManager.default.copyItem(at: workspace.url(name), to: workspace.url("disk/\(name)"))
                }
                let before = workspace.names("disk/.leeway/runs")
                try disk.leave(kilobytes: 48)
                let ending = try await workspace.leeway("retrain", "-c", "disk/leeway.yaml")
                #expect(ending.status == 1 && ending.errors.contains("disk is full"), "\(ending.errors)")
                #expect(workspace.names("disk/.leeway/runs") == before)
                // With room again it is begun anew, and what was lost is nothing.
                try disk.leave(kilobytes: 8_192)
                let again = try await workspace.leeway("retrain", "-c", "disk/leeway.yaml", "--quiet")
                #expect(again.status == 0, "\(again.errors)")
                try await workspace.leewayWorks("models", "verify", "2", "-c", "disk/leeway.yaml", "--quiet")
                withExtendedLifetime(disk) {}
            }
        #endif
    }
}
