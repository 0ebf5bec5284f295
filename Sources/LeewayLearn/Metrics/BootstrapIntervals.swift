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
        let metrics = Self.resample(ranking, plan: plan)
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
    private static func resample(_ ranking: RankedScores, plan: BootstrapPlan) -> [BinaryMetrics] {
        let threads = min(plan.threads, plan.replicates)
        return [BinaryMetrics](unsafeUninitializedCapacity: plan.replicates) { metrics, count in
            // Each thread writes to a range of its own.
            nonisolated(unsafe) let metrics = metrics
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                var buffers = TallyBuffers(for: ranking)
                for replicate in plan.replicates * thread / threads..<plan.replicates * (thread + 1) / threads {
                    var generator = SeededGenerator(seed: plan.seed, stream: UInt64(replicate))
                    buffers.counts.withUnsafeMutableBufferPointer { generator.resample(into: $0) }
                    let result = BinaryMetrics(ranking.tally(&buffers), threshold: ranking.threshold)
                    metrics.initializeElement(at: replicate, to: result)
                }
            }
            count = plan.replicates
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
