import Foundation
import Testing

extension ProgramTests {
    /// A server that is killed: what it has answered is in the log, once, and is counted, once.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing), .tags(.slow)) struct ServeCrashTests {
        /// Five clients, with single rows and with batches, until the server is gone.
        private static func load(_ server: Server, _ round: Int, _ answered: Findings<Answered>) -> Load {
            Load(clients: 5) { client in
                guard let connection = try? server.connect() else { return }
                var turn = 0
                while client.goesOn {
                    turn += 1
                    let first = (round * 31 + client.number * 7 + turn) % 3000
                    let body =
                        client.number < 3
                        ? ServingProject.row(first) : ServingProject.rows(first..<first + 40 * client.number)
                    guard
                        let reply = try? connection.ask(
                            "POST", Server.predictPath, Server.json, body: Array(body.utf8))
                    else { return }
                    guard reply.status == 200 else {
                        Issue.record("\(reply.status) \(reply.text)")
                        return
                    }
                    answered.add(reply.predictions)
                }
            }
        }

        @Test func `killed twenty times under load`() async throws {
            let project = try await ServingProject.make("log: {segment_size: 256KB}")
            let answered = Findings<Answered>()
            var random = SplitMix64(state: 20)
            for round in 0..<20 {
                let server = try await Server(in: project)
                let before = answered.count
                let load = Self.load(server, round, answered)
                // Some die in the middle of a group, some while they seal a segment, some before they have recovered.
                let wanted = before + 1 + Int(random.next() % 1500)
                #expect(eventually { answered.count >= wanted })
                server.process.send(SIGKILL)
                await load.wait()
                #expect(await server.process.ending().status == -SIGKILL)
            }
            let last = try await Server(in: project)
            #expect(try last.predict(ServingProject.row(0)).status == 200)
            #expect(await last.stop().status == 0)
            try await LogCheck.run(project, answered: answered.all)
        }

        @Test func `killed with a checkpoint behind it`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let answered = Findings<Answered>()
            let load = Self.load(server, 0, answered)
            // Window counts are put into the registry every five seconds: once with rows, then more rows, then the end.
            #expect(eventually { Self.countedRows(project) > 0 })
            let wanted = answered.count + 500
            #expect(eventually { answered.count >= wanted })
            server.process.send(SIGKILL)
            await load.wait()
            let next = try await Server(in: project)
            #expect(await next.process.saysOnErrors("finished the log of a server that was killed"))
            #expect(await next.stop().status == 0)
            try await LogCheck.run(project, answered: answered.all)
        }

        /// The rows of the windows in the registry, by SQLite's own shell or Python's.
        private static func countedRows(_ project: Workspace) -> Int {
            let script =
                "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute"
                + "('SELECT coalesce(sum(rows), 0) FROM window').fetchone()[0])"
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-c", script, project.url(".leeway/registry.sqlite").path]
            let pipe = Pipe()
            process.standardOutput = pipe
            guard (try? process.run()) != nil else { return 0 }
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        }

        @Test func `a torn last line is cut off`() async throws {
            let project = try await ServingProject.make()
            let server = try await Server(in: project)
            let reply = try server.predict(ServingProject.rows(0..<50))
            await server.stop(SIGKILL)
            let open = try #require(project.logFiles(".open.jsonl").first)
            let url = project.url(".leeway/log/predictions/\(open)")
            let handle = try FileHandle(forWritingTo: url)
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(#"{"id":"0190"#.utf8))
            try handle.close()
            let next = try await Server(in: project)
            #expect(await next.process.saysOnErrors(#""torn_bytes":"11""#))
            await next.stop()
            try await LogCheck.run(project, answered: reply.predictions)
        }

        @Test func `two servers on one registry`() async throws {
            let project = try await ServingProject.make("log: {segment_size: 256KB}")
            let servers = [try await Server(in: project), try await Server(in: project)]
            let answered = Findings<Answered>()
            let loads = servers.map { Self.load($0, 1, answered) }
            #expect(eventually { answered.count > 4000 })
            // One is killed, one ends; a third recovers what the first has left while the second still answers.
            servers[0].process.send(SIGKILL)
            await loads[0].wait()
            let third = try await Server(in: project)
            #expect(await third.process.saysOnErrors("finished the log of a server that was killed"))
            let wanted = answered.count + 500
            #expect(eventually { answered.count >= wanted })
            await loads[1].stop()
            #expect(await servers[1].stop().status == 0)
            #expect(await third.stop().status == 0)
            try await LogCheck.run(project, answered: answered.all)
        }
    }
}
