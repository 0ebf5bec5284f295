package import LeewayMonitor

/// All that a check found.
package struct DriftFindings: Sendable {
    /// One side of a comparison.
    package struct Side: Sendable, Encodable {
        /// What it is: a version, files, hours of the log.
        package let name: String
        package let rows: Int

        /// The side in words.
        package var text: String { "\(name) (\(counted(rows, "row")))" }
    }

    package let report: DriftReport
    package let reference: Side
    package let current: Side
    /// What to know beside the figures, a sentence each.
    package var notes: [String]
    /// The categories that the reference has not, by column, the most frequent first.
    package var newCategories: [String: [(text: String, count: Int)]] = [:]
    /// What showed in all columns together; nil where it was not looked at.
    package var together: TogetherFindings?
    /// How the version performs on the window; nil where there is no version, and for one of an earlier Leeway.
    package var performance: PerformanceFindings?
}
