import LeewayCore
import LeewayStore

/// What tells without reading that a source may have changed: its files with their lengths and times.
enum SourceStamp {
    /// The stamp of the files that are there, and the time of the newest, in milliseconds since 1970; nil where there are none.
    static func take(_ source: SourceConfiguration, in project: Project) -> (text: String, newest: Int64)? {
        guard let files = try? SourceFiles.find(source, resolve: project.resolve) else { return nil }
        var (texts, newest) = ([String](), Int64.min)
        for file in files {
            guard let status = FileSystem.status(of: file.path) else { return nil }
            texts.append("\(file.path) \(status.bytes) \(status.modified)")
            newest = max(newest, status.modified)
        }
        return (SHA256.hex(texts.joined(separator: "\n").utf8), newest)
    }
}
