import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ProgramTests {
    /// The loop in fire: processes are killed at any moment, and artifacts and disks fail.
    @Suite(.tags(.slow)) struct LoopFireTests {
        private static let configuration =
            Workspace.configuration + """
                monitoring: {settling: 0s, window: 1h}
                retraining:
                  every: 1s
                  cooldown: 0s
                  per_day: 1000
                  min_labels: 1
                  min_growth: 0
                  on: {labels: 40}
                  gate: {tolerance: 10, slice_tolerance: 10, level: 0.5}
                  probation: {for: 1s}

                """

        private static func project() async throws -> Workspace {
            let rows = (0..<1_000).map { MonitoredWorkspace.Person($0) }
                .map { "\($0.age),\($0.hours),\($0.city),\($0.income)\n" }
            let workspace = try Workspace(
                csv: "age,hours,city,income\n" + rows.joined(), configuration: configuration)
            try await workspace.leewayWorks("run", "--quiet")
            return workspace
        }

        /// What a server has said that it has.
        private struct Acknowledged {
            var predictions: Set<String> = []
            var labels: [String: String] = [:]
        }

        /// Has people answered and labelled, for as long as the server lives; what is acknowledged is kept.
        private static func talk(_ server: RunningServer, _ round: Int, _ kept: Acknowledged) async -> Acknowledged {
            var kept = kept
            let people = (0..<40).map { MonitoredWorkspace.Person(10_000 + round * 40 + $0) }
            let rows = people.map { "{\"age\":\($0.age),\"hours\":\($0.hours),\"city\":\"\($0.city)\"}" }
            guard
                let reply = try? await server.post(
                    "{\"rows\":[\(rows.joined(separator: ","))]}", to: "/v1/models/model/predict", isSure: false)
            else { return kept }
            let ids = reply["predictions"].list.compactMap(\.["id"].text)
            kept.predictions.formUnion(ids)
            // Every few rounds the world turns round, so that challengers pass and disappoint.
            let isTurned = round / 8 % 2 == 1
            let labels = zip(ids, people).map { id, person in
                (id, isTurned ? (person.income == "high" ? "low" : "high") : person.income)
            }
            let items = labels.map { "{\"id\":\"\($0.0)\",\"label\":\"\($0.1)\"}" }
            guard
                (try? await server.post(
                    "{\"feedback\":[\(items.joined(separator: ","))]}", to: "/v1/feedback", isSure: false)) != nil
            else { return kept }
            for label in labels { kept.labels[label.0] = label.1 }
            return kept
        }

        #if os(Linux)
            private static func children(of process: Int32) -> [Int32] {
                let path = "/proc/\(process)/task"
                let threads = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
                return threads.flatMap { thread in
                    ((try? String(contentsOfFile: "\(path)/\(thread)/children", encoding: .utf8)) ?? "")
                        .split(separator: " ").compactMap { Int32($0.trimmingCharacters(in: .whitespaces)) }
                }
            }

            @Test func `fifty processes killed at random moments`() async throws {
                let workspace = try await Self.project()
                var (random, kept) = (SplitMix64(state: 50), Acknowledged())
                var server = try await RunningServer(in: workspace.folder, "--loop", "--quiet")
                var killed = (servers: 0, steps: 0)
                for round in 0..<50 {
                    let (now, before) = (server, kept)
                    async let talking = Self.talk(now, round, before)
                    try await Task.sleep(for: .milliseconds(Int(random.next() % 1_200)))
                    if random.next() % 10 < 7, let step = Self.children(of: server.program.id).first {
                        kill(step, SIGKILL)
                        killed.steps += 1
                        kept = await talking
                    } else {
                        server.program.send(SIGKILL)
                        killed.servers += 1
                        kept = await talking
                        #expect(await server.program.ending().status == -SIGKILL)
                        server = try await RunningServer(in: workspace.folder, "--loop", "--quiet")
                    }
                }
                // Left alone it goes on: what was begun is finished or begun anew.
                kept = await Self.talk(server, 50, kept)
                let last = try await Self.settled(workspace)
                #expect(await server.stop().status == 0)
                #expect(killed.servers > 5 && killed.steps > 5, "\(killed)")
                #expect(last.contains { $0["state"].text == "abandoned" }, "No retraining was hit.")
                #expect(last.contains { ["promoted", "probation"].contains($0["state"].text) }, "None was promoted.")
                try await Self.check(workspace, kept)
            }

            /// The retrainings, once none of them is running.
            private static func settled(_ workspace: Workspace) async throws -> [JSON] {
                for _ in 0..<60 {
                    let history = try JSON(await workspace.leewayWorks("history", "--json").output)
                    let retrainings = history["retrainings"].list
                    if let newest = retrainings.first, newest["state"].text != "running" { return retrainings }
                    try await Task.sleep(for: .milliseconds(500))
                }
                Issue.record("A retraining was running for half a minute.")
                return []
            }

            private static func check(_ workspace: Workspace, _ kept: Acknowledged) async throws {
                // A last step clears up what was killed.
                _ = try await workspace.leeway("retrain", "--once", "--quiet")
                let retrainings = try JSON(await workspace.leewayWorks("history", "--json", "-n", "1000").output)[
                    "retrainings"]
                #expect(!retrainings.list.contains { $0["state"].text == "running" })
                let versions = try JSON(await workspace.leewayWorks("models", "list", "--json").output).list
                #expect(versions.count > 3)
                for version in versions {
                    let number = String(Int(version["version"].number))
                    #expect(try await workspace.leewayWorks("models", "verify", number, "--quiet").status == 0)
                }
                // No folder that no version names, none half-way.
                let runs = Set(versions.compactMap { $0["run_id"].text })
                #expect(Set(workspace.runs).subtracting(runs).filter { !$0.hasPrefix(".") }.isEmpty)
                #expect(versions.count { $0["aliases"].list.contains(.text("champion")) } == 1)
                // Every answer and every label that was acknowledged is in the log, once.
                let answers = try Self.lines(workspace, "predictions").compactMap(\.["id"].text)
                #expect(Set(answers).count == answers.count && kept.predictions.isSubset(of: answers))
                #expect(kept.predictions.count > 500)
                var labels: [String: String] = [:]
                for line in try Self.lines(workspace, "feedback") {
                    if let id = line["prediction_id"].text { labels[id] = line["label"].text }
                }
                #expect(kept.labels.allSatisfy { labels[$0.key] == $0.value } && kept.labels.count > 300)
                let server = try await RunningServer(in: workspace.folder, "--quiet")
                #expect(
                    try await server.post("{\"age\":50,\"hours\":3,\"city\":\"Oslo\"}", to: "/v1/models/model/predict")[
                        "predictions"
                    ].list.count == 1)
                #expect(await server.stop().status == 0)
            }

            /// The lines of a log, whatever the state of their segments.
            private static func lines(_ workspace: Workspace, _ log: String) throws -> [JSON] {
                let folder = workspace.url(".leeway/log/\(log)")
                let files =
                    FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap {
                        $0 as? URL
                    } ?? []
                return try files.filter { $0.lastPathComponent.contains(".jsonl") }.flatMap { file in
                    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { try JSON(String($0)) }
                }
            }
        #endif

        @Test func `a champion whose file is damaged gives way to the one before`() async throws {
            let workspace = try await Self.project()
            try await workspace.leewayWorks("run", "--quiet")
            try await workspace.leewayWorks("models", "promote", "2", "--quiet")
            let versions = try JSON(await workspace.leewayWorks("models", "list", "--json").output).list
            let run = try #require(versions.first { $0["version"] == .number(2) }?["run_id"].text)
            let path = workspace.url(".leeway/runs/\(run)/model.json")
            var bytes = try Data(contentsOf: path)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: path)
            let server = try await RunningServer(in: workspace.folder)
            let reply = try await server.post(
                "{\"age\":50,\"hours\":3,\"city\":\"Oslo\"}", to: "/v1/models/model/predict")
            #expect(reply["version"] == .number(1))
            #expect(await server.program.saysOnErrors("a version can't be loaded"))
            #expect(await server.stop().status == 0)
        }
    }
}

extension RunningServer {
    /// Sends JSON to a server that may be gone.
    func post(_ json: String, to path: String, isSure: Bool) async throws -> JSON {
        var request = URLRequest(url: try #require(URL(string: address + path)))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(json.utf8)
        let (data, response) = try await URLSession.shared.data(for: request)
        struct Refused: Error {}
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw Refused() }
        return try JSON(String(decoding: data, as: UTF8.self))
    }
}
