import LeewayCore
import LeewayEngine
import LeewayLearn
import LeewayMonitor
import LeewayStats

/// What a version says of the rows of files, in counts, and how good it is where the files have labels.
///
/// Memory does not grow with the rows: scores are counted in bins, and labelled ones are kept of some rows.
struct ScoredWindow: Sendable {
    /// About how many labelled rows are kept.
    static let labelledSize = 1_000_000

    /// Scores and labels given; there are no other columns in its bins.
    let counts: WindowCounts
    /// Measured on the rows with labels; nil where there are none.
    let realised: PerformanceFigures?

    /// Scores files that have every feature of the version.
    ///
    /// - Throws: what the engine says of the files.
    static func read(
        _ files: ScannedFiles, _ features: [ComparedColumn], target: ComparedColumn?, by bundle: ModelBundle,
        seed: UInt64, engine: any Engine
    ) async throws -> ScoredWindow {
        let columns = features + (target.map { [$0] } ?? [])
        var sql = "SELECT * FROM (\(files.query(columns)))"
        // What is infinite can't be scored.
        let numbers = features.filter { $0.kind == .number }.map { "NOT isinf(coalesce(\($0.name.sqlName), 0))" }
        if !numbers.isEmpty { sql += " WHERE \(numbers.joined(separator: " AND "))" }
        let start = Pass(bundle, columns, target: target?.name, seed: seed)
        var pass = try await engine.query(sql, into: { _ in start }, { pass, batch in try pass.add(batch) })
        try pass.score()
        return ScoredWindow(
            counts: pass.counts,
            realised: pass.labels.isEmpty
                ? nil
                : try RealisedPerformance.evaluate(
                    scores: pass.scores, decisions: pass.scores.map { $0 >= pass.threshold }, labels: pass.labels))
    }

    /// The way through the rows, a chunk at a time.
    private struct Pass: Sendable {
        let bundle: ModelBundle
        let columns: [ComparedColumn]
        let target: String?
        let threshold: Double
        var builder: DatasetBuilder
        var counts: WindowCounts
        var kept: HashSample
        var (scores, labels) = ([Double](), [Bool]())

        init(_ bundle: ModelBundle, _ columns: [ComparedColumn], target: String?, seed: UInt64) {
            (self.bundle, self.columns, self.target) = (bundle, columns, target)
            threshold = bundle.metadata.configuration.model.threshold
            let classes = bundle.metadata.classes
            counts = WindowCounts(WindowBins([], labels: [classes.negative, classes.positive]))
            kept = HashSample(size: ScoredWindow.labelledSize, seed: seed)
            builder = Self.builder(columns)
        }

        private static func builder(_ columns: [ComparedColumn]) -> DatasetBuilder {
            DatasetBuilder(
                names: columns.map(\.name), roles: columns.map { $0.kind == .number ? .number : .category },
                rowCount: Scorer.chunk)
        }

        mutating func add(_ batch: borrowing ArrowBatch) throws {
            try builder.add(batch)
            if builder.rowHashes.count >= Scorer.chunk { try score() }
        }

        /// Scores and counts what is held.
        mutating func score() throws {
            let dataset = try builder.dataset()
            guard dataset.rowCount > 0 else { return }
            let probabilities = try bundle.model.predictProbabilities(try bundle.preprocessor.encode(dataset))
            for probability in probabilities {
                counts.add(number: probability, to: counts.bins.score)
                counts.add(code: probability >= threshold ? 1 : 0, to: counts.bins.label)
            }
            counts.endRows(dataset.rowCount)
            if let target { keep(probabilities, try dataset.categorical(target)) }
            builder = Self.builder(columns)
        }

        private mutating func keep(_ probabilities: [Double], _ given: Categorical) {
            let classes = bundle.metadata.classes
            let isPositive = given.categories.map {
                $0 == classes.positive ? true : $0 == classes.negative ? false : nil
            }
            let known = given.codes.indices.compactMap { row -> (score: Double, label: Bool)? in
                let code = given.codes[row]
                return code < 0 ? nil : isPositive[Int(code)].map { (probabilities[row], $0) }
            }
            var (scores, labels) = (self.scores, self.labels)
            (self.scores, self.labels) = ([], [])
            kept.pass(
                known.count,
                keep: { offset in
                    scores.append(known[offset].score)
                    labels.append(known[offset].label)
                },
                thin: { places in
                    scores = places.map { scores[$0] }
                    labels = places.map { labels[$0] }
                })
            (self.scores, self.labels) = (scores, labels)
        }
    }
}
