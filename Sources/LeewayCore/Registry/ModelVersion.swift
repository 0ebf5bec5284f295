/// A registered model: immutable, named by model and number, found by its run's folder.
public struct ModelVersion: Sendable, Codable, Equatable {
    /// The model's name.
    public let model: String
    /// Its number, from 1.
    public let number: Int
    /// The run that made it.
    public let runID: String
    /// What names its content: the SHA-256 over the names and digests of all artifacts.
    public let contentHash: String
    /// When it was registered, UTC.
    public let createdAt: String
    /// The names that point to it now, such as `champion`, sorted.
    public let aliases: [String]

    /// Takes all that the registry says of a version.
    public init(
        model: String, number: Int, runID: String, contentHash: String, createdAt: String, aliases: [String]
    ) {
        self.model = model
        self.number = number
        self.runID = runID
        self.contentHash = contentHash
        self.createdAt = createdAt
        self.aliases = aliases
    }

    enum CodingKeys: String, CodingKey {
        case model
        case number = "version"
        case runID = "run_id"
        case contentHash = "content_hash"
        case createdAt = "created_at"
        case aliases
    }
}
