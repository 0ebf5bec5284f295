import LeewayCore

/// The rows of a retraining: those of the source first, then those of the log.
struct RetrainingData {
    let data: IngestedData
    /// The first row of the log.
    let logStart: Int
    /// When each row was, in milliseconds since 1970; nil where nobody knows.
    let times: [Int64?]
    let report: RetrainingDataReport
}
