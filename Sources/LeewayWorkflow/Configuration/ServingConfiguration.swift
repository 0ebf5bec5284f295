package import LeewayStore
package import LeewayValidate
package import LeewayWire

/// How versions are served; with no argument, what is so where the user wrote nothing.
///
/// No part of what makes a run reproducible, so it is not encoded.
package struct ServingConfiguration: Sendable, Equatable {
    /// What is said of requests on stderr.
    package enum AccessLog: String, Sendable, CaseIterable {
        case none
        case errors
        case all
    }

    /// The least grave lines that are logged.
    package enum LogLevel: String, Sendable, CaseIterable {
        case error
        case warning
        case info
        case debug
    }

    /// What a column must keep to, whatever the training data were; nil for what they say.
    package struct Column: Sendable, Equatable {
        package var name: String
        package var minimum: Double?
        package var maximum: Double?
        package var values: [String]?
        package var isNullable: Bool?
        package var isRequired: Bool?

        package init(
            name: String, minimum: Double? = nil, maximum: Double? = nil, values: [String]? = nil,
            isNullable: Bool? = nil, isRequired: Bool? = nil
        ) {
            (self.name, self.minimum, self.maximum, self.values) = (name, minimum, maximum, values)
            (self.isNullable, self.isRequired) = (isNullable, isRequired)
        }
    }

    /// The files of a certificate and its key, relative to the folder of the configuration.
    package struct TLS: Sendable, Equatable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) { (self.certificate, self.key) = (certificate, key) }
    }

    /// The address to listen on.
    package var host = "127.0.0.1"
    /// 0: any free one.
    package var port = 8080
    /// The models to serve; empty for every one of the registry.
    package var models: [String] = []
    /// What is scored where a request names no model and there are several.
    package var defaultModel: String?
    /// How strictly rows are held to what the model was trained on.
    package var contract = Contract.Mode.strict
    /// The share of the training range that is added at each end.
    package var rangeSlack = 0.0
    /// In the order of the file.
    package var columns: [Column] = []
    package var log = PredictionLogConfiguration()
    package var limits = ServingLimits()
    /// nil: plain HTTP.
    package var tls: TLS?
    package var accessLog = AccessLog.errors
    package var logLevel = LogLevel.info

    package init() {}
}

/// What is kept of the answers, and for how long.
package struct PredictionLogConfiguration: Sendable, Equatable {
    /// What an answer waits for before it is given.
    package typealias Durability = SegmentedLog<Void>.Durability
    /// What becomes of a request whose answer can't be logged.
    package typealias Failure = PredictionService.LogFailurePolicy

    package var durability = Durability.os
    package var onFailure = Failure.refuse
    /// The share of answers that are logged.
    package var sample = 1.0
    /// What of a column's values goes into the log; all of them where the column is not named.
    package var redact: [String: Redaction] = [:]
    /// How large a segment grows before it is sealed.
    package var segmentSize = ByteSize(bytes: 64_000_000)
    /// How old a segment grows before it is sealed, however small it is.
    package var segmentAge = Duration.seconds(3600)
    /// nil: kept for ever.
    package var retainAge: Duration? = .seconds(90 * 86_400)
    /// nil: however much.
    package var retainSize: ByteSize?
    /// How old a sealed segment is when it becomes Parquet; nil: never.
    package var compactAfter: Duration? = .seconds(3600)

    package init() {}
}

/// What one request may cost, and all of them together.
package struct ServingLimits: Sendable, Equatable {
    /// The bytes of a request's body.
    package var body = ByteSize(bytes: 16_000_000)
    /// The rows of a request.
    package var rows = 100_000
    /// The labels that one client, which is a token, may send in a minute.
    package var labelsPerMinute = 1_000_000
    /// The requests that are worked on at once.
    package var concurrency = 256
    /// The requests that may wait for a place.
    package var queue = 1024
    /// How long one waits for a place.
    package var queueTimeout = Duration.seconds(1)
    /// How long the headers may take to arrive.
    package var headerTimeout = Duration.seconds(10)
    /// How long the body may take to arrive.
    package var bodyTimeout = Duration.seconds(30)
    /// How long a connection may stay open with nothing on it.
    package var idleTimeout = Duration.seconds(60)
    /// The connections that are open at once.
    package var connections = 10_000
    /// How long open requests may take once the server is asked to stop.
    package var shutdownTimeout = Duration.seconds(30)

    package init() {}
}
