import LeewayCore
package import LeewayEngine
import LeewayLearn
import LeewayStore

/// Scores the rows of files with a version, and writes them with what it says of them.
package struct PredictionRun: Sendable {
    /// What was scored.
    package struct Outcome: Sendable {
        package let rowCount: Int
        /// The rows that could not be scored, from 1, each with the column that is at fault.
        package let badRows: [(row: Int, column: String)]
        package let positiveCount: Int
        package let unknownCategoryCount: Int
    }

    private static let input = "leeway_input"
    private static let output = "leeway_predictions"

    private let bundle: ModelBundle
    private let options: FileOptions
    private let isStrict: Bool

    /// Takes a model and how files are read; what training trimmed and took for missing is taken over.
    ///
    /// With `isStrict`, a row that can't be scored stops the run.
    package init(_ bundle: ModelBundle, options: FileOptions, isStrict: Bool) {
        self.bundle = bundle
        self.isStrict = isStrict
        self.options = bundle.reading(options)
    }

    /// Scores the rows of files and writes them to `path`, all of them or nothing.
    ///
    /// - Throws: `missingColumn`, `malformedSource`; `validationFailed` for a bad row where strictness was asked for; `diskFull`.
    package func run(_ paths: [String], to path: String, on engine: any Engine) async throws -> Outcome {
        let format = try TableFile.format(of: path)
        let source = SourceConfiguration(files: paths.map { .init(path: $0, options: options) })
        let files = try SourceFiles.find(source, resolve: { $0 })
        let names = try await readInput(files, engine)
        let bad = try await badRows(engine)
        if isStrict, let first = bad.first {
            throw LeewayError(
                .validationFailed,
                "\(counted(bad.count, "row")) can't be scored; the first is row \(first.row), where column '\(first.column)' holds no number.",
                hint: "Mend them, or leave out --strict: then such rows come out without a probability.")
        }
        let scorer = try await score(engine)
        var probabilities = scorer.probabilities
        for row in bad { probabilities[row.row - 1] = .nan }
        // A CSV file's texts get types where the output has them.
        let isTyped = format == .parquet && files.allSatisfy { $0.format == .csv }
        let positives = try await write(probabilities, names, to: path, format, isTyped: isTyped, engine)
        return Outcome(
            rowCount: probabilities.count, badRows: bad, positiveCount: positives,
            unknownCategoryCount: scorer.unknownCategoryCount)
    }

    private var numeric: [String] { bundle.preprocessor.numericImputer.fills.map(\.column) }
    private var categorical: [String] { bundle.preprocessor.encoder.encodings.map(\.column) }

    /// Reads the files as they are, a CSV file's cells as texts, and gives the columns' names.
    private func readInput(_ files: [SourceFile], _ engine: any Engine) async throws -> [String] {
        var (queries, names) = ([String](), [String]())
        for file in files {
            var scan = try await FileScan.inspect(file, sample: .first, engine: engine)
            if file.format == .csv { for place in scan.columns.indices { scan.columns[place].type = "VARCHAR" } }
            let found = scan.columns.map(\.name)
            if let names = file.options.names, names.count != found.count {
                throw LeewayError(
                    .malformedSource, "\(file.path) has \(found.count) columns where \(names.count) names are known.",
                    hint: "A file without a header needs the columns of the training data, in their order.")
            }
            for name in numeric + categorical where !found.contains(name) {
                let hint =
                    NearestName.of(name, among: found).map { "Did you mean '\($0)'?" }
                    ?? "Has the file a header? If not, say --no-header."
                throw LeewayError(
                    .missingColumn, "\(file.path) has no column '\(name)', which the model needs.", hint: hint)
            }
            if names.isEmpty { names = found }
            let selected = names.map { found.contains($0) ? $0.sqlName : "NULL AS \($0.sqlName)" }
            queries.append("SELECT \(selected.joined(separator: ", ")) FROM \(scan.sql)")
        }
        try await engine.execute("DROP TABLE IF EXISTS \(Self.input)")
        try await engine.execute("CREATE TEMP TABLE \(Self.input) AS \(queries.joined(separator: " UNION ALL "))")
        return names
    }

    /// The rows in which a number is no number, each once, in order.
    private func badRows(_ engine: any Engine) async throws -> [(row: Int, column: String)] {
        guard !numeric.isEmpty else { return [] }
        let tests = numeric.map { name in
            // NaN is missing, as it was in training; what is infinite or no number can't be scored.
            "(\(name.sqlName) IS NOT NULL AND NOT coalesce(NOT isinf(TRY_CAST(\(name.sqlName) AS DOUBLE)), false))"
        }
        let cases = tests.enumerated().map { "WHEN \($1) THEN \($0)" }.joined(separator: " ")
        let rows = try await engine.texts(
            """
            SELECT CAST(r AS VARCHAR), CAST(c AS VARCHAR)
            FROM (SELECT row_number() OVER () AS r, CASE \(cases) END AS c FROM \(Self.input)) AS t
            WHERE c IS NOT NULL ORDER BY r
            """)
        return rows.map { (row: Int($0[0]) ?? 0, column: numeric[Int($0[1]) ?? 0]) }
    }

    private func score(_ engine: any Engine) async throws -> Scorer {
        let numbers = numeric.map { name in
            let number = "TRY_CAST(\(name.sqlName) AS DOUBLE)"
            return "CASE WHEN isfinite(\(number)) THEN \(number) END"
        }
        let texts = categorical.map { name in
            let text = options.missing(in: options.text(of: name.sqlName))
            // Training read such a column as true and false, however the file spells them.
            let isBoolean = self.bundle.schema[name]?.type == .boolean
            return isBoolean ? "coalesce(CAST(TRY_CAST(\(text) AS BOOLEAN) AS VARCHAR), \(text))" : text
        }
        let names = numeric + categorical
        let roles: [DatasetBuilder.Role] = numeric.map { _ in .number } + categorical.map { _ in .category }
        let bundle = bundle
        var scorer = try await engine.query(
            "SELECT \((numbers + texts).joined(separator: ", ")) FROM \(Self.input)",
            into: { _ in Scorer(bundle, names: names, roles: roles) },
            { scorer, batch in try scorer.add(batch) })
        try scorer.score()
        return scorer
    }

    /// Writes the rows with probability, label and version; gives how many were called positive.
    private func write(
        _ probabilities: [Double], _ names: [String], to path: String, _ format: FileOptions.Format,
        isTyped: Bool,
        _ engine: any Engine
    ) async throws -> Int {
        let threshold = bundle.metadata.configuration.model.threshold
        let classes = bundle.metadata.classes
        let codes = probabilities.map { $0.isNaN ? Categorical.missing : $0 >= threshold ? 1 : 0 }
        let label = Categorical(categories: [classes.negative, classes.positive], codes: codes)
        try await engine.ingest(
            table: Self.output,
            columns: [
                ArrowExportColumn(Self.free("probability", names), .double(probabilities)),
                ArrowExportColumn(Self.free("label", names), .categorical(label)),
            ], mode: .replace)
        let version = "\(bundle.version.model):\(bundle.version.number)"
        let columns =
            isTyped ? try await TypedColumns.expressions(names, bundle.schema, of: Self.input, engine) : ["i.*"]
        try await TableFile.write(
            """
            SELECT \(columns.joined(separator: ", ")), p.*, \(version.sqlLiteral) AS \(Self.free("version", names).sqlName)
            FROM \(Self.input) AS i POSITIONAL JOIN \(Self.output) AS p
            """, to: path, format, on: engine)
        return codes.count { $0 == 1 }
    }

    /// The name, or one with as many `leeway_` before it as it takes where a column of the input has it.
    private static func free(_ name: String, _ taken: [String]) -> String {
        taken.contains { $0.lowercased() == name.lowercased() } ? free("leeway_\(name)", taken) : name
    }
}
