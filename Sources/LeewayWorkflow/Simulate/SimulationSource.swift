package import LeewayCore

/// What a simulation reads: files that the user names, or the project's source.
package enum SimulationSource {
    /// The files as the project reads its own: what it trims and takes for missing counts here, too.
    ///
    /// Without files, the source of the configuration. A file that is named needs no configuration; where there is one, it
    /// says what is trimmed, what means a missing value, which quote is used, and the names of a file without a header.
    /// - Throws: `invalidUsage` with neither files nor a configuration; what reading the configuration throws.
    package static func find(
        _ paths: [String], options: FileOptions, configurationPath: String, hasConfiguration: Bool
    ) throws(LeewayError) -> SourceConfiguration {
        guard hasConfiguration else {
            guard !paths.isEmpty else {
                throw LeewayError(
                    .invalidUsage, "There is nothing to read: no file is named, and there is no \(configurationPath).",
                    hint: "Name a CSV or Parquet file, or a glob.")
            }
            return SourceConfiguration(files: paths.map { .init(path: $0, options: options) })
        }
        let project = Project(configurationPath: configurationPath)
        let own = try ConfigurationReader.read(configurationPath).source.files
        guard !paths.isEmpty else {
            return SourceConfiguration(
                files: own.map { .init(path: project.resolve($0.path), options: $0.options) })
        }
        var options = options
        options.trim = own.contains(where: \.options.trim)
        for value in own.flatMap(\.options.nullValues) where !options.nullValues.contains(value) {
            options.nullValues.append(value)
        }
        if let quote = own.first?.options.quote, own.allSatisfy({ $0.options.quote == quote }) { options.quote = quote }
        if options.header == false { options.names = own.first?.options.names }
        return SourceConfiguration(files: paths.map { .init(path: $0, options: options) })
    }
}
