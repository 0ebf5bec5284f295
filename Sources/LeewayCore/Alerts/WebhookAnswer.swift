/// What came of a request to a webhook.
package enum WebhookAnswer: Sendable, Equatable {
    /// The server took it: a status of 200 to 299.
    case taken
    /// It did not, or it was never reached; the reason names the host and nothing more of the URL.
    case failed(reason: String, isLasting: Bool)
}
