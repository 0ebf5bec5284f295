import LeewayNotify
import LeewayStore
import LeewayWorkflow

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Machine {
    /// How this process sends alerts: over the network, to stderr, by the real clock.
    ///
    /// `SSL_CERT_FILE` names authorities beside the system's, as other programs take it.
    static var alertMeans: AlertMeans {
        let client = WebhookClient(certificates: variable("SSL_CERT_FILE"))
        return AlertMeans(
            post: { body, url, timeout in await client.post(body, to: url, timeout: timeout) },
            log: { Terminal.standardError.write($0 + "\n") }, variable: { variable($0) },
            pause: { try await Task.sleep(for: $0) }, seconds: { SystemClock.seconds }, now: { SystemClock.now })
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
