import LeewayCore
import Testing

@testable import LeewayNotify

/// Against a real server on this machine, which behaves as its path says.
@Suite(.enabled(if: WebhookServer.has("python3"), "Left out: there is no python3 to answer.")) struct WebhookClientTests
{
    private static let timeout = Duration.milliseconds(1500)

    private static func post(
        _ address: String, _ body: String = #"{"a":1}"#, timeout: Duration = .seconds(30), certificates: String? = nil
    ) async throws -> WebhookAnswer {
        let url = try #require(WebhookURL(address))
        return await WebhookClient(certificates: certificates).post(Array(body.utf8), to: url, timeout: timeout)
    }

    @Test func `posts JSON, and reads the status alone`() async throws {
        let server = try WebhookServer()
        let body = #"{"summary":"größer"}"#
        for path in ["/status/200?token=SECRET", "/status/299", "/slow", "/continue", "/endless"] {
            #expect(try await Self.post("http://127.0.0.1:\(server.port)\(path)", body) == .taken)
        }
        let requests = try server.requests()
        #expect(requests.count == 5)
        #expect(requests[0].line == "POST /status/200?token=SECRET HTTP/1.1" && requests[0].body == body)
        #expect(
            requests[0].headers == [
                "Host": "127.0.0.1:\(server.port)", "Content-Type": "application/json; charset=utf-8",
                "Content-Length": "\(body.utf8.count)", "User-Agent": "leeway/\(LeewayVersion.current)",
                "Accept": "*/*",
                "Connection": "close",
            ])
    }

    @Test func `a large body arrives whole`() async throws {
        let server = try WebhookServer()
        let body = "[" + String(repeating: "1234567890,", count: 300_000) + "0]"
        #expect(try await Self.post("http://127.0.0.1:\(server.port)/status/200", body) == .taken)
        #expect(try server.requests()[0].body == body)
    }

    @Test func `a name and a password become a header`() async throws {
        let server = try WebhookServer()
        #expect(try await Self.post("http://me:p%40ss@localhost:\(server.port)/status/200") == .taken)
        // Oracle: CPython 3.13, base64.b64encode(b"me:p@ss").
        #expect(try server.requests()[0].headers["Authorization"] == "Basic bWU6cEBzcw==")
    }

    private static let refusals: [(path: String, reason: String, isLasting: Bool)] = [
        ("/status/500", "127.0.0.1 answered 500", false), ("/status/503", "127.0.0.1 answered 503", false),
        ("/status/404", "127.0.0.1 answered 404", true), ("/status/400", "127.0.0.1 answered 400", true),
        ("/status/408", "127.0.0.1 answered 408", false), ("/status/425", "127.0.0.1 answered 425", false),
        ("/status/429", "127.0.0.1 answered 429", false),
        ("/redirect", "127.0.0.1 answered 301, a redirect, which is not followed", true),
        ("/close", "127.0.0.1 closed the connection without an answer", false),
        ("/cut", "127.0.0.1 closed the connection without an answer", false),
        ("/reset", "127.0.0.1: the connection was cut", false), ("/garbage", "127.0.0.1 does not speak HTTP", true),
    ]

    @Test(arguments: refusals)
    func `what goes wrong is told without the URL`(path: String, reason: String, isLasting: Bool) async throws {
        let server = try WebhookServer()
        let answer = try await Self.post("http://127.0.0.1:\(server.port)\(path)?token=SECRET")
        #expect(answer == .failed(reason: reason, isLasting: isLasting))
        #expect(try server.requests().count == 1)
    }

    @Test(.timeLimit(.minutes(10)), arguments: ["/hang", "/half", "/drip"])
    func `one that does not come to an end is left`(path: String) async throws {
        let server = try WebhookServer()
        let answer = try await Self.post("http://127.0.0.1:\(server.port)\(path)", timeout: Self.timeout)
        #expect(answer == .failed(reason: "127.0.0.1 did not answer within 1.5 s", isLasting: false))
    }

    @Test func `nobody listens`() async throws {
        // A port that is taken, and has no listener.
        let taken = try TakenPort()
        let answer = try await Self.post("http://127.0.0.1:\(taken.port)/")
        #expect(answer == .failed(reason: "127.0.0.1: the connection was refused", isLasting: false))
    }

    @Test func `a name that leads nowhere`() async throws {
        let answer = try await Self.post("http://leeway-test.invalid/SECRET", timeout: .seconds(5))
        let reasons = [
            "the name leeway-test.invalid leads to no address", "leeway-test.invalid did not answer within 5 s",
        ]
        // Which one depends on the name server of the machine.
        #expect(reasons.contains { answer == .failed(reason: $0, isLasting: false) }, "\(answer)")
    }

    @Test func `a task that is cancelled gives up`() async throws {
        let server = try WebhookServer()
        let port = server.port
        let task = Task { try await Self.post("http://127.0.0.1:\(port)/hang") }
        task.cancel()
        #expect(try await task.value == .failed(reason: "it was stopped", isLasting: false))
    }

    @Test func `many at once`() async throws {
        let server = try WebhookServer()
        let port = server.port
        let answers = try await withThrowingTaskGroup(of: WebhookAnswer.self) { group in
            for _ in 0..<50 { group.addTask { try await Self.post("http://127.0.0.1:\(port)/slow") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: .taken, count: 50))
    }

    @Suite(.enabled(if: WebhookServer.has("openssl"), "Left out: there is no openssl to make a certificate with."))
    struct OverTLS {
        @Test func `a certificate that nobody vouches for is refused, and the request never sent`() async throws {
            let server = try WebhookServer(certificateFor: "IP:127.0.0.1")
            let answer = try await post("https://127.0.0.1:\(server.port)/status/200")
            #expect(answer == .failed(reason: "the certificate of 127.0.0.1 is not trusted", isLasting: true))
            #expect(try server.requests().isEmpty)
        }

        @Test func `one of an authority that was named is taken`() async throws {
            let server = try WebhookServer(certificateFor: "IP:127.0.0.1")
            let answer = try await post(
                "https://127.0.0.1:\(server.port)/status/200", certificates: server.certificate)
            #expect(answer == .taken)
            let named = try WebhookServer(certificateFor: "DNS:localhost")
            #expect(
                try await post("https://localhost:\(named.port)/status/200", certificates: named.certificate)
                    == .taken)
        }

        @Test func `one for another name is refused`() async throws {
            let server = try WebhookServer(certificateFor: "DNS:other.example")
            for host in ["127.0.0.1", "localhost"] {
                let answer = try await post(
                    "https://\(host):\(server.port)/status/200", certificates: server.certificate)
                #expect(answer == .failed(reason: "the certificate of \(host) is for another name", isLasting: true))
            }
            #expect(try server.requests().isEmpty)
        }

        @Test func `a server without TLS`() async throws {
            let server = try WebhookServer()
            let answer = try await post("https://127.0.0.1:\(server.port)/status/200", timeout: .seconds(5))
            guard case .failed(let reason, _) = answer else {
                Issue.record("It was taken.")
                return
            }
            #expect(["no TLS with 127.0.0.1", "127.0.0.1 did not answer within 5 s"].contains(reason))
        }

        @Test func `TLS where plain HTTP was asked for`() async throws {
            let server = try WebhookServer(certificateFor: "IP:127.0.0.1")
            guard case .failed = try await post("http://127.0.0.1:\(server.port)/status/200") else {
                Issue.record("It was taken.")
                return
            }
        }

        @Test func `a file of authorities that is none`() async throws {
            let answer = try await post("https://127.0.0.1:1/", certificates: "/dev/null")
            guard case .failed(let reason, _) = answer else { return }
            #expect(reason == "no TLS with 127.0.0.1" || reason == "127.0.0.1: the connection was refused")
        }

        private func post(
            _ address: String, timeout: Duration = .seconds(30), certificates: String? = nil
        ) async throws -> WebhookAnswer {
            try await WebhookClientTests.post(address, timeout: timeout, certificates: certificates)
        }
    }
}

@Suite struct Base64Tests {
    // Oracle: RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `matches the standard`(text: String, encoded: String) { #expect(Base64.text(of: Array(text.utf8)) == encoded) }

    @Test func `has all signs`() { #expect(Base64.text(of: [0xFB, 0xFF, 0xBF]) == "+/+/") }
}
