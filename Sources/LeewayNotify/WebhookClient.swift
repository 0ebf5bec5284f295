package import LeewayCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Posts JSON to webhooks: HTTP/1.1, one request a connection.
///
/// What counts as an answer is the status alone: 200 to 299 is success, a body is not read, a redirect is not followed, for it
/// could lead a secret to another host. No proxy is asked. Certificates and their names are always verified, against the
/// system's authorities and those of `certificates`.
package struct WebhookClient: Sendable {
    private let certificates: String?

    /// Takes a PEM file of more authorities; nil for the system's alone.
    package init(certificates: String? = nil) { self.certificates = certificates }

    /// Posts a body; `timeout` is for all of it, from the host's name to the answer.
    ///
    /// A task that is cancelled gives up.
    package func post(_ body: [UInt8], to url: WebhookURL, timeout: Duration) async -> WebhookAnswer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let exchange = WebhookExchange(loop.makePromise(of: HTTPResponseStatus.self))
        // A clock of its own: a name server that does not answer holds up the connection and all that it counts.
        let alarm = loop.scheduleTask(in: TimeAmount(timeout)) { exchange.fail(WebhookFailure.timedOut) }
        let answer: WebhookAnswer
        do {
            let context = try url.isSecure ? NIOSSLContext(configuration: try tls()) : nil
            let connection = ClientBootstrap(group: loop).connectTimeout(TimeAmount(timeout))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.fill(channel.pipeline.syncOperations, url, context, exchange)
                    }
                }
                .connect(host: url.host, port: url.port)
            connection.whenSuccess { channel in exchange.send(Self.head(url, body), body, on: channel) }
            connection.whenFailure { exchange.fail($0) }
            let status = try await withTaskCancellationHandler {
                try await exchange.status.get()
            } onCancel: {
                exchange.fail(CancellationError())
            }
            answer = Self.answer(status, url)
        } catch {
            exchange.fail(error)
            answer = WebhookFailure.answer(to: error, url, timeout: timeout)
        }
        alarm.cancel()
        return answer
    }

    private func tls() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let certificates {
            configuration.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(certificates))]
        }
        return configuration
    }

    private static func fill(
        _ pipeline: ChannelPipeline.SynchronousOperations, _ url: WebhookURL, _ context: NIOSSLContext?,
        _ exchange: WebhookExchange
    ) throws {
        if let context {
            // An address is no name that a server could be asked for.
            let isAddress = (try? SocketAddress(ipAddress: url.host, port: url.port)) != nil
            try pipeline.addHandler(
                NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : url.host))
        }
        try pipeline.addHTTPClientHandlers()
        try pipeline.addHandler(WebhookAnswerHandler(exchange))
    }

    private static func head(_ url: WebhookURL, _ body: [UInt8]) -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "Host": url.authority, "Content-Type": "application/json; charset=utf-8", "Content-Length": "\(body.count)",
            "User-Agent": "leeway/\(LeewayVersion.current)", "Accept": "*/*", "Connection": "close",
        ]
        if let credentials = url.credentials {
            headers.add(name: "Authorization", value: "Basic " + Base64.text(of: Array(credentials.utf8)))
        }
        return HTTPRequestHead(version: .http1_1, method: .POST, uri: url.target, headers: headers)
    }

    private static func answer(_ status: HTTPResponseStatus, _ url: WebhookURL) -> WebhookAnswer {
        switch status.code {
        case 200..<300: .taken
        case 300..<400:
            .failed(
                reason: "\(url.host) answered \(status.code), a redirect, which is not followed", isLasting: true)
        // Those that ask for another try.
        case 408, 425, 429: .failed(reason: "\(url.host) answered \(status.code)", isLasting: false)
        case 400..<500: .failed(reason: "\(url.host) answered \(status.code)", isLasting: true)
        default: .failed(reason: "\(url.host) answered \(status.code)", isLasting: false)
        }
    }
}
