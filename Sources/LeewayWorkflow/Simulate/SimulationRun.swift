package import LeewayCore
package import LeewayEngine
import LeewayMonitor
import LeewayStore

/// Makes drifted data of files, for drills: the same columns in the same order and types, changed as a plan says.
///
/// The same input, plan and version of Leeway give the same values, at any number of threads.
package struct SimulationRun: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// A change, and how many rows it reached.
        package struct Change: Sendable, Equatable {
            /// The option's name, such as `shift`, and what stood behind it.
            package let option: String
            package let text: String
            /// The rows that it changed; that left, with a dropped category; that are written, with a weighed one.
            ///
            /// Nil for a dropped category where rows are drawn: there it is never drawn.
            package let rowCount: Int?
        }

        package let inputRowCount: Int
        package let rowCount: Int
        package let changes: [Change]
    }

    private let plan: SimulationPlan
    private let observer: any RunObserver
    private let seconds: @Sendable () -> Double

    /// - Throws: `invalidUsage` for options that make no sense, before anything is read.
    package init(
        _ options: SimulationOptions, observer: any RunObserver, seconds: @escaping @Sendable () -> Double
    ) throws(LeewayError) {
        plan = try options.plan()
        (self.observer, self.seconds) = (observer, seconds)
    }

    /// Reads a source, changes its rows and writes them to `path`, all of them or nothing.
    ///
    /// With `replaces`, a file that is there already is replaced; one of the source never is.
    ///
    /// - Throws: `invalidUsage`, `missingColumn`, `wrongColumnKind`, `noUsableValues`, `notEnoughRows`, `malformedSource`,
    ///   `fileNotAccessible`, `diskFull`.
    package func run(
        _ source: SourceConfiguration, to path: String, replaces: Bool, on engine: any Engine
    ) async throws -> Outcome {
        let format = try TableFile.format(of: path)
        let files = try SourceFiles.find(source, resolve: { $0 })
        try Self.check(path, files, replaces: replaces)
        let input = try await timed(
            "look", summary: { counted($0.columns.count, "column") },
            work: {
                try await SimulationInput.open(files, for: format, on: engine)
            })
        let requests = plan.requests
        let changes = try Self.placed(requests, in: input)
        let facts = try await timed(
            "read", summary: { counted($0.rowCount, "row") },
            work: {
                try await SimulationFacts(of: input, for: changes, on: engine)
            })
        guard facts.rowCount > 0 else {
            throw LeewayError(
                .notEnoughRows, "\(files[0].path) has a header but no rows.", hint: "It needs some rows.")
        }
        try await SimulationChecks(input: input, facts: facts).run(changes, requests, on: engine)
        let isDrawn = RowSampling.isNeeded(changes, plan)
        var rows = "SELECT row_number() OVER () AS k, * FROM (\(input.sql)) AS q"
        if isDrawn {
            rows = try await timed(
                "draw", summary: { _ in counted(plan.rowCount ?? facts.rowCount, "row") },
                work: {
                    try await RowSampling(input: input, facts: facts, changes: changes, plan: plan).draw(on: engine)
                })
        }
        let changed = ChangedRows(
            input: input, facts: facts, changes: changes, onset: plan.onset, seed: plan.seed, dropsRows: !isDrawn)
        let (query, counting) = (changed.changed(rows), changed.counts(rows))
        let counts = try await timed(
            "write", summary: { counted($0.first ?? 0, "row") },
            work: {
                let counts = try await engine.texts(counting).first?.map { Int($0) ?? 0 } ?? []
                try await Self.write(query, to: path, format, on: engine)
                return counts
            })
        let outcomes = zip(requests, counts.dropFirst()).map { request, count in
            Outcome.Change(
                option: request.kind.rawValue, text: request.text,
                rowCount: isDrawn && request.kind == .dropCategory ? nil : count)
        }
        return Outcome(inputRowCount: facts.rowCount, rowCount: counts.first ?? 0, changes: outcomes)
    }

    /// Writes the rows; Parquet by one thread, for several would cut the rows into groups that differ from run to run.
    private static func write(
        _ query: String, to path: String, _ format: FileOptions.Format, on engine: any Engine
    ) async throws {
        guard format == .parquet,
            let threads = try await engine.texts("SELECT current_setting('threads')::VARCHAR").first
        else { return try await TableFile.write(query, to: path, format, on: engine) }
        try await engine.execute("SET threads = 1")
        do {
            try await TableFile.write(query, to: path, format, on: engine)
        } catch {
            // The first error is the one that says what happened.
            try? await engine.execute("SET threads = \(threads[0])")
            throw error
        }
        try await engine.execute("SET threads = \(threads[0])")
    }

    private static func check(_ path: String, _ files: [SourceFile], replaces: Bool) throws(LeewayError) {
        if let file = files.first(where: { FileSystem.isSame($0.path, path) }) {
            throw LeewayError(
                .invalidUsage, "The output \(path) is the input \(file.path).",
                hint: "Name another output: what is simulated replaces no data.")
        }
        guard FileSystem.kind(of: path) != nil, !replaces else { return }
        throw LeewayError(
            .invalidUsage, "\(path) is there already.", hint: "Replace it with --force, or name another output.")
    }

    private static func placed(
        _ requests: [ChangeRequest], in input: SimulationInput
    ) throws(LeewayError) -> [PlacedChange] {
        let names = input.columns.map(\.name)
        var changes: [PlacedChange] = []
        for request in requests {
            let change = try request.change(among: names)
            guard let place = names.firstIndex(of: change.column) else { continue }
            changes.append(PlacedChange(change: change, place: place))
        }
        return changes
    }

    private func timed<Result>(
        _ name: String, summary: (Result) -> String, work: () async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        observer.began(name)
        let start = seconds()
        let result = try await work()
        observer.ended(name, summary(result), seconds: seconds() - start)
        return result
    }
}
