import LeewayMonitor

/// What the loop remembers of a model from one step to the next.
struct RetrainMemory: Codable, Equatable {
    /// Under which name the registry keeps it.
    static let name = "retraining"

    /// The number of the last check that the policy was told of.
    var lastCheck = 0
    /// `SourceStamp` when the last retraining began; nil before the first.
    var sourceStamp: String?
    /// Retrainings in a row that were killed.
    var killed = 0
    var policy = RetrainPolicy.State()
}
