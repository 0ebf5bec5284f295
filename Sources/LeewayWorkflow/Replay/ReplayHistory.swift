import LeewayCore
import LeewayLearn

/// A table as the stream that it once was: its rows by time, each on the side of the split where it stays.
struct ReplayHistory: Sendable {
    let data: IngestedData
    let classes: TargetClasses
    let labels: [Bool]
    /// In milliseconds since 1970, by row of the data.
    let times: [Int64]
    /// Whether a row tests, whenever it is trained.
    let isTest: [Bool]
    /// The rows with a label and a time, by time.
    let order: [Int]
    let selection: FeatureSelection

    /// - Throws: `unusableTarget`, `noUsableValues`, `notEnoughRows`.
    init(
        _ data: IngestedData, times: [Int64?], _ configuration: ProjectConfiguration, excluding time: String
    ) throws(LeewayError) {
        let target = try data.dataset.categorical(configuration.target.column)
        classes = try TargetClasses(of: target, configuration.target)
        let known = target.codes.indices.filter { target.codes[$0] >= 0 && times[$0] != nil }
        guard known.count >= 100 else {
            throw LeewayError(.notEnoughRows, "\(known.count) rows have a label and a time, too few for a replay.")
        }
        let positive = classes.positiveCode
        let isPositiveLast = classes.negative.utf8.lexicographicallyPrecedes(classes.positive.utf8)
        let drawn = try HashSplit(
            testShare: configuration.split.testShare, seed: UInt64(configuration.seed)
        ).isTest(
            contentHashes: known.map { data.rowHashes[$0] },
            classes: known.map { (target.codes[$0] == positive) == isPositiveLast ? 1 : 0 }, classCount: 2)
        var isTest = [Bool](repeating: false, count: data.dataset.rowCount)
        for (row, flag) in zip(known, drawn) { isTest[row] = flag }
        self.isTest = isTest
        self.data = data
        labels = target.codes.map { $0 == positive }
        let milliseconds = times.map { $0 ?? 0 }
        self.times = milliseconds
        order = known.sorted { (milliseconds[$0], $0) < (milliseconds[$1], $1) }
        // The time itself is no feature: it never comes again.
        var features = configuration.features
        if !features.drop.contains(time) { features.drop.append(time) }
        selection = try FeatureSelection(of: data, target: configuration.target.column, features)
    }

    var first: Timestamp { Timestamp(milliseconds: times[order[0]]) }
    var last: Timestamp { Timestamp(milliseconds: times[order[order.count - 1]]) }
}
