import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import LeewayServer

/// Connections as timelines of what the client sends, what the server answers, and the seconds between.
@Suite struct ConnectionGuardTests {
    private enum Event {
        /// So many seconds pass.
        case seconds(Int64)
        /// The client sends a request's head.
        case head
        /// The client sends so many bytes of a body.
        case body(Int)
        /// The client ends its request.
        case end
        /// The server sends a reply's head.
        case reply
        /// The server ends its reply.
        case done
    }

    /// Closing the outgoing half leaves the other one open, which an embedded channel can't.
    private final class HalfClosing: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            if mode == .output { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
        }
    }

    /// The event after which the connection was closed, by number; nil where it never was.
    private static func closed(_ events: Event...) throws -> Int? {
        let limits = ConnectionGuard.Limits(header: .seconds(10), body: .seconds(30), idle: .seconds(60))
        let channel = EmbeddedChannel(handlers: [HalfClosing(), ConnectionGuard(limits)])
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        for (place, event) in events.enumerated() {
            switch event {
            case .seconds(let seconds): channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
            case .head:
                try channel.writeInbound(
                    HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/")))
            case .body(let count):
                try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: count)))
            case .end: try channel.writeInbound(HTTPRequestPart.end(nil))
            case .reply: try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
            case .done: try channel.writeOutbound(HTTPResponsePart.end(nil))
            }
            channel.embeddedEventLoop.run()
            if !channel.isActive { return place }
        }
        return nil
    }

    @Test func `a client that sends nothing has as long as for a head`() throws {
        #expect(try Self.closed(.seconds(10)) == nil)
        #expect(try Self.closed(.seconds(10), .seconds(1)) == 1)
        #expect(try Self.closed(.seconds(9), .head, .end, .reply, .done) == nil)
    }

    @Test func `a request that is worked on may take any time`() throws {
        #expect(try Self.closed(.head, .end, .seconds(1_000), .reply, .seconds(1_000), .done) == nil)
    }

    @Test func `between two requests a connection may be idle so long`() throws {
        #expect(try Self.closed(.head, .end, .reply, .done, .seconds(60)) == nil)
        #expect(try Self.closed(.head, .end, .reply, .done, .seconds(60), .seconds(1)) == 5)
        #expect(try Self.closed(.head, .end, .reply, .done, .seconds(59), .head, .end, .seconds(100), .done) == nil)
    }

    @Test func `a body must come at a pace`() throws {
        // 4,096 bytes a second, looked at every 30 seconds.
        #expect(try Self.closed(.head, .seconds(30)) == nil)
        #expect(try Self.closed(.head, .seconds(31)) == 1)
        #expect(try Self.closed(.head, .body(31 * 4096), .seconds(31), .body(31 * 4096), .seconds(31)) == nil)
        #expect(try Self.closed(.head, .body(31 * 4096 - 1), .seconds(31)) == 2)
        // What came early does not count for later.
        #expect(try Self.closed(.head, .body(1 << 20), .seconds(31), .seconds(30), .seconds(1)) == 4)
        #expect(try Self.closed(.head, .body(1), .end, .seconds(1_000)) == nil)
    }

    @Test func `a reply before the request's end ends the connection`() throws {
        // After a second in which what is on its way is taken and thrown away.
        #expect(try Self.closed(.head, .body(10), .reply, .done, .body(1 << 20)) == nil)
        #expect(try Self.closed(.head, .body(10), .reply, .done, .seconds(1)) == 4)
        #expect(try Self.closed(.head, .body(10), .reply, .done, .end, .seconds(1)) == 5)
        #expect(try Self.closed(.head, .body(10), .reply, .end, .done, .seconds(1)) == nil)
    }

    @Test func `a client need not wait for its answers`() throws {
        // The second request is on its way when the first is answered.
        #expect(try Self.closed(.head, .end, .head, .body(10), .reply, .done, .body(10), .end, .reply, .done) == nil)
        #expect(try Self.closed(.head, .end, .head, .end, .reply, .done, .seconds(100), .reply, .done) == nil)
        #expect(try Self.closed(.head, .end, .head, .seconds(100), .reply, .done, .seconds(30)) == nil)
        #expect(try Self.closed(.head, .end, .head, .reply, .done, .seconds(31)) == 5)
        #expect(try Self.closed(.head, .end, .head, .body(10), .reply, .done, .reply, .done, .seconds(1)) == 8)
    }

    @Test func `parts are handed on as they are`() throws {
        let channel = EmbeddedChannel(
            handler: ConnectionGuard(.init(header: .seconds(1), body: .seconds(1), idle: .seconds(1))))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let head = HTTPRequestPart.head(HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/x"))
        for part in [head, .body(ByteBuffer(string: "text")), .end([.contentType: "x"])] {
            try channel.writeInbound(part)
            #expect(try channel.readInbound(as: HTTPRequestPart.self) == part)
        }
        for part in [HTTPResponsePart.head(HTTPResponse(status: .ok)), .body(ByteBuffer(string: "text")), .end(nil)] {
            try channel.writeOutbound(part)
            #expect(try channel.readOutbound(as: HTTPResponsePart.self) == part)
        }
        #expect(try channel.finish(acceptAlreadyClosed: true).isClean)
    }
}
