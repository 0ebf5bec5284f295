import LeewayCore
import Logging

/// Writes each log record as a line for a person who watches: `17:01:16 warning  message  key=value`.
struct TextLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let now: @Sendable () -> Timestamp

    init(level: Logger.Level, now: @escaping @Sendable () -> Timestamp) { (logLevel, self.now) = (level, now) }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = now().description.dropFirst(11).prefix(8)
        let level = event.level.rawValue.padding(to: 8)
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { "  \($0.key)=\($0.value)" }.joined()
        StandardError.write(Array("  \(time) \(level) \(event.message)\(details)\n".utf8))
    }
}

extension String {
    /// The text with spaces behind it up to a width.
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
