/// What a check of a window found.
package struct DriftReport: Sendable, Equatable {
    /// What is said of the whole window.
    package enum Verdict: String, Sendable, Codable {
        case drift
        case noDrift = "no_drift"
        /// Nothing drifted that could be judged, but something could not be.
        case noEvidence = "no_evidence"
    }

    package let settings: DriftSettings
    package let referenceRows: Int
    package let windowRows: Int
    /// The features first, in the reference's order.
    package let columns: [ColumnDrift]
    /// What tests of all columns together found, as far as any were made.
    package let together: [ColumnDrift.Finding]
    package let verdict: Verdict
    /// The share of the importance that drifted columns have.
    package let driftedShare: Double

    /// The columns that drifted, in order.
    package var drifted: [ColumnDrift] { columns.filter(\.isDrift) }
    /// The columns of which nothing can be said, not even that their missing values drifted.
    package var unjudged: [ColumnDrift] { columns.filter { $0.noEvidence != nil && !$0.isDrift } }
    /// How many p-values were corrected together.
    package var hypotheses: Int {
        columns.reduce(together.count { $0.adjustedPValue != nil }) { sum, column in
            sum + [column.values, column.missing].count { $0?.adjustedPValue != nil }
        }
    }
}
