import Foundation
import Testing

extension ProgramTests {
    /// `leeway log`: what servers have answered, looked at, counted and made Parquet.
    @Suite struct LogTests {
        /// A trained project whose server has answered ten people, and was stopped.
        private static func answered() async throws -> (workspace: Workspace, ids: [String]) {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            let server = try await RunningServer(in: workspace.folder)
            let ids = try await server.predict(20..<30)
            try await server.post("{\"id\":\"\(ids[3])\",\"label\":\"high\"}", to: "/v1/feedback")
            #expect(await server.stop().status == 0)
            return (workspace, ids)
        }

        private static func files(_ workspace: Workspace, _ log: String = "predictions") -> [String] {
            workspace.names(".leeway/log/\(log)").flatMap { date in
                workspace.names(".leeway/log/\(log)/\(date)").map { String($0.dropFirst(36)) }
            }
        }

        @Test func `tail, stats, compact, and stats say the same`() async throws {
            let (workspace, ids) = try await Self.answered()
            let tail = try await workspace.leewayWorks("log", "tail", "-n", "3")
            let lines = tail.output.split(separator: "\n")
            #expect(lines.count == 3)
            for (line, id) in zip(lines, ids.suffix(3)) {
                #expect(line.contains("  model:1  ") && line.hasSuffix("…\(id.suffix(12))"))
                #expect(line.contains("high") || line.contains("low"))
            }
            let raw = try await workspace.leewayWorks("log", "tail", "--json").output.split(separator: "\n")
            #expect(try raw.map { try JSON(String($0))["id"].text } == ids)
            #expect(try JSON(String(raw[4]))["inputs"]["age"] == .number(24))
            #expect(try await workspace.leewayWorks("log", "tail", "--model", "other").output == "")

            let before = try JSON(await workspace.leewayWorks("log", "stats", "--json").output)
            #expect(before["versions"][0]["rows"] == .number(10))
            #expect(before["feedback"] == .object(["lines": .number(1), "predictions": .number(1)]))
            #expect(before["compared_hours"].number >= 1 && before["differing_hours"] == .list([]))
            #expect(before["segments"][0]["state"] == .text("sealed"))

            #expect(
                try await workspace.leewayWorks("log", "compact").output
                    == "✓ predictions  nothing to do\n✓ feedback  nothing to do\n")
            let compacted = try await workspace.leewayWorks("log", "compact", "--all").output
            #expect(compacted.hasPrefix("✓ predictions  1 segment made Parquet: 10 rows, "))
            #expect(Self.files(workspace) == [".ids", ".parquet"])
            #expect(Self.files(workspace, "feedback") == [".ids", ".parquet"])
            let after = try JSON(await workspace.leewayWorks("log", "stats", "--json").output)
            #expect(after["versions"] == before["versions"] && after["feedback"] == before["feedback"])
            #expect(after["differing_hours"] == .list([]) && after["segments"][0]["state"] == .text("parquet"))
            #expect(try await workspace.leewayWorks("log", "tail").errors.contains("older ones are Parquet"))

            // Another server takes a label for what was compacted, and counts nothing twice.
            let server = try await RunningServer(in: workspace.folder)
            let taken = try await server.post("{\"id\":\"\(ids[0])\",\"label\":\"low\"}", to: "/v1/feedback")
            #expect(taken["results"][0]["status"] == .text("recorded"))
            #expect(await server.stop().status == 0)
            let last = try JSON(await workspace.leewayWorks("log", "stats", "--json", "--since", "1d").output)
            #expect(last["versions"] == before["versions"] && last["feedback"]["predictions"] == .number(2))
        }

        @Test func `the summary is for people`() async throws {
            let (workspace, _) = try await Self.answered()
            let text = try await workspace.leewayWorks("log", "stats").output
            #expect(text.hasPrefix("Answers\n  model  version  rows  positive  mean probability"))
            #expect(text.contains("\n  1 prediction has a label, 1 line in the log\n"))
            #expect(text.contains(" compared, the registry has counted each row\n"))
            let empty = try Workspace()
            #expect(
                try await empty.leewayWorks("log", "stats").output
                    == "Nothing was answered yet. The server logs what it answers: 'leeway serve'.\n")
            #expect(try await empty.leewayWorks("log", "tail").errors.hasPrefix("There is no such answer yet."))
            #expect(
                try await empty.leewayWorks("log", "compact").output
                    == "There is no log yet. 'leeway serve' writes it.\n")
            #expect(try await empty.leewayWorks("log", "compact", "--quiet").output == "")
        }

        @Test func `a tail follows two servers until Ctrl-C`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            let tail = try Program.start(["log", "tail", "-f", "--json"], in: workspace.folder)
            var ids: [String] = []
            for round in 0..<2 {
                let servers = (
                    try await RunningServer(in: workspace.folder), try await RunningServer(in: workspace.folder)
                )
                for server in [servers.0, servers.1] {
                    ids += try await server.predict(20 + round..<23 + round)
                    let id = try #require(ids.last)
                    #expect(await tail.saysOnOutput(id))
                }
                // Their segments are sealed, and made Parquet, while the tail goes on.
                _ = (await servers.0.stop(), await servers.1.stop())
                try await workspace.leewayWorks("log", "compact", "--all")
            }
            tail.send(SIGINT)
            let ending = await tail.ending()
            #expect(ending.status == 0 && ending.errors == "")
            let shown = try ending.output.split(separator: "\n").map { try JSON(String($0))["id"].text }
            #expect(shown == ids)
        }

        @Test func `what a killed server left is counted before it is compacted`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            let server = try await RunningServer(in: workspace.folder)
            _ = try await server.predict(20..<25)
            server.program.send(SIGKILL)
            _ = await server.program.ending()
            try await workspace.leewayWorks("log", "compact", "--all")
            #expect(Self.files(workspace) == [".open.jsonl"])
            let stats = try JSON(await workspace.leewayWorks("log", "stats", "--json").output)
            #expect(stats["segments"][0]["state"] == .text("abandoned"))
            #expect(stats["versions"][0]["rows"] == .number(5))
            #expect(stats["differing_hours"].list.map { $0["logged"].number }.reduce(0, +) == 5)
            // The next one seals it and counts it, at its start.
            let next = try await RunningServer(in: workspace.folder)
            while Self.files(workspace).filter({ $0 == ".jsonl" }).isEmpty { await Task.yield() }
            #expect(await next.stop().status == 0)
            try await workspace.leewayWorks("log", "compact", "--all")
            #expect(Self.files(workspace) == [".ids", ".parquet"])
            let counted = try JSON(await workspace.leewayWorks("log", "stats", "--json").output)
            #expect(counted["differing_hours"] == .list([]) && counted["versions"][0]["rows"] == .number(5))
        }

        @Test func `damage is kept apart and told of, and a missing library is an error`() async throws {
            let (workspace, _) = try await Self.answered()
            let date = try #require(workspace.names(".leeway/log/predictions").first)
            let folder = ".leeway/log/predictions/\(date)"
            let name = try #require(workspace.names(folder).first { $0.hasSuffix(".jsonl") })
            let lines = try workspace.text("\(folder)/\(name)")
            try workspace.write(lines + "damaged \(Tables.secret)\n", to: "\(folder)/\(name)")
            // Where a library is that is none, no other is looked for.
            for file in ["libduckdb.so", "libduckdb.dylib"] { try workspace.write("none", to: file) }
            let missing = try await workspace.leeway(
                "log", "compact", "--all", environment: ["LEEWAY_DRIVER_PATH": workspace.folder.path])
            #expect(missing.status == 1 && missing.errors.contains("error: The library"))
            #expect(missing.output.contains("✗ predictions  not done\n"))
            let ending = try await workspace.leewayWorks("log", "compact", "--all")
            #expect(
                Program.withoutRunNames(ending.errors)
                    == "! 1 line can't be read, kept in \(folder)/RUN.damaged.jsonl\n")
            #expect(Self.files(workspace) == [".damaged.jsonl", ".ids", ".parquet"])
            #expect(
                try JSON(await workspace.leewayWorks("log", "stats", "--json").output)["versions"][0]["rows"]
                    == .number(10))
        }

        @Test func `wrong usage`() async throws {
            let workspace = try Workspace()
            for words in [
                ["tail", "-n", "-1"], ["stats", "--since", "soon"], ["stats", "--since", "0s"], ["compact", "x"],
            ] {
                #expect(try await Program.run(["log"] + words, in: workspace.folder).status == 2)
            }
        }
    }
}
