import Dispatch
import LeewayCore
import LeewayStats

/// Percentile intervals of every binary metric from resamples of the rows.
///
/// - Shape: n rows are drawn from n rows with replacement, `replicates` times; an interval runs from the (1 − c) / 2 to the
///   (1 + c) / 2 quantile (linear) of the metric over the resamples.
/// - Missing: a resample of one class has no AUC and is left out of that interval; if none has one, the interval is nil.
/// - Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
public struct BootstrapIntervals: Sendable, Equatable {
    /// Resamples drawn.
    public let replicates: Int
    /// The share of resamples that each interval covers.
    public let confidence: Double
    /// The seed of the random numbers.
    public let seed: UInt64
    private let intervals: [BinaryMetric: ConfidenceInterval]

    /// The interval of one metric; nil for `rocAUC` with one class.
    public subscript(_ metric: BinaryMetric) -> ConfidenceInterval? { intervals[metric] }

    /// Draws the resamples and reads the intervals off.
    ///
    /// - Throws: `invalidSetting` for fewer than one replicate or thread, or a confidence not between 0 and 1.
    /// - Complexity: O(rows · replicates).
    init(_ ranking: RankedScores, plan: BootstrapPlan) throws(LeewayError) {
        guard plan.replicates > 0, plan.threads > 0, plan.confidence > 0, plan.confidence < 1 else {
            throw LeewayError(
                .invalidSetting, "A bootstrap needs a replicate, a thread and a confidence between 0 and 1.")
        }
        let metrics = try Self.resample(ranking, plan: plan)
        let tail = (1 - plan.confidence) / 2
        var intervals: [BinaryMetric: ConfidenceInterval] = [:]
        for metric in BinaryMetric.allCases {
            let values = ValueCounts(metrics.compactMap { $0[metric] })
            guard let lower = values.quantile(tail), let upper = values.quantile(1 - tail) else { continue }
            intervals[metric] = ConfidenceInterval(lower: lower, upper: upper)
        }
        (self.replicates, self.confidence, self.seed) = (plan.replicates, plan.confidence, plan.seed)
        self.intervals = intervals
    }

    /// The metrics of every resample, in order: replicate r draws from stream r, whichever thread it is on.
    ///
    /// - Throws: `interrupted` when the surrounding task is cancelled.
    private static func resample(
        _ ranking: RankedScores, plan: BootstrapPlan
    ) throws(LeewayError) -> [BinaryMetrics] {
        var buffers = Array(repeating: TallyBuffers(for: ranking), count: min(plan.threads, plan.replicates))
        // A round is short, so that a cancellation is noticed soon.
        let round = buffers.count * max(1, min(64, 1_000_000 / ranking.labels.count))
        var metrics: [BinaryMetrics] = []
        metrics.reserveCapacity(plan.replicates)
        for start in stride(from: 0, to: plan.replicates, by: round) {
            guard !Task.isCancelled else { throw LeewayError(.interrupted, "The bootstrap was cancelled.") }
            metrics += resample(start..<min(start + round, plan.replicates), of: ranking, plan.seed, &buffers)
        }
        return metrics
    }

    /// The metrics of some replicates, on as many threads as there are buffers.
    private static func resample(
        _ replicates: Range<Int>, of ranking: RankedScores, _ seed: UInt64, _ buffers: inout [TallyBuffers]
    ) -> [BinaryMetrics] {
        [BinaryMetrics](unsafeUninitializedCapacity: replicates.count) { metrics, count in
            buffers.withUnsafeMutableBufferPointer { buffers in
                // Each thread writes to a range and a buffer of its own.
                nonisolated(unsafe) let (metrics, buffers) = (metrics, buffers)
                let threads = buffers.count
                DispatchQueue.concurrentPerform(iterations: threads) { thread in
                    for place in replicates.count * thread / threads..<replicates.count * (thread + 1) / threads {
                        var generator = SeededGenerator(seed: seed, stream: UInt64(replicates.lowerBound + place))
                        buffers[thread].counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
                        let tally = ranking.tally(&buffers[thread])
                        metrics.initializeElement(
                            at: place, to: BinaryMetrics(tally, threshold: ranking.threshold))
                    }
                }
            }
            count = replicates.count
        }
    }
}

extension BootstrapIntervals: Codable {
    private enum CodingKeys: String, CodingKey {
        case replicates
        case confidence
        case seed
        case intervals
    }

    /// Reads what `encode` writes; a null interval is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        replicates = try container.decode(Int.self, forKey: .replicates)
        confidence = try container.decode(Double.self, forKey: .confidence)
        seed = try container.decode(UInt64.self, forKey: .seed)
        let nested = try container.nestedContainer(keyedBy: BinaryMetric.self, forKey: .intervals)
        var intervals: [BinaryMetric: ConfidenceInterval] = [:]
        for metric in BinaryMetric.allCases {
            intervals[metric] = try nested.decodeIfPresent(ConfidenceInterval.self, forKey: metric)
        }
        self.intervals = intervals
    }

    /// Writes every metric, null where it has no interval.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(replicates, forKey: .replicates)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(seed, forKey: .seed)
        var nested = container.nestedContainer(keyedBy: BinaryMetric.self, forKey: .intervals)
        for metric in BinaryMetric.allCases { try nested.encode(intervals[metric], forKey: metric) }
    }
}
