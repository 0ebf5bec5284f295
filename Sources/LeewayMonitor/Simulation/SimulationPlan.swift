/// What simulated data shall be: which changes, from when on, of how many rows, from which seed.
package struct SimulationPlan: Sendable, Equatable {
    /// The changes, as the user wrote them.
    package var requests: [ChangeRequest]
    package var onset: ChangeOnset
    /// How many rows are drawn with replacement; nil for the input's rows in their order.
    package var rowCount: Int?
    package var seed: UInt64

    package init(_ requests: [ChangeRequest], onset: ChangeOnset = ChangeOnset(), rowCount: Int? = nil, seed: UInt64) {
        (self.requests, self.onset, self.rowCount, self.seed) = (requests, onset, rowCount, seed)
    }

    /// The most rows that can be drawn: the period of the draws.
    package static let mostRows = 1 << 32
}
