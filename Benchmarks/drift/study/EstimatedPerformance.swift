import LeewayLearn
import LeewayMonitor

/// What a model's metrics are estimated to be without labels, chunk by chunk, and what they turned out to be.
struct EstimatedPerformance: Encodable {
    /// One metric of one chunk.
    struct Figure: Encodable {
        let value: Double
        let lower: Double
        let upper: Double
        let standardError: Double

        enum CodingKeys: String, CodingKey {
            case value
            case lower
            case upper
            case standardError = "standard_error"
        }

        init?(_ outcome: PerformanceOutcome?) {
            guard let figure = outcome?.figure else { return nil }
            (value, standardError) = (figure.value, figure.standardError)
            (lower, upper) = (figure.interval.lower, figure.interval.upper)
        }
    }

    /// Consecutive rows of the analysis; by metric, what there is evidence of.
    struct Chunk: Encodable {
        let start: Int
        let rows: Int
        /// From the labels.
        let realised: [String: Figure]
        /// From the counts of scores and decisions, as a served model keeps them.
        let counts: [String: Figure]
        /// From the rows themselves.
        let exact: [String: Figure]
        /// From a calibration of reference rows by density ratio; none where it was not asked for.
        let weighted: [String: Figure]?
        /// How many reference rows of equal weight tell as much as the weighted ones.
        let effectiveRows: Double?

        enum CodingKeys: String, CodingKey {
            case start = "start_row"
            case rows
            case realised
            case counts
            case exact
            case weighted
            case effectiveRows = "effective_rows"
        }
    }

    /// All chunks of one size.
    struct Run: Encodable {
        let size: Int
        let chunks: [Chunk]
    }

    /// The kind of the reference's calibration.
    let calibration: String
    let runs: [Run]

    /// Estimates in chunks of each size; also by weighted calibration in those of at least `weightedFrom` rows.
    init(folder: String, sizes: [Int], weightedFrom: Int = 1_000, progress: (String) -> Void) throws {
        let data = try LoanFolder(folder)
        let reference = try PerformanceReference(
            labels: data.reference.labels, scores: data.reference.scores, threshold: data.threshold,
            classes: (negative: "no", positive: "yes"))
        calibration = reference.calibrator.method.rawValue
        runs = try sizes.map { size in
            let starts = stride(from: 0, to: data.analysis.scores.count, by: size)
            return Run(
                size: size,
                chunks: try starts.map { start in
                    progress("chunks of \(size) rows: \(start)")
                    let end = min(start + size, data.analysis.scores.count)
                    return try Self.chunk(
                        data, reference, start..<end, isWeighted: size >= weightedFrom)
                })
        }
    }

    private static func chunk(
        _ data: LoanFolder, _ reference: PerformanceReference, _ range: Range<Int>, isWeighted: Bool
    ) throws -> Chunk {
        let rows = data.analysis[range]
        let bins = WindowBins([], labels: [reference.negative.name, reference.positive.name])
        var counts = WindowCounts(bins)
        for (score, decision) in zip(rows.scores, rows.decisions) {
            counts.add(number: score, to: bins.score)
            counts.add(code: decision ? 1 : 0, to: bins.label)
            counts.endRow()
        }
        let decided = try DecidedRows(scores: rows.scores, decisions: rows.decisions)
        let weighted =
            isWeighted
            ? try WeightedConfidenceEstimate(
                labels: data.reference.labels, scores: data.reference.scores,
                weights: try DensityRatio.ratios(data.reference, rows)) : nil
        return Chunk(
            start: range.lowerBound, rows: range.count,
            realised: figures(
                try RealisedPerformance.evaluate(
                    scores: rows.scores, decisions: rows.decisions, labels: rows.labels)),
            counts: figures(reference.estimate(counts)),
            exact: figures(ConfidenceEstimate(reference.calibrator).evaluate(decided)),
            weighted: weighted.map { figures($0.evaluate(decided)) }, effectiveRows: weighted?.effectiveCount)
    }

    private static func figures(_ figures: PerformanceFigures) -> [String: Figure] {
        Dictionary(
            uniqueKeysWithValues: figures.metrics.compactMap { metric in
                Figure(figures[metric]).map { (metric.rawValue, $0) }
            })
    }
}
