import LeewayCore
import LeewayEngine
import LeewayMonitor

/// Files whose columns are known, read as one table.
struct ScannedFiles: Sendable {
    let scans: [FileScan]

    /// Looks at the files.
    ///
    /// With `asTexts`, cells of CSV files stay texts, so that one value of another kind spoils no column.
    /// - Throws: what `SourceFiles` and the engine say of them.
    init(_ source: SourceConfiguration, asTexts: Bool, resolve: (String) -> String, engine: any Engine) async throws {
        var scans: [FileScan] = []
        for file in try SourceFiles.find(source, resolve: resolve) {
            var scan = try await FileScan.inspect(file, sample: asTexts ? .first : .all, engine: engine)
            if asTexts, file.format == .csv {
                for place in scan.columns.indices { scan.columns[place].type = "VARCHAR" }
            }
            scans.append(scan)
        }
        self.scans = scans
    }

    /// What is read, for a person.
    var name: String {
        let path = scans.first?.file.path ?? ""
        let last = path.split(separator: "/").last.map(String.init) ?? path
        return scans.count > 1 ? "\(counted(scans.count, "file")), \(last) …" : last
    }

    /// The names that all files have, in the order of the first.
    var names: [String] {
        guard let first = scans.first else { return [] }
        return first.columns.map(\.name).filter { name in
            scans.allSatisfy { $0.columns.contains { $0.name == name } }
        }
    }

    /// The engine's types of a column, one a file that has it.
    func types(of name: String) -> [ColumnType?] {
        scans.compactMap { scan in scan.columns.first { $0.name == name } }.map { ColumnType(engineType: $0.type) }
    }

    /// The rows of all files, in their order, as numbers and texts.
    func query(_ columns: [ComparedColumn]) -> String {
        scans.map { scan in
            let selected = columns.map { "\($0.expression(in: scan)) AS \($0.name.sqlName)" }
            return "SELECT \(selected.joined(separator: ", ")) FROM \(scan.sql)"
        }.joined(separator: " UNION ALL ")
    }

    /// For each column how many values it has, and how many of them are no number; columns of numbers are not looked at.
    func unreadable(_ columns: [ComparedColumn], _ engine: any Engine) async throws -> [String: (values: Int, bad: Int)]
    {
        let doubtful = columns.filter { column in
            column.kind == .number && !types(of: column.name).allSatisfy { $0?.isNumeric == true }
        }
        guard !doubtful.isEmpty else { return [:] }
        let parts = scans.map { scan in
            let counts = doubtful.map { column in
                "count(\(column.text(scan))), count(TRY_CAST(\(column.text(scan)) AS DOUBLE))"
            }
            let names = doubtful.indices.map { "v\($0), n\($0)" }.joined(separator: ", ")
            return "SELECT * FROM (SELECT \(counts.joined(separator: ", ")) FROM \(scan.sql)) AS t(\(names))"
        }
        let sums = doubtful.indices.map {
            "CAST(sum(v\($0)) AS BIGINT) AS v\($0), CAST(sum(n\($0)) AS BIGINT) AS n\($0)"
        }
        let table = try await engine.table(
            "SELECT \(sums.joined(separator: ", ")) FROM (\(parts.joined(separator: " UNION ALL ")))")
        var found: [String: (values: Int, bad: Int)] = [:]
        for (place, column) in doubtful.enumerated() {
            let values = Int(try table.integers("v\(place)")[0] ?? 0)
            found[column.name] = (values, values - Int(try table.integers("n\(place)")[0] ?? 0))
        }
        return found
    }
}
