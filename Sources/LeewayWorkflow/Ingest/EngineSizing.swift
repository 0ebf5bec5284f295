package import LeewayCore
import LeewayStore

/// How many threads the query engine gets for a source.
package enum EngineSizing {
    /// Below this many bytes a source is one block of work to the engine, and a second thread only waits for it.
    static let smallSource = 64_000_000

    /// One thread for a small source, else as many as there may be.
    ///
    /// - Throws: what looking at the files throws: a file that is missing shows before an engine is loaded.
    package static func threads(
        for source: SourceConfiguration, in project: Project, atMost limit: Int
    ) throws(LeewayError) -> Int {
        let files = try SourceFiles.find(source, resolve: project.resolve)
        return files.reduce(0) { $0 + bytes(of: $1) } < smallSource ? 1 : limit
    }

    /// How many bytes of text a file is about.
    static func bytes(of file: SourceFile) -> Int {
        guard case .file(let size) = FileSystem.kind(of: file.path) else { return 0 }
        // A compressed text is several times as long as its file.
        let isCompressed = file.format == .parquet || file.path.hasSuffix(".gz") || file.path.hasSuffix(".zst")
        return isCompressed ? size * 8 : size
    }
}
