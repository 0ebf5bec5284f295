import LeewayCore
import LeewayStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is there, and how to read it.
struct SourceFile: Sendable, Equatable {
    /// As the process sees it.
    let path: String
    let format: FileOptions.Format
    let options: FileOptions
}

/// Finds the files that a source names.
enum SourceFiles {
    /// Resolves paths and globs, and looks at each file before a reader does, so that what is wrong is said plainly.
    ///
    /// - Throws: `fileNotFound`, `fileNotAccessible`, `notEnoughRows` for an empty file, `malformedSource` for a binary one.
    static func find(
        _ source: SourceConfiguration, resolve: (String) -> String
    ) throws(LeewayError) -> [SourceFile] {
        var files: [SourceFile] = []
        for entry in source.files {
            for path in try expand(resolve(entry.path)) {
                let format = entry.options.format ?? format(of: path)
                try inspect(path, format)
                files.append(SourceFile(path: path, format: format, options: entry.options))
            }
        }
        return files
    }

    private static func expand(_ path: String) throws(LeewayError) -> [String] {
        // A file whose name holds a bracket is a file before it is a pattern.
        if FileSystem.kind(of: path) != nil || !path.contains(where: { "*?[".contains($0) }) { return [path] }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(path, 0, nil, &matches) == 0 else {
            throw LeewayError(.fileNotFound, "No file matches \(path).", hint: "Check the pattern.")
        }
        return (0..<Int(matches.gl_pathc)).compactMap { matches.gl_pathv[$0].map { String(cString: $0) } }
    }

    private static func format(of path: String) -> FileOptions.Format {
        var name = path.lowercased()
        for ending in [".gz", ".zst"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
        return name.hasSuffix(".parquet") || name.hasSuffix(".pq") ? .parquet : .csv
    }

    private static func inspect(_ path: String, _ format: FileOptions.Format) throws(LeewayError) {
        switch FileSystem.kind(of: path) {
        case nil:
            throw LeewayError(.fileNotFound, "There is no \(path).", hint: "Check the path.")
        case .folder:
            throw LeewayError(
                .fileNotAccessible, "\(path) is a folder where a file is needed.",
                hint: "Name its files with a glob: '\(path)/*.\(format.rawValue)'.")
        case .file(bytes: 0):
            throw LeewayError(.notEnoughRows, "\(path) is empty.", hint: "It needs a header and some rows.")
        case .file, .other: break
        }
        guard FileSystem.isReadable(path) else {
            throw LeewayError(
                .fileNotAccessible, "No permission to read \(path).",
                hint: "Change its permissions, or run as a user who may.")
        }
        let start = try FileSystem.read(path, limit: 4096)
        let isParquet = start.starts(with: Array("PAR1".utf8))
        switch format {
        case .parquet where !isParquet:
            throw LeewayError(
                .malformedSource, "\(path) is no Parquet file.", hint: "If it is a CSV file, say 'format: csv'.")
        case .csv where isParquet:
            throw LeewayError(.malformedSource, "\(path) is a Parquet file.", hint: "Say 'format: parquet'.")
        case .csv where start.contains(0) && !path.hasSuffix(".gz") && !path.hasSuffix(".zst"):
            throw LeewayError(
                .malformedSource, "\(path) is a binary file, or text that is not UTF-8.",
                hint: "CSV and Parquet files are read.")
        default: break
        }
    }
}
