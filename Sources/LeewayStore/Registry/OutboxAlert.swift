/// An alert that waits for its delivery to one sink.
package struct OutboxAlert: Sendable, Equatable, Identifiable {
    package let id: Int64
    package let model: String
    /// Where it goes, by the sink's own name, which holds no secret.
    package let sink: String
    /// The event, as JSON.
    package let payload: String
    /// The runs that tried it in vain.
    package let attempts: Int
}
