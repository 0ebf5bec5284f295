import LeewayCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why there was no answer.
enum WebhookFailure: Error {
    /// The time was over.
    case timedOut
    /// The connection ended without an answer.
    case closed

    /// An error in words that hold no more of the URL than its host.
    static func answer(to error: any Error, _ url: WebhookURL, timeout: Duration) -> WebhookAnswer {
        let host = url.host
        switch error {
        case WebhookFailure.timedOut, ChannelError.connectTimeout:
            return .failed(reason: "\(host) did not answer within \(seconds(timeout)) s", isLasting: false)
        case WebhookFailure.closed, ChannelError.eof, ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed,
            HTTPParserError.invalidEOFState:
            return .failed(reason: "\(host) closed the connection without an answer", isLasting: false)
        case let error as NIOConnectionError: return answer(to: error, host)
        case let error as IOError: return .failed(reason: "\(host): \(reason(error))", isLasting: false)
        case is HTTPParserError: return .failed(reason: "\(host) does not speak HTTP", isLasting: true)
        case is NIOSSLExtraError:
            return .failed(reason: "the certificate of \(host) is for another name", isLasting: true)
        case NIOSSLError.handshakeFailed(let failure):
            // The library's word for it; what it prints is made of its error queue, and holds no secret of ours.
            let isCertificate = "\(failure)".contains("CERTIFICATE_VERIFY_FAILED")
            let reason = isCertificate ? "the certificate of \(host) is not trusted" : "no TLS with \(host)"
            return .failed(reason: reason, isLasting: isCertificate)
        case is BoringSSLError, is NIOSSLError:
            return .failed(reason: "no TLS with \(host)", isLasting: false)
        case is CancellationError: return .failed(reason: "it was stopped", isLasting: false)
        default: return .failed(reason: "\(host): \(type(of: error))", isLasting: false)
        }
    }

    private static func answer(to error: NIOConnectionError, _ host: String) -> WebhookAnswer {
        guard !error.connectionErrors.isEmpty else {
            return .failed(reason: "the name \(host) leads to no address", isLasting: false)
        }
        let reasons = error.connectionErrors.map { single in
            guard let failure = single.error as? IOError else { return "no connection" }
            return reason(failure)
        }
        return .failed(reason: "\(host): \(reasons[0])", isLasting: false)
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "the connection was refused"
        case ECONNRESET, EPIPE: "the connection was cut"
        case ENETUNREACH, EHOSTUNREACH: "there is no way to it"
        case ETIMEDOUT: "no connection"
        default: String(cString: strerror(error.errnoCode))
        }
    }

    private static func seconds(_ timeout: Duration) -> String {
        let (seconds, attoseconds) = timeout.components
        let tenths = attoseconds / 100_000_000_000_000_000
        return tenths == 0 ? "\(seconds)" : "\(seconds).\(tenths)"
    }
}
