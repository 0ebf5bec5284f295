package import LeewayCore

/// What a delivery asks of the world: the network, a log, the environment, a clock.
package struct AlertMeans: Sendable {
    /// Posts JSON to a webhook, within a time.
    package let post: @Sendable (_ body: [UInt8], _ url: WebhookURL, _ timeout: Duration) async -> WebhookAnswer
    /// Writes a line to the log.
    package let log: @Sendable (_ line: String) -> Void
    /// A variable of the environment.
    package let variable: @Sendable (_ name: String) -> String?
    /// Waits; throws where the task is cancelled.
    package let pause: @Sendable (_ duration: Duration) async throws -> Void
    /// Seconds that only grow.
    package let seconds: @Sendable () -> Double
    package let now: @Sendable () -> Timestamp

    package init(
        post: @escaping @Sendable (_ body: [UInt8], _ url: WebhookURL, _ timeout: Duration) async -> WebhookAnswer,
        log: @escaping @Sendable (_ line: String) -> Void,
        variable: @escaping @Sendable (_ name: String) -> String?,
        pause: @escaping @Sendable (_ duration: Duration) async throws -> Void,
        seconds: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> Timestamp
    ) {
        (self.post, self.log, self.variable) = (post, log, variable)
        (self.pause, self.seconds, self.now) = (pause, seconds, now)
    }
}
