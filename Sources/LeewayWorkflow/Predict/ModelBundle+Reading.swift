import LeewayCore

extension ModelBundle {
    /// How files of new rows are read: as asked for, with what training trimmed and took for missing.
    func reading(_ asked: FileOptions) -> FileOptions {
        var options = asked
        let files = metadata.configuration.source.files
        options.trim = options.trim || files.contains(where: \.options.trim)
        for value in files.flatMap(\.options.nullValues) where !options.nullValues.contains(value) {
            options.nullValues.append(value)
        }
        if let quote = files.first?.options.quote, files.allSatisfy({ $0.options.quote == quote }) {
            options.quote = quote
        }
        if options.header == false, options.names == nil { options.names = schema.columns.map(\.name) }
        return options
    }
}
