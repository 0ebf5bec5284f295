import LeewayCore
package import LeewayEngine
package import LeewayMonitor

/// Holds what came in against a reference.
package struct DriftRun: Sendable {
    let settings: DriftSettings
    let seed: UInt64
    let isParallel: Bool
    let dropped: Set<String>
    let looksTogether: Bool

    /// Takes the rules.
    ///
    /// Columns in `dropped` are not looked at. With `isParallel`, files are read by two sessions; with `looksTogether`, some
    /// rows are kept, and tests look at all of their columns together.
    package init(
        _ settings: DriftSettings, dropped: Set<String> = [], looksTogether: Bool = true, seed: UInt64 = 42,
        isParallel: Bool
    ) {
        (self.settings, self.dropped, self.seed, self.isParallel) = (settings, dropped, seed, isParallel)
        self.looksTogether = looksTogether && settings.policy == .standard
    }

    /// Compares files with files, column by column.
    ///
    /// - Throws: what reading the files throws; `noUsableValues` where they have no column in common that can be compared.
    package func compare(
        _ current: SourceConfiguration, with reference: SourceConfiguration, on engine: any Engine
    ) async throws -> DriftFindings {
        let resolve: (String) -> String = { $0 }
        let before = try await ScannedFiles(reference, asTexts: false, resolve: resolve, engine: engine)
        let after = try await ScannedFiles(current, asTexts: true, resolve: resolve, engine: engine)
        try Self.check(dropped, among: before.names + after.names)
        let known = try await DriftReference.read(
            before, beside: after, ignoring: dropped, isParallel: isParallel, seed: seed, engine: engine)
        return try await compare(after, with: known, on: engine)
    }

    /// Compares files with the training data of a version: its features, and its target where the files have it.
    ///
    /// - Throws: what reading the files throws; `damagedArtifact` for a version without reference counts.
    package func compare(
        _ current: SourceConfiguration, with bundle: ModelBundle, in project: Project, on engine: any Engine
    ) async throws -> DriftFindings {
        var current = current
        for place in current.files.indices {
            current.files[place].options = bundle.reading(current.files[place].options)
        }
        let files = try await ScannedFiles(current, asTexts: true, resolve: { $0 }, engine: engine)
        var reference = try DriftReference.of(bundle)
        try Self.check(dropped, among: reference.columns.map(\.name) + files.names)
        if looksTogether { try await reference.readSample(of: bundle, in: project, seed: seed, engine: engine) }
        return try await compare(files, with: reference, by: bundle, on: engine)
    }

    private func compare(
        _ files: ScannedFiles, with reference: DriftReference, by bundle: ModelBundle? = nil, on engine: any Engine
    ) async throws -> DriftFindings {
        // A window without the target is what windows are; one without a feature is not.
        let wanted = reference.columns.filter { column in
            !dropped.contains(column.name) && (column.role == .feature || files.names.contains(column.name))
        }
        guard wanted.isEmpty || wanted.contains(where: { files.names.contains($0.name) }) else {
            throw LeewayError(
                .missingColumn,
                "\(files.name) has none of the \(counted(wanted.count, "column")) of \(reference.name).",
                hint: "Where its first line is no header, say --no-header; where the table begins later, --skip-lines.")
        }
        var (reasons, remarks) = try await unusable(wanted, in: files, engine)
        let columns = wanted.filter { reasons[$0.name] == nil }
        let counts = reference.counts.filter { counts in wanted.contains { $0.name == counts.column } }
        let pass = TablePass(files: files, engine: engine, isParallel: isParallel)
        let output = try await WindowReading(
            pass: pass, sampleSize: looksTogether ? SampledColumns.size : nil, seed: seed
        )
        .run(columns, in: WindowBins(counts, labels: []))
        var pairs = zip(wanted, counts).map { column, counts in
            let importance = reference.importance[column.name]
            return if let reason = reasons[column.name] {
                ColumnPair(unavailable: counts, reason, role: column.role, importance: importance)
            } else {
                ColumnPair(counts, output.counts, role: column.role, importance: importance)
            }
        }
        let features = Set(columns.filter { $0.role == .feature }.map(\.name))
        let together =
            looksTogether
            ? try TogetherFindings(
                reference: reference.sample.filter { features.contains($0.name) },
                window: output.sample.filter { features.contains($0.name) }, seed: seed, threads: isParallel ? 2 : 1)
            : nil
        let performance = try await performance(of: files, reference, by: bundle, unusable: reasons, &pairs, engine)
        if performance == nil, settings.policy == .standard, bundle?.performance != nil {
            let lacking = reference.columns.filter { $0.role == .feature && !isUsable($0, files, reasons) }
            let names = lacking.map { "'\($0.name)'" }.joined(separator: ", ")
            remarks.append("The model's scores, labels and performance are not told: it can't answer without \(names).")
        }
        let report = DriftCheck(settings).evaluate(
            pairs, together: together?.outcomes ?? [], referenceRows: reference.rows,
            windowRows: output.counts.rows)
        return DriftFindings(
            report: report, reference: .init(name: reference.name, rows: reference.rows),
            current: .init(name: files.name, rows: output.counts.rows), notes: reference.notes + remarks,
            newCategories: output.newCategories, together: together, performance: performance)
    }

    /// How a version performs on files; what it says of them is added to the pairs.
    private func performance(
        of files: ScannedFiles, _ reference: DriftReference, by bundle: ModelBundle?, unusable: [String: NoEvidence],
        _ pairs: inout [ColumnPair], _ engine: any Engine
    ) async throws -> PerformanceFindings? {
        guard settings.policy == .standard, let bundle, let performance = bundle.performance else { return nil }
        let features = reference.columns.filter { $0.role == .feature }
        guard features.allSatisfy({ isUsable($0, files, unusable) }) else { return nil }
        let target = reference.columns.first { $0.role == .target && files.names.contains($0.name) }
        let scored = try await ScoredWindow.read(
            files, features, target: target, by: bundle, seed: seed, engine: engine)
        pairs += ColumnPair.answers(performance, scored.counts)
        return PerformanceFindings(
            reference: performance.realised, estimated: performance.estimate(scored.counts),
            realised: scored.realised)
    }

    private func isUsable(_ column: ComparedColumn, _ files: ScannedFiles, _ unusable: [String: NoEvidence]) -> Bool {
        files.names.contains(column.name) && unusable[column.name] == nil
    }

    /// Whether the columns that are not to be looked at are there at all.
    ///
    /// - Throws: `missingColumn` for the first that is not.
    static func check(_ dropped: Set<String>, among names: [String]) throws(LeewayError) {
        guard let name = dropped.sorted().first(where: { !names.contains($0) }) else { return }
        throw LeewayError(
            .missingColumn, "There is no column '\(name)' to drop.",
            hint: NearestName.of(name, among: names).map { "Did you mean '\($0)'?" }
                ?? "Columns: \(names.prefix(20).joined(separator: ", ")).")
    }

    /// The columns that can't be compared, each with the reason, and what else to know.
    private func unusable(
        _ columns: [ComparedColumn], in files: ScannedFiles, _ engine: any Engine
    ) async throws -> (reasons: [String: NoEvidence], remarks: [String]) {
        let unreadable = try await files.unreadable(columns, engine)
        var (reasons, remarks) = ([String: NoEvidence](), [String]())
        for column in columns {
            if !files.names.contains(column.name) {
                reasons[column.name] = .noColumn
            } else if let found = unreadable[column.name], found.bad > 0 {
                if found.bad == found.values {
                    reasons[column.name] = .wrongType
                } else {
                    let verbs = found.bad == 1 ? "is no number counts" : "are no number count"
                    remarks.append("Column '\(column.name)': \(counted(found.bad, "value")) that \(verbs) as missing.")
                }
            }
        }
        return (reasons, remarks)
    }
}
