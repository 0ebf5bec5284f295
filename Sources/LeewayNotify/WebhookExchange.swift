import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer: whatever comes first ends it, and closes the connection.
final class WebhookExchange: Sendable {
    private struct State {
        var isOver = false
        var channel: (any Channel)?
    }

    private let promise: EventLoopPromise<HTTPResponseStatus>
    private let state = Mutex(State())

    init(_ promise: EventLoopPromise<HTTPResponseStatus>) { self.promise = promise }

    var status: EventLoopFuture<HTTPResponseStatus> { promise.futureResult }

    /// Sends the request over a connection that was made; closes it where it came too late.
    func send(_ head: HTTPRequestHead, _ body: [UInt8], on channel: any Channel) {
        let isLate = state.withLock { state in
            state.channel = channel
            return state.isOver
        }
        guard !isLate else { return channel.close(promise: nil) }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
        // What can't be written shows in how the connection ends.
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    /// The server answered.
    func succeed(_ status: HTTPResponseStatus) { end { promise.succeed(status) } }

    /// It did not, or will not be waited for.
    func fail(_ error: any Error) { end { promise.fail(error) } }

    private func end(_ settle: () -> Void) {
        let (isFirst, channel) = state.withLock { state in
            defer { state.isOver = true }
            return (!state.isOver, state.channel)
        }
        if isFirst { settle() }
        channel?.close(promise: nil)
    }
}

/// Waits for the head of the answer, and reads nothing more.
final class WebhookAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let exchange: WebhookExchange

    init(_ exchange: WebhookExchange) { self.exchange = exchange }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What comes before the answer, such as 100, is none.
        guard case .head(let head) = unwrapInboundIn(data), head.status.code >= 200 else { return }
        exchange.succeed(head.status)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        exchange.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        exchange.fail(WebhookFailure.closed)
        context.fireChannelInactive()
    }
}
