/// How to estimate how far metrics would move on other rows of the same kind.
///
/// The intervals depend on all of it but `threads`.
public struct BootstrapPlan: Sendable, Equatable {
    /// Resamples of the rows.
    public var replicates: Int
    /// The share of resamples that an interval covers, its tails of equal size.
    public var confidence: Double
    /// Where the random numbers start.
    public var seed: UInt64
    /// Threads that share the work.
    public var threads: Int

    /// Makes a plan; 1,000 replicates settle a 95 % interval to about a tenth of its width.
    public init(replicates: Int = 1_000, confidence: Double = 0.95, seed: UInt64 = 0, threads: Int = 1) {
        self.replicates = replicates
        self.confidence = confidence
        self.seed = seed
        self.threads = threads
    }
}
