import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections that take too long: to begin, to send a request's head, to send its body, to ask again.
///
/// It looks once a second instead of setting a timer for each request. A request that is answered before all of it was
/// read ends the connection, so that nobody can make the server read a body that it has refused.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a client may take.
    struct Limits: Sendable {
        /// Until a request's head is there, once its connection has begun.
        var header: TimeAmount
        /// Between two looks at a body that must bring `bytesPerSecond`.
        var body: TimeAmount
        /// Between two requests.
        var idle: TimeAmount
        /// The largest body that a client who asks first is told to send.
        var bodyBytes = Int.max
        /// The slowest body.
        var bytesPerSecond = 4096
    }

    /// How long a client that was refused may go on sending, so that it comes to read the reply.
    private static let lingering = TimeAmount.seconds(1)

    private enum Phase {
        case waitingForFirst(since: NIODeadline)
        case reading(since: NIODeadline, bytes: Int)
        case answering
        case idle(since: NIODeadline)
    }

    private let limits: Limits
    private var phase: Phase = .answering
    private var isReading = false
    /// Requests that were read to their end and not answered yet.
    private var unanswered = 0
    /// Bytes of a reply that had not been sent at the last look.
    private var lastUnsent = Int.max
    private var tick: Scheduled<Void>?

    init(_ limits: Limits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        tick?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { tick?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if unanswered == 0 { invite(head, context) }
            isReading = true
            phase = .reading(since: context.eventLoop.now, bytes: 0)
        case .body(let buffer):
            if case .reading(let since, let bytes) = phase {
                phase = .reading(since: since, bytes: bytes + buffer.readableBytes)
            }
        case .end:
            isReading = false
            unanswered += 1
            phase = .answering
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else {
            context.write(data, promise: promise)
            return
        }
        if unanswered > 0 {
            unanswered -= 1
            let now = context.eventLoop.now
            // A client that does not wait for its answer may have begun the next request.
            phase = isReading ? .reading(since: now, bytes: 0) : unanswered > 0 ? .answering : .idle(since: now)
            context.write(data, promise: promise)
            return
        }
        phase = .idle(since: context.eventLoop.now)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in
            // Closed at once, the client's system would throw the reply away with what is still on its way here.
            bound.value.close(mode: .output, promise: nil)
            bound.value.eventLoop.scheduleTask(in: Self.lingering) { bound.value.close(promise: nil) }
        }
        context.write(data, promise: written)
    }

    /// Tells a client that asks first (`Expect: 100-continue`) to send its body; amid another reply it goes without.
    private func invite(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        guard let expectation = head.headerFields[.expect], expectation.lowercased() == "100-continue",
            head.headerFields[.contentLength].flatMap({ Int($0) }) ?? 0 <= limits.bodyBytes
        else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    private func begin(_ context: ChannelHandlerContext) {
        phase = .waitingForFirst(since: context.eventLoop.now)
        schedule(context)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        tick = context.eventLoop.scheduleTask(in: .seconds(1)) {
            let (own, context) = bound.value
            own.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        let isLate: Bool
        switch phase {
        case .waitingForFirst(let since): isLate = now - since > limits.header
        case .idle(let since):
            // What is written may still be on its way, to a client that reads slowly.
            let unsent = (try? context.channel.syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0
            if unsent > 0, unsent < lastUnsent { phase = .idle(since: now) }
            isLate = now - since > (unsent > 0 ? limits.body : limits.idle) && (unsent == 0 || unsent >= lastUnsent)
            lastUnsent = unsent
        case .answering: isLate = false
        case .reading where unanswered > 0: isLate = false
        case .reading(let since, let bytes):
            let elapsed = now - since
            let isDue = elapsed > limits.body
            isLate = isDue && Int64(bytes) < elapsed.nanoseconds / 1_000_000_000 * Int64(limits.bytesPerSecond)
            if isDue, !isLate { phase = .reading(since: now, bytes: 0) }
        }
        if isLate { context.close(promise: nil) } else { schedule(context) }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
