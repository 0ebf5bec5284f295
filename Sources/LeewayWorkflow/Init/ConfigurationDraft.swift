import LeewayCore
package import LeewayEngine

/// A first `leeway.yaml` for a source, after a look at it.
package struct ConfigurationDraft: Sendable {
    /// The file's text.
    package let text: String
    package let columnCount: Int

    /// Looks at a source and writes the configuration that suits it.
    ///
    /// - Throws: `missingColumn` for a target that is not there; `unusableTarget` where it has not two classes.
    package static func make(
        source path: String, target: String, name: String?, project: Project, engine: any Engine
    ) async throws -> ConfigurationDraft {
        let source = SourceConfiguration(files: [.init(path: path, options: FileOptions())])
        let files = try SourceFiles.find(source, resolve: { $0 })
        let table = try await SourceTable.make(
            of: files, shape: .init(target: TargetConfiguration(column: target)), engine: engine)
        let column = target.sqlName
        let classes = try await engine.texts(
            """
            SELECT \(column), count(*)::VARCHAR FROM \(SourceTable.name.sqlName) WHERE \(column) IS NOT NULL
            GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3
            """)
        guard classes.count == 2 else {
            let count =
                classes.count > 2
                ? "more than two classes" : counted(classes.count, "class").replacing("classs", with: "classes")
            throw LeewayError(
                .unusableTarget, "The target '\(target)' has \(count) where two are needed.",
                hint: "Name a column of two classes with --target.")
        }
        let sorted = try TargetClasses(of: Categorical(classes.map { $0[0] }), TargetConfiguration(column: target))
        // A path is written as seen from the folder of the configuration.
        let shown = project.folder.isEmpty || path.hasPrefix("/") ? path : relative(path, to: project.folder)
        return ConfigurationDraft(
            text: text(name: name ?? modelName(of: path), path: shown, target: target, positive: sorted.positive),
            columnCount: table.columns.count)
    }

    private static func text(name: String, path: String, target: String, positive: String) -> String {
        """
        # Leeway: what 'leeway run' reads. Every key but source and target may be left out.
        name: \(quoted(name))
        source:
          path: \(quoted(path))        # a file, a list of files or a glob; CSV or Parquet
          # null_values: ["?", "NA"]   # texts that mean a missing value
          # trim: true                 # take spaces off texts
        target:
          column: \(quoted(target))
          positive: \(quoted(positive))    # the class whose probability is predicted
        features:
          drop: []                     # columns that are no features, such as an id
          impute_numeric: median       # or mean, or {constant: 0}
          impute_categorical: most_frequent   # or keep (missing is a category), or {constant: none}
        model:
          type: logistic_regression
          class_weight: none           # balanced finds more of a rare class, but its probabilities run high
        split:
          test_share: 0.2              # by a hash of each row: equal rows stay together, test rows stay test rows
        seed: 42

        """
    }

    /// A text as YAML, in double quotes where plain would say something else.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || [0x2D, 0x2E, 0x2F, 0x5F].contains($0)
            } && text.first?.isLetter == true
            && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        guard !isPlain else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\u{20}"..."\u{7E}", "\u{A0}"..."\u{2027}", "\u{202A}"..."\u{FEFE}", "\u{FF00}"..."\u{FFFD}",
                "\u{10000}"...:
                escaped.unicodeScalars.append(scalar)
            default:
                // YAML calls it unprintable, or takes it for the end of a line.
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return "\"\(escaped)\""
    }

    private static func modelName(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        let stem = file.split(separator: ".").first ?? ""
        let name = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return name.contains { $0 != "-" } ? String(name.prefix(60)) : "model"
    }

    private static func relative(_ path: String, to folder: String) -> String {
        if path.hasPrefix(folder + "/") { return String(path.dropFirst(folder.count + 1)) }
        guard !folder.hasPrefix("/"), !folder.split(separator: "/").contains("..") else { return path }
        let steps = folder.split(separator: "/").filter { $0 != "." }.count
        return String(repeating: "../", count: steps) + path
    }
}
