import Foundation
import Testing

extension ProgramTests {
    /// Bodies that nobody should send.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing), .tags(.slow)) struct ServeFuzzTests {
        private static let megabyte = 1 << 20

        @Test func `ten thousand damaged bodies: no server error, no growth`() async throws {
            let project = try await ServingProject.make("limits: {rows: 1000}")
            let server = try await Server(in: project)
            let statuses = Findings<Int>()
            func fuzz(_ seeds: Range<UInt64>, each count: Int) async {
                let load = Load(clients: seeds.count) { client in
                    var fuzzer = BodyFuzzer(seed: seeds.lowerBound + UInt64(client.number))
                    guard let connection = try? server.connect() else { return }
                    for _ in 0..<count {
                        let (path, type, body) = fuzzer.next()
                        do {
                            let reply = try connection.ask("POST", path, ["Content-Type": type], body: body)
                            statuses.add(reply.status)
                            if reply.status >= 500 || reply.status < 200 {
                                Issue.record(
                                    "\(reply.status) to \(path) \(type) \(String(decoding: body, as: UTF8.self))")
                            }
                        } catch {
                            Issue.record("\(error) after \(path) \(type) \(String(decoding: body, as: UTF8.self))")
                            return
                        }
                    }
                }
                await load.wait()
            }
            await fuzz(1..<5, each: 500)
            let before = server.memory
            await fuzz(5..<9, each: 2000)
            #expect(statuses.count == 10_000)
            #expect(server.memory < before + 48 * Self.megabyte, "\(before) bytes before, \(server.memory) after")
            #expect(Set(statuses.all).isSuperset(of: [200, 400, 422]))
            let ending = await server.stop()
            #expect(ending.status == 0 && !ending.errors.contains(#""level":"error""#))
            try await LogCheck.run(project)
        }

        /// JSON that is deep, long, huge or not quite UTF-8: what must come of it.
        private static let oddities: [(name: String, body: [UInt8], statuses: Set<Int>)] = [
            ("a million brackets", [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000), [400]),
            ("objects in objects", Array(String(repeating: #"{"a":"#, count: 200_000).utf8), [400, 422]),
            (
                "a deep extra field",
                Array(
                    ("{\"x\":" + String(repeating: "[", count: 100_000)
                        + String(repeating: "]", count: 100_000) + "}").utf8), [400, 422]
            ),
            (
                "a number of 100,000 digits",
                Array(ServingProject.row(0, changing: ["age": String(repeating: "9", count: 100_000)]).utf8),
                [400, 422]
            ),
            ("a huge exponent", Array(ServingProject.row(0, changing: ["age": "1e999999999999"]).utf8), [400, 422]),
            (
                "a tiny number", Array(ServingProject.row(0, changing: ["capital-gain": "1e-999999999999"]).utf8),
                [200, 400, 422]
            ),
            ("minus zero", Array(ServingProject.row(0, changing: ["capital-gain": "-0"]).utf8), [200]),
            ("a key twice", Array(#"{"age":39,"age":39}"#.utf8), [422]),
            ("a byte that is no UTF-8", Array(#"{"age":""#.utf8) + [0xFF] + Array(#""}"#.utf8), [400]),
            ("half a surrogate pair", Array(ServingProject.row(0, changing: ["sex": #""\ud800""#]).utf8), [400, 422]),
            ("a zero in a text", Array(ServingProject.row(0, changing: ["sex": #""Male\u0000""#]).utf8), [422]),
            ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array(ServingProject.row(0).utf8), [200, 400]),
            (
                "a text of a megabyte",
                Array(ServingProject.row(0, changing: ["sex": "\"\(String(repeating: "x", count: 1 << 20))\""]).utf8),
                [422]
            ),
            (
                "a hundred thousand fields",
                Array(("{" + (0..<100_000).map { "\"f\($0)\":1" }.joined(separator: ",") + "}").utf8), [422]
            ),
            ("rows within rows", Array(#"{"rows":{"rows":[{}]}}"#.utf8), [400, 422]),
            ("two times rows", Array(#"{"rows":[],"rows":[]}"#.utf8), [200, 400, 422]),
        ]

        @Test func `deep, long, huge and broken`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            let before = server.memory
            for (name, body, statuses) in Self.oddities {
                let reply = try server.connect().ask("POST", Server.predictPath, Server.json, body: body)
                #expect(statuses.contains(reply.status), "\(name): \(reply.status) \(reply.text.prefix(300))")
                #expect(reply.body.count < 1_000_000, "\(name): \(reply.body.count) bytes")
            }
            #expect(server.memory < before + 128 * Self.megabyte, "\(before) bytes before, \(server.memory) after")
            #expect(try server.predict(ServingProject.row(0)).status == 200)
        }

        @Test(arguments: [true, false])
        func `a gigabyte is refused without being read`(isChunked: Bool) async throws {
            let server = try await Server(in: try await ServingProject.make("limits: {body: 1MB}"))
            #expect(try server.predict(ServingProject.row(0)).status == 200)
            let before = server.memory
            let connection = try server.connect()
            var headers = Server.json
            if isChunked { headers["Transfer-Encoding"] = "chunked" }
            connection.send(
                HTTPConnection.head("POST", Server.predictPath, headers, length: isChunked ? nil : 1_000_000_000))
            let piece = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16)
            let chunk = isChunked ? Array("10000\r\n".utf8) + piece + Array("\r\n".utf8) : piece
            var sent = 0
            while sent < 1_000_000_000, !connection.hasAnswer, connection.send(chunk) { sent += chunk.count }
            #expect(sent < 100_000_000, "The server read \(sent) bytes.")
            #expect(try connection.reply().status == 413)
            // It reads on for a second at most, so that the client comes to see the reply.
            #expect(eventually { !connection.send(chunk) })
            #expect(server.memory < before + 32 * Self.megabyte, "\(before) bytes before, \(server.memory) after")
            #expect(try server.predict(ServingProject.row(0)).status == 200)
        }

        @Test func `a stream of more rows than a request may have`() async throws {
            let server = try await Server(in: try await ServingProject.make("limits: {rows: 100}"))
            for (type, body) in [
                ("text/csv", ServingProject.csv(0..<101)),
                ("application/x-ndjson", (0..<101).map { ServingProject.row($0) + "\n" }.joined()),
            ] {
                let reply = try server.connect().ask(
                    "POST", Server.predictPath, ["Content-Type": type], body: Array(body.utf8))
                #expect(
                    reply.status == 200 && reply.text.split(separator: "\n").count == 101, "\(type) \(reply.status)")
            }
            #expect(try server.predict(ServingProject.row(0)).status == 200)
        }
    }
}
