/// What a run made: `run.json`, the one file of a run folder that holds times and names of its own.
public struct RunManifest: Sendable, Codable, Equatable {
    /// A file of the run folder and the digest that it must have.
    public struct Artifact: Sendable, Codable, Equatable {
        /// The file's name within the run folder.
        public let name: String
        /// Its length in bytes.
        public let bytes: Int
        /// The SHA-256 of its bytes, 64 hexadecimal digits.
        public let sha256: String

        /// Takes a file's name, length and digest.
        public init(name: String, bytes: Int, sha256: String) {
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// A stage of the run and what it took.
    public struct StageTiming: Sendable, Codable, Equatable {
        /// The stage's name.
        public let name: String
        /// Wall-clock time in seconds.
        public let seconds: Double

        /// Takes a stage's name and its seconds.
        public init(name: String, seconds: Double) {
            self.name = name
            self.seconds = seconds
        }
    }

    /// The run's name, a UUID of version 7.
    public let runID: String
    /// The model's name.
    public let model: String
    /// The program's version.
    public let leewayVersion: String
    /// When the run began, UTC.
    public let startedAt: String
    /// When its artifacts were complete, UTC.
    public let finishedAt: String
    /// What names the version's content: the SHA-256 over the names and digests of all artifacts.
    public let contentHash: String
    /// The stages in their order.
    public let stages: [StageTiming]
    /// The files, by name.
    public let artifacts: [Artifact]

    /// Takes all that a manifest says.
    public init(
        runID: String, model: String, leewayVersion: String, startedAt: String, finishedAt: String,
        contentHash: String, stages: [StageTiming], artifacts: [Artifact]
    ) {
        self.runID = runID
        self.model = model
        self.leewayVersion = leewayVersion
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.contentHash = contentHash
        self.stages = stages
        self.artifacts = artifacts
    }

    enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case model
        case leewayVersion = "leeway_version"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case contentHash = "content_hash"
        case stages
        case artifacts
    }
}
