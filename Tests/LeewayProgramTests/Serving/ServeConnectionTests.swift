import Foundation
import Testing

extension ProgramTests {
    /// Connections that nobody should make, and some that are unusual and right.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing), .tags(.slow)) struct ServeConnectionTests {
        private static let row = Array(ServingProject.row(0).utf8)

        @Test func `clients that drip are cut off, and others are served meanwhile`() async throws {
            let server = try await Server(
                in: try await ServingProject.make("limits: {header_timeout: 1s, body_timeout: 1s, idle_timeout: 2s}"))
            let head = HTTPConnection.head("POST", Server.predictPath, Server.json, length: Self.row.count)
            // Nothing; a head in drops; a body in drops; nothing after a reply; a head in drops after a reply.
            let starts: [(answered: Bool, first: [UInt8], drops: [UInt8])] = [
                (false, [], []), (false, [], head), (false, head, Self.row), (true, [], []), (true, [], head),
            ]
            let isCutOff = Findings<Int>()
            let load = Load(clients: starts.count) { client in
                let start = starts[client.number]
                guard let connection = try? server.connect(patience: 20) else { return }
                if start.answered { _ = try? connection.ask("GET", "/healthz") }
                connection.send(start.first)
                for drop in start.drops {
                    if connection.hasAnswer || !connection.send([drop]) { break }
                    usleep(100_000)
                }
                if connection.isClosedByServer() { isCutOff.add(client.number) }
            }
            while isCutOff.count < starts.count, client(of: server) {}
            await load.wait()
            #expect(Set(isCutOff.all) == Set(starts.indices))
            #expect(try server.metric("leeway_http_requests_active") == 0)
        }

        /// Whether another client is served.
        private func client(of server: Server) -> Bool {
            usleep(20_000)
            let isServed = (try? server.predict(ServingProject.row(0)))?.status == 200
            #expect(isServed)
            return isServed
        }

        @Test(arguments: [
            "\0\0\0\0\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "get /healthz HTTP/1.1\r\n\r\n",
            "GET /healthz\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}", "SSH-2.0-x\r\n",
            "GET /healthz HTTP/1.1\r\nHost: x\r\nBad Header: x\r\n\r\n", "GET /healthz HTTP/1.1\r\nno colon\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nX: a\0b\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
        ])
        func `what is no HTTP`(text: String) async throws {
            let server = try await Self.shared.value
            let connection = try server.connect(patience: 10)
            connection.send(text)
            connection.endSending()
            if let reply = try? connection.reply() { #expect((400..<500).contains(reply.status), "\(reply.status)") }
            #expect(connection.isClosedByServer())
            #expect(try server.get("/healthz").status == 200)
        }

        /// For tests that leave a server as it was.
        private static let shared = Task {
            try await Server(in: try await ServingProject.make().keptUntilExit()).keptUntilExit()
        }

        /// Heads whose body one reader could end elsewhere than another.
        private static let ambiguous = [
            "Content-Length: 4\r\nContent-Length: 5", "Content-Length: 4\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 4", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: xchunked", "Content-Length: +4", "Content-Length: 4, 5", "Content-Length: 0x4",
            "Content-Length: -4", "Content-Length : 4", "Content-Length: 99999999999999999999",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", " Content-Length: 4",
        ]

        @Test(arguments: ambiguous)
        func `a body that could end in two places is not taken`(headers: String) async throws {
            let server = try await Server(in: try await ServingProject.make())
            let connection = try server.connect(patience: 5)
            let hidden = HTTPConnection.head("POST", Server.predictPath, Server.json, length: Self.row.count) + Self.row
            connection.send("POST /healthz HTTP/1.1\r\nHost: x\r\n\(headers)\r\n\r\n0\r\n\r\n")
            connection.send(hidden)
            // What comes first may be refused for its method; what is hidden behind it must not be answered.
            while let reply = try? connection.reply() { #expect((400..<500).contains(reply.status), "\(reply.status)") }
            #expect(connection.isClosedByServer())
            #expect(try server.metric("leeway_inference_rows_total").isNaN)
        }

        @Test func `heads that are too long`() async throws {
            let server = try await Self.shared.value
            let long = String(repeating: "x", count: 100_000)
            let heads = [
                "GET /\(long) HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: \(long)\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: x\r\n"
                    + (0..<2000).map { "X-\($0): y\r\n" }.joined() + "\r\n",
                "GET /healthz HTTP/1.1\r\n\(long): y\r\n\r\n",
            ]
            for head in heads {
                let connection = try server.connect(patience: 10)
                connection.send(head)
                if let reply = try? connection.reply() {
                    #expect((400..<500).contains(reply.status), "\(reply.status)")
                }
                #expect(connection.isClosedByServer())
            }
            #expect(try server.get("/healthz").status == 200)
        }

        @Test func `many requests at once on one connection, answered in their order`() async throws {
            let server = try await Self.shared.value
            let connection = try server.connect()
            let requests = (0..<50).flatMap { number in
                HTTPConnection.head(
                    "POST", Server.predictPath, Server.json.merging(["X-Request-ID": "n\(number)"]) { $1 },
                    length: Self.row.count) + Self.row
            }
            connection.send(requests)
            for number in 0..<50 {
                let reply = try connection.reply()
                #expect(reply.status == 200 && reply["X-Request-ID"] == "n\(number)")
            }
        }

        @Test func `HEAD has no body, and the connection goes on`() async throws {
            let server = try await Self.shared.value
            let connection = try server.connect(patience: 5)
            let head = try connection.ask("HEAD", "/healthz")
            #expect(head.status == 200 && head["Content-Length"] == "15")
            #expect(try connection.ask("GET", "/healthz").text == #"{"status":"ok"}"#)
            #expect(try connection.ask("HEAD", "/nowhere").status == 404)
            #expect(try connection.ask("HEAD", Server.predictPath).status == 405)
            let options = try connection.ask("OPTIONS", Server.predictPath)
            #expect(options.status == 405 && options["Allow"] == "POST")
            #expect(try connection.ask("OPTIONS", "*").status == 404)
            #expect(try connection.ask("GET", "/healthz").status == 200)
        }

        @Test func `a client that waits to be told to send its body`() async throws {
            let server = try await Self.shared.value
            let connection = try server.connect(patience: 5)
            let headers = Server.json.merging(["Expect": "100-continue"]) { $1 }
            connection.send(HTTPConnection.head("POST", Server.predictPath, headers, length: Self.row.count))
            #expect(try connection.reply(keeping100: true).status == 100)
            connection.send(Self.row)
            #expect(try connection.reply().status == 200)
            // One that asks to send too much is told so instead.
            connection.send(HTTPConnection.head("POST", Server.predictPath, headers, length: 1_000_000_000))
            #expect(try connection.reply(keeping100: true).status == 413)
        }

        @Test func `chunks, a body in pieces, and a client that has said all`() async throws {
            let server = try await Self.shared.value
            let chunked = try server.connect()
            chunked.send(
                HTTPConnection.head(
                    "POST", Server.predictPath, Server.json.merging(["Transfer-Encoding": "chunked"]) { $1 },
                    length: nil))
            for byte in Self.row { chunked.send(Array("1;x=y\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
            chunked.send("0\r\nX-Trailer: z\r\n\r\n")
            #expect(try chunked.reply().status == 200)
            let halfClosed = try server.connect()
            halfClosed.send(
                HTTPConnection.head("POST", Server.predictPath, Server.json, length: Self.row.count) + Self.row)
            halfClosed.endSending()
            #expect(try halfClosed.reply().status == 200)
            #expect(halfClosed.isClosedByServer())
            let old = try server.connect()
            old.send("GET /healthz HTTP/1.0\r\n\r\n")
            #expect(try old.reply().status == 200)
            let last = try server.connect()
            #expect(try last.ask("GET", "/healthz", ["Connection": "close"]).status == 200)
            #expect(last.isClosedByServer())
        }

        @Test func `clients that go away in the middle`() async throws {
            let server = try await Server(in: try await ServingProject.make("limits: {concurrency: 2, queue: 2}"))
            for _ in 0..<50 {
                let midBody = try server.connect()
                midBody.send(HTTPConnection.head("POST", Server.predictPath, Server.json, length: 1000))
                midBody.send("{")
                let midReply = try server.connect()
                let body = Array(ServingProject.rows(0..<200).utf8)
                midReply.send(HTTPConnection.head("POST", Server.predictPath, Server.json, length: body.count) + body)
            }
            #expect(try eventually { try server.metric("leeway_http_requests_active") == 0 })
            #expect(try server.predict(ServingProject.row(0)).status == 200)
            #expect(!server.process.errorsSoFar.contains(#""level":"error""#))
        }

        @Test func `bodies that are announced and never come take no room from others`() async throws {
            let server = try await Server(in: try await ServingProject.make())
            let idle = try (0..<80).map { _ in try server.connect() }
            let head = HTTPConnection.head("POST", Server.predictPath, Server.json, length: 16_000_000)
            for connection in idle { #expect(connection.send(head)) }
            for row in 0..<5 { #expect(try server.predict(ServingProject.row(row)).status == 200) }
            withExtendedLifetime(idle) {}
        }

        @Test func `more connections than there may be wait for a place`() async throws {
            let server = try await Server(in: try await ServingProject.make("limits: {connections: 3}"))
            var open = try (0..<3).map { _ in try server.connect() }
            for connection in open { #expect(try connection.ask("GET", "/healthz").status == 200) }
            let waiting = try server.connect(patience: 1)
            #expect(throws: HTTPConnection.Failure.late) { try waiting.ask("GET", "/healthz") }
            open.removeAll()
            #expect(eventually { (try? waiting.reply().status) == 200 })
        }

        @Test func `more requests than can be worked on get 429`() async throws {
            let server = try await Server(
                in: try await ServingProject.make("limits: {concurrency: 1, queue: 0}", "log: {durability: fsync}"))
            let seen = Findings<HTTPReply>()
            let body = Array(ServingProject.rows(0..<200).utf8)
            let load = Load(clients: 6) { client in
                guard let connection = try? server.connect() else { return }
                while client.goesOn {
                    guard let reply = try? connection.ask("POST", Server.predictPath, Server.json, body: body) else {
                        Issue.record("A connection broke.")
                        return
                    }
                    seen.add(reply)
                }
            }
            #expect(eventually { Set(seen.all.map(\.status)).isSuperset(of: [200, 429]) })
            await load.stop()
            #expect(Set(seen.all.map(\.status)) == [200, 429])
            let turnedAway = seen.all.filter { $0.status == 429 }
            #expect(
                turnedAway.allSatisfy { $0["Retry-After"] == "1" && $0["Content-Type"] == "application/problem+json" })
            #expect(try server.metric("leeway_http_requests_turned_away_total") == Double(turnedAway.count))
            #expect(try server.predict(ServingProject.row(0)).status == 200)
        }
    }
}
