package import LeewayCore

/// What stands in the logs of a project, and whether the registry has counted the same.
package struct LogStatistics: Sendable, Encodable {
    /// What one version answered.
    package struct Version: Sendable, Encodable {
        package let model: String
        package let number: Int
        package var rows = 0
        /// nil where the version's files are gone, so that no one knows which label is the positive one.
        package var positives: Int?
        package var meanProbability = 0.0
        /// Exact, in microseconds; nil where no line has a latency.
        package var medianLatency: Int?
        package var latencyP99: Int?
        package var first: Timestamp
        package var last: Timestamp

        /// The share of positive labels.
        package var positiveShare: Double? { positives.map { Double($0) / Double(max(1, rows)) } }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: LogKey.self)
            try container.encode(model, forKey: "model")
            try container.encode(number, forKey: "version")
            try container.encode(rows, forKey: "rows")
            try container.encode(positiveShare, forKey: "positive_share")
            try container.encode(meanProbability, forKey: "mean_probability")
            try container.encode(medianLatency, forKey: "latency_us_p50")
            try container.encode(latencyP99, forKey: "latency_us_p99")
            try container.encode(first.description, forKey: "first")
            try container.encode(last.description, forKey: "last")
        }
    }

    /// The segments of a log that are in one state.
    package struct Segments: Sendable, Encodable {
        /// What state a segment is in: `parquet` is a sealed one as well.
        package enum State: String, Sendable, Encodable, CaseIterable {
            case open
            case abandoned
            case sealed
            case parquet
        }

        package let log: LogKind
        package let state: State
        package var count = 0
        package var bytes = 0
        /// When the first and the last of them were begun.
        package var oldest: Timestamp
        package var newest: Timestamp

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: LogKey.self)
            try container.encode(log, forKey: "log")
            try container.encode(state, forKey: "state")
            try container.encode(count, forKey: "segments")
            try container.encode(bytes, forKey: "bytes")
            try container.encode(oldest.description, forKey: "oldest")
            try container.encode(newest.description, forKey: "newest")
        }
    }

    /// The rows of a version in an hour: those in the log, and those in the window counts.
    package struct Hour: Sendable, Encodable {
        package let model: String
        package let number: Int
        /// The hour's beginning.
        package let time: Timestamp
        package let logged: Int
        package let counted: Int

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: LogKey.self)
            try container.encode(model, forKey: "model")
            try container.encode(number, forKey: "version")
            try container.encode(time.description, forKey: "hour")
            try container.encode(logged, forKey: "logged")
            try container.encode(counted, forKey: "counted")
        }
    }

    /// The labels that came in.
    package struct Feedback: Sendable, Encodable {
        /// The lines of the log, corrections among them.
        package let lines: Int
        /// The predictions that have a label in the registry.
        package let predictions: Int
    }

    /// By model, the newest version first.
    package var versions: [Version] = []
    /// Lines that can't be read, in segments that are no Parquet yet: damaged ones, and those that are just being written.
    package var unreadableLines = 0
    package var segments: [Segments] = []
    package var feedback = Feedback(lines: 0, predictions: 0)
    /// How many hours of versions were compared with the window counts.
    package var comparedHours = 0
    /// Those that differ, by time.
    package var differingHours: [Hour] = []

    enum CodingKeys: String, CodingKey {
        case versions
        case unreadableLines = "unreadable_lines"
        case segments
        case feedback
        case comparedHours = "compared_hours"
        case differingHours = "differing_hours"
    }
}

/// A key of the statistics as JSON.
struct LogKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringLiteral: String) { stringValue = stringLiteral }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
