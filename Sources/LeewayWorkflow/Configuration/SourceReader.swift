import LeewayCore
import Yams

/// Reads the section `source`.
enum SourceReader {
    private static let hint = "Name a file, a list of files or a glob: 'source: data.csv'."

    static func read(_ top: inout YAMLSection) throws(LeewayError) -> SourceConfiguration {
        guard let node = top.node("source") else { throw top.missing("source", hint: hint) }
        switch node {
        case .scalar(let scalar):
            return SourceConfiguration(files: [.init(path: scalar.string, options: FileOptions())])
        case .sequence(let sequence):
            let files = try files(sequence, FileOptions(), top, path: "source")
            guard !files.isEmpty else { throw top.failure(node, "'source' names no file.", hint: hint) }
            return SourceConfiguration(files: files)
        default:
            var section = try YAMLSection(node, path: "source", file: top.file)
            let options = try options(&section, over: FileOptions())
            var files: [SourceConfiguration.File] = []
            for path in try section.strings("path") ?? [] { files.append(.init(path: path, options: options)) }
            if let node = section.node("files") {
                guard case .sequence(let sequence) = node else {
                    throw section.failure(node, "'source.files' must be a list.")
                }
                files += try self.files(sequence, options, section, path: "source.files")
            }
            try section.finish()
            guard !files.isEmpty else { throw section.missing("path", hint: hint) }
            return SourceConfiguration(files: files)
        }
    }

    private static func files(
        _ sequence: Node.Sequence, _ options: FileOptions, _ parent: YAMLSection, path: String
    ) throws(LeewayError) -> [SourceConfiguration.File] {
        var files: [SourceConfiguration.File] = []
        for item in sequence {
            if case .scalar(let scalar) = item {
                files.append(.init(path: scalar.string, options: options))
                continue
            }
            var section = try YAMLSection(item, path: path, file: parent.file)
            guard let path = try section.string("path") else { throw section.missing("path", hint: hint) }
            let file = SourceConfiguration.File(path: path, options: try self.options(&section, over: options))
            try section.finish()
            files.append(file)
        }
        return files
    }

    private static func options(
        _ section: inout YAMLSection, over defaults: FileOptions
    ) throws(LeewayError) -> FileOptions {
        var options = defaults
        if let format = try section.choice("format", FileOptions.Format.self) { options.format = format }
        if let node = section.node("delimiter"), let delimiter = try section.string("delimiter") {
            guard (1...4).contains(delimiter.utf8.count) else {
                throw section.failure(node, "'\(section.full("delimiter"))' must be 1 to 4 bytes long.")
            }
            options.delimiter = delimiter == "\\t" ? "\t" : delimiter
        }
        if let node = section.node("quote"), let quote = try section.string("quote") {
            guard quote.utf8.count <= 1 else {
                throw section.failure(node, "'\(section.full("quote"))' must be one ASCII character, or '' for none.")
            }
            options.quote = quote
        }
        if let header = try section.bool("header") { options.header = header }
        if let names = try section.strings("names") { options.names = names }
        if let lines = try section.int("skip_lines", in: 0...1_000_000) { options.skipLines = lines }
        if let trim = try section.bool("trim") { options.trim = trim }
        if let values = try section.strings("null_values") { options.nullValues = values }
        return options
    }
}
