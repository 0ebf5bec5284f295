import LeewayValidate

/// Answered rows on their way into the window counts.
struct CountedRows: Sendable {
    let model: ServedModel
    let rows: ContractRows
    let scores: ServedModel.Scores
    /// The hour of the record, counted from 1970.
    let hour: Int
}
