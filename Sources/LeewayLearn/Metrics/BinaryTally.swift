/// The sums that all binary metrics are made of, over rows that each count so and so often.
struct BinaryTally: Equatable {
    let confusionMatrix: ConfusionMatrix
    /// Over all pairs of a positive and a negative row: 2 where the negative scores higher, 1 where they tie.
    let twiceDiscordant: Int
    /// Over the positive rows: the precision at their score.
    let precisionSum: Double
    var probabilitySum = 0.0
    var squaredErrorSum = 0.0
    var lossSum = 0.0
    /// Over the calibration bins: |Σ probability − positives|.
    var calibrationGap = 0.0
}
