import LeewayCore
import LeewayWire
import Logging

/// Writes each log record as one line of JSON to stderr.
struct JSONLogHandler: LogHandler {
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
        var writer = JSONWriter(capacity: 256)
        writer.raw(#"{"time":""#)
        now().append(to: &writer.bytes)
        writer.raw(#"","level":"#)
        writer.text(event.level.rawValue)
        writer.raw(#","message":"#)
        writer.text(event.message.description)
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            writer.raw(UInt8(ascii: ","))
            writer.text(key)
            writer.raw(UInt8(ascii: ":"))
            writer.text(value.description)
        }
        writer.raw("}\n")
        StandardError.write(writer.bytes)
    }
}
