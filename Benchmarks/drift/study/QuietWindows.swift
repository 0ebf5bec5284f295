import LeewayCore
import LeewayMonitor
import LeewayStats
import LeewayStore

/// How often windows of the very distributions of the reference raise an alarm.
struct QuietWindows {
    static let windows = [100, 1000, 10_000]

    /// The contestants of ours: rules by name.
    static var rules: [(name: String, settings: DriftSettings)] {
        var significance = DriftSettings()
        significance.effectFloor = 0
        var uncorrected = significance
        uncorrected.correction = .none
        return [
            ("default", DriftSettings()), ("no-floor", significance), ("uncorrected", uncorrected),
            ("classic", .classic),
        ]
    }

    let referenceRows: Int
    let repetitions: Int
    let seed: UInt64
    /// The first so many repetitions are written here, for the peers.
    var export: (folder: String, repetitions: Int)?

    /// Alarms counted for one pair of sizes and one rule.
    struct Tally: Encodable {
        let rule: String
        let reference: Int
        let window: Int
        var repetitions = 0
        /// Windows with any alarm.
        var any = 0
        /// Alarms by column.
        var columns: [String: Int] = [:]
    }

    /// Checks all windows.
    func run(progress: (String) -> Void) throws -> [Tally] {
        var tallies = Self.windows.flatMap { window in
            Self.rules.map { Tally(rule: $0.name, reference: referenceRows, window: window) }
        }
        for repetition in 0..<repetitions {
            var generator = SeededGenerator(seed: seed, stream: UInt64(referenceRows * 100_000 + repetition))
            let before = Population.columns.map { $0.population.draw(referenceRows, &generator) }
            let counts = try Self.counts(before)
            let bins = WindowBins(counts, labels: [])
            for (place, window) in Self.windows.enumerated() {
                let after = Population.columns.map { $0.population.draw(window, &generator) }
                if let export, repetition < export.repetitions {
                    try write(before, after, repetition, "\(export.folder)/\(referenceRows)-\(window)")
                }
                let pairs = Self.pairs(counts, after, bins)
                for (rule, (_, settings)) in Self.rules.enumerated() {
                    let report = DriftCheck(settings).evaluate(
                        settings.policy == .classic ? pairs.filter { $0.kind == .number } : pairs,
                        referenceRows: referenceRows, windowRows: window)
                    Self.count(report, in: &tallies[place * Self.rules.count + rule])
                }
            }
            if (repetition + 1).isMultiple(of: 10) {
                progress("reference \(referenceRows): \(repetition + 1) of \(repetitions)")
            }
        }
        if let export { try describe(export.folder, export.repetitions) }
        return tallies
    }

    private static func count(_ report: DriftReport, in tally: inout Tally) {
        tally.repetitions += 1
        if report.verdict == .drift { tally.any += 1 }
        for column in report.columns { tally.columns[column.name, default: 0] += column.isDrift ? 1 : 0 }
    }

    static func counts(_ columns: [[Double]]) throws -> [ReferenceCounts] {
        zip(Population.columns, columns).map { column, values in
            ReferenceCounts(Dataset.Column(column.name, Self.values(values, column.population)))
        }
    }

    static func values(_ values: [Double], _ population: Population) -> Dataset.Values {
        guard let cardinality = population.cardinality else { return .numeric(values) }
        return .categorical(
            Categorical(categories: (0..<cardinality).map { "k\($0)" }, codes: values.map { Int32($0) }))
    }

    static func pairs(_ reference: [ReferenceCounts], _ columns: [[Double]], _ bins: WindowBins) -> [ColumnPair] {
        var window = WindowCounts(bins)
        for (place, (column, values)) in zip(Population.columns, columns).enumerated() {
            if let cardinality = column.population.cardinality {
                let codes = (0..<cardinality).map { bins.code(of: "k\($0)", in: place) }
                for value in values { window.add(code: codes[Int(value)], to: place) }
            } else {
                for value in values { window.add(number: value, to: place) }
            }
        }
        window.endRows(columns.first?.count ?? 0)
        return reference.map { ColumnPair($0, window, importance: nil) }
    }

    // MARK: For the peers

    private func write(_ before: [[Double]], _ after: [[Double]], _ repetition: Int, _ folder: String) throws {
        try FileSystem.makeFolder(folder)
        try NumpyFile.write(before, to: "\(folder)/ref_\(repetition).npy")
        try NumpyFile.write(after, to: "\(folder)/cur_\(repetition).npy")
    }

    private func describe(_ folder: String, _ repetitions: Int) throws {
        struct Meta: Encodable {
            struct Column: Encodable {
                let name: String
                let kind: String
                let cardinality: Int?
            }

            let repetitions: Int
            let level: Double
            let seed: UInt64
            let columns: [Column]
        }
        let columns = Population.columns.map { column in
            Meta.Column(
                name: column.name, kind: column.population.cardinality == nil ? "number" : "category",
                cardinality: column.population.cardinality)
        }
        let meta = Meta(
            repetitions: min(repetitions, self.repetitions), level: 0.05, seed: seed, columns: columns)
        for window in Self.windows {
            try FileSystem.write(
                try ArtifactCoding.encode(meta), to: "\(folder)/\(referenceRows)-\(window)/meta.json")
        }
    }
}
