import LeewayCore
import LeewayEngine
import LeewayLearn
import LeewayStore

/// Puts source and labelled log into one table of the engine: valid rows, none twice, none too old.
///
/// A source that is not what the champion was trained on in its columns is refused, whatever its rows are.
struct RetrainingTable {
    /// The labelled rows of the log that are used.
    private static let logTable = "leeway_log_rows"
    /// All labelled rows of the log.
    private static let labelled = "leeway_labelled"

    let configuration: ProjectConfiguration
    let champion: ModelBundle
    let project: Project
    /// Now, in milliseconds since 1970.
    let now: Int64
    /// When the source's rows were where no column tells, in milliseconds since 1970.
    let sourceTime: Int64
    let engine: any Engine

    private var retraining: RetrainingConfiguration { configuration.retraining }
    private var columns: [SourceTable.Column] {
        champion.schema.columns.map { .init(name: $0.name, type: $0.type) }
    }

    /// - Throws: `sourceChanged` where columns or types are not the champion's; `notEnoughRows`; what reading a source throws.
    func read() async throws -> RetrainingData {
        try checkConfiguration()
        var report = RetrainingDataReport()
        let (source, files) = retraining.material == .log ? (nil, []) : try await readSource()
        report.sourceRows = source?.rowCount ?? 0
        let hasLog = retraining.material == .source ? false : try await readLog()
        if hasLog { report.logRows = try await count("SELECT count(*) FROM \(Self.labelled)") }
        let rules = RowRules(configuration.validation, columns: columns)
        try await countInvalid(rules, source, hasLog, &report)

        var parts: [(sql: String, time: String)] = []
        let names = columns.map(\.name.sqlName).joined(separator: ", ")
        let window = windowStart
        var logStart = 0
        if let source {
            let time = sourceTimeSQL
            let valid = "FROM (\(source.rows)) AS s WHERE \(rules.condition)"
            let fresh = window.map { " AND \(time) >= \($0)" } ?? ""
            logStart = try await count("SELECT count(*) \(valid)\(fresh)")
            report.oldRows += try await count("SELECT count(*) \(valid)") - logStart
            parts.append(("SELECT \(names) \(valid)\(fresh)", "SELECT \(time) AS t \(valid)\(fresh)"))
        }
        if hasLog {
            report.duplicateRows = try await keepLog(rules, source, window, &report)
            parts.append(
                ("SELECT \(names) FROM \(Self.logTable)", "SELECT \(LabelledLog.time) AS t FROM \(Self.logTable)"))
        }
        guard !parts.isEmpty else {
            throw LeewayError(
                .notEnoughRows, "The log has no row with a label.",
                hint: "Send labels to /v1/feedback, or say 'retraining.data: source'.")
        }
        let rows = parts.map(\.sql).joined(separator: " UNION ALL ")
        try await engine.execute("CREATE OR REPLACE VIEW \(SourceTable.name.sqlName) AS \(rows)")
        let total = try await count("SELECT count(*) FROM \(SourceTable.name.sqlName)")
        guard total > 0 else {
            throw LeewayError(
                .notEnoughRows, "No row is left to learn from.",
                hint:
                    "Of \(report.sourceRows + report.logRows) rows \(report.invalidRows) break a rule and \(report.oldRows) are too old."
            )
        }
        let table = SourceTable(columns: columns, rowCount: total, rows: rows)
        let reading = try await RowReading.read(table, engine)
        let times = try await readTimes(parts.map(\.time).joined(separator: " UNION ALL "))
        (report.rows, report.rowsOfLog, report.fingerprint) = (total, total - logStart, reading.fingerprint)
        let data = IngestedData(files: files, table, reading, target: configuration.target.column)
        return RetrainingData(data: data, logStart: logStart, times: times, report: report)
    }

    // MARK: What is read

    private func checkConfiguration() throws(LeewayError) {
        let names = Set(columns.map(\.name))
        for name in (retraining.key ?? []) + (retraining.time.map { [$0] } ?? []) where !names.contains(name) {
            throw LeewayError(
                .invalidConfiguration, "'retraining' names the column '\(name)', which the source has not.",
                hint: NearestName.of(name, among: names).map { "Did you mean '\($0)'?" })
        }
        if let time = retraining.time, let type = champion.schema[time]?.type, type != .date && type != .timestamp {
            throw LeewayError(
                .invalidConfiguration, "'retraining.time' names '\(time)', which is no date and no time.",
                hint: "It must be a column of dates or timestamps.")
        }
        let features =
            champion.preprocessor.numericImputer.fills.map(\.column)
            + champion.preprocessor.encoder.encodings.map(\.column)
        if retraining.material != .source,
            let hidden = features.first(where: { configuration.serving.log.redact[$0] != nil })
        {
            throw LeewayError(
                .invalidConfiguration,
                "The log has no values of '\(hidden)', which the model needs: serving.log.redact takes them out.",
                hint: "Say 'retraining.data: source', or log the column.")
        }
    }

    private func readSource() async throws -> (SourceTable, [String]) {
        let files = try SourceFiles.find(configuration.source, resolve: project.resolve)
        let shape = SourceTable.Shape(
            target: configuration.target, numeric: Set(configuration.features.numeric),
            categorical: Set(configuration.features.categorical), drop: Set(configuration.features.drop))
        var source = try await SourceTable.make(of: files, shape: shape, engine: engine)
        if difference(source.columns) != nil, files.contains(where: { $0.format == .csv }) {
            // The first rows may have told another type than all of them do.
            source = try await SourceTable.make(of: files, shape: shape, sample: .all, engine: engine)
        }
        guard source.rowCount > 0 else {
            throw LeewayError(.notEnoughRows, "The source has no rows.", hint: "The champion stays as it is.")
        }
        if let difference = difference(source.columns) {
            throw LeewayError(
                .sourceChanged, "The source is not what the champion was trained on: \(difference).",
                hint: "Look at the source. If the change is meant to be, train with 'leeway run' and promote by hand.")
        }
        return (source, files.map(\.path))
    }

    /// The first difference between columns and those of the champion; whole numbers may stand where numbers were.
    private func difference(_ found: [SourceTable.Column]) -> String? {
        for column in columns {
            guard let own = found.first(where: { $0.name == column.name }) else {
                return "the column '\(column.name)' is gone"
            }
            let isFine = own.type == column.type || own.type == .integer && column.type == .number
            if !isFine { return "the column '\(column.name)' is \(own.type.words) where it was \(column.type.words)" }
        }
        for column in found where !columns.contains(where: { $0.name == column.name }) {
            return "the column '\(column.name)' is new"
        }
        return nil
    }

    /// Puts the labelled rows of the log into a table; false where there are none.
    private func readLog() async throws -> Bool {
        try await SteadyLog.read {
            guard
                let log = try LabelledLog(
                    of: champion.version.model, schema: champion.schema, classes: champion.metadata.classes,
                    in: project, engine.dialect)
            else { return false }
            try await engine.execute("CREATE OR REPLACE TABLE \(Self.labelled) AS \(log.sql)")
            return true
        }
    }

    private func countInvalid(
        _ rules: RowRules, _ source: SourceTable?, _ hasLog: Bool, _ report: inout RetrainingDataReport
    ) async throws {
        func counts(_ rows: String) async throws -> [Int] {
            let terms =
                rules.rules.map { "count(*) FILTER (WHERE \($0.condition))" }
                + ["count(*) FILTER (WHERE NOT \(rules.condition))"]
            return try await engine.texts(
                "SELECT \(terms.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")) FROM \(rows)")[0].map {
                    Int($0) ?? 0
                }
        }
        let none = [Int](repeating: 0, count: rules.rules.count + 1)
        let ofSource =
            rules.rules.isEmpty ? none : try await source.asyncMap { try await counts("(\($0.rows)) AS s") } ?? none
        let fitting = "(SELECT * FROM \(Self.labelled) WHERE \(LabelledLog.misfit) IS NULL) AS s"
        let ofLog = rules.rules.isEmpty || !hasLog ? none : try await counts(fitting)
        report.invalid = zip(rules.rules, zip(ofSource, ofLog)).filter { $0.1.0 + $0.1.1 > 0 }.map { rule, counts in
            .init(column: rule.column, rule: rule.words, sourceRows: counts.0, logRows: counts.1)
        }
        report.invalidRows = ofSource[rules.rules.count] + ofLog[rules.rules.count]
        guard hasLog else { return }
        let misfits = try await engine.texts(
            """
            SELECT \(LabelledLog.misfit), CAST(count(*) AS VARCHAR) FROM \(Self.labelled)
            WHERE \(LabelledLog.misfit) IS NOT NULL GROUP BY 1 ORDER BY 1
            """)
        for row in misfits {
            let count = Int(row[1]) ?? 0
            report.invalid.append(.init(column: row[0], rule: "another type", sourceRows: 0, logRows: count))
            report.invalidRows += count
        }
    }

    /// Makes the table of the log's rows that are used, by time; gives how many the source has as well.
    private func keepLog(
        _ rules: RowRules, _ source: SourceTable?, _ window: Int64?, _ report: inout RetrainingDataReport
    ) async throws -> Int {
        let names = columns.map(\.name.sqlName)
        let valid = "\(LabelledLog.misfit) IS NULL AND \(rules.condition)"
        let all = try await count("SELECT count(*) FROM \(Self.labelled) WHERE \(valid)")
        let time = logTimeSQL
        let fresh = window.map { " AND \(time) >= \($0)" } ?? ""
        let kept =
            "SELECT \(names.joined(separator: ", ")), \(time) AS \(LabelledLog.time), \(LabelledLog.id) FROM \(Self.labelled) WHERE \(valid)\(fresh)"
        let young = try await count("SELECT count(*) FROM (\(kept))")
        report.oldRows += all - young
        var rows = "SELECT * FROM (\(kept))"
        if let source {
            // As often as the source has a row, so many of the log are that row; a key names one for good.
            let key = retraining.key?.map(\.sqlName) ?? names
            let list = key.joined(separator: ", ")
            let same = key.map { "l.\($0) IS NOT DISTINCT FROM s.\($0)" }.joined(separator: " AND ")
            let isNew =
                retraining.key == nil ? "l.leeway_place > coalesce(s.leeway_count, 0)" : "s.leeway_count IS NULL"
            rows = """
                SELECT l.* EXCLUDE (leeway_place) FROM (
                    SELECT *, row_number() OVER (PARTITION BY \(list) ORDER BY \(LabelledLog.time), \(LabelledLog.id)) AS leeway_place
                    FROM (\(kept))
                ) AS l LEFT JOIN (SELECT \(list), count(*) AS leeway_count FROM (\(source.rows)) GROUP BY \(list)) AS s ON \(same)
                WHERE \(isNew)
                """
        }
        try await engine.execute(
            "CREATE OR REPLACE TABLE \(Self.logTable) AS \(rows) ORDER BY \(LabelledLog.time), \(LabelledLog.id)")
        return young - (try await count("SELECT count(*) FROM \(Self.logTable)"))
    }

    // MARK: Times

    /// Rows before it are too old; nil where none are.
    private var windowStart: Int64? {
        guard case .window(let length) = retraining.history else { return nil }
        return now - Int64(length.wholeMilliseconds)
    }

    private var sourceTimeSQL: String {
        guard let time = retraining.time else { return "CAST(\(sourceTime) AS BIGINT)" }
        return "coalesce(epoch_ms(CAST(\(time.sqlName) AS TIMESTAMP)), \(sourceTime))"
    }

    private var logTimeSQL: String {
        guard let time = retraining.time else { return LabelledLog.time }
        return "coalesce(epoch_ms(CAST(\(time.sqlName) AS TIMESTAMP)), \(LabelledLog.time))"
    }

    private func readTimes(_ sql: String) async throws -> [Int64?] {
        try await engine.table(sql).integers("t")
    }

    private func count(_ sql: String) async throws -> Int {
        Int(try await engine.texts("SELECT CAST((\(sql)) AS VARCHAR)")[0][0]) ?? 0
    }
}

extension Optional {
    fileprivate func asyncMap<R>(_ body: (Wrapped) async throws -> R) async throws -> R? {
        if let self { try await body(self) } else { nil }
    }
}

extension ColumnType {
    /// What a value of the type is called.
    fileprivate var words: String {
        switch self {
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .text: "text"
        case .date: "a date"
        case .time: "a time of day"
        case .timestamp: "a moment"
        }
    }
}
