import LeewayCore
import LeewayLearn
import LeewayMonitor

/// A version of a replay: all that a registered one has for serving, monitoring and the gate, in memory.
struct ReplayModel: Sendable {
    let number: Int
    /// When it was trained, in milliseconds since 1970.
    let trainedAt: Int64
    let preprocessor: Preprocessor.Fitted
    let model: LogisticRegression.Model
    let reference: [ReferenceCounts]
    let bins: WindowBins
    let performance: PerformanceReference
    /// The rows that tested it.
    let testRows: [Int]
    let trainCount: Int

    /// Trains on rows of a history.
    ///
    /// - Throws: what fitting throws; `unusableTarget` where a side lacks a class.
    init(
        number: Int, _ history: ReplayHistory, rows: [Int], weights: ((Int) -> Double)?, at time: Int64,
        _ configuration: ProjectConfiguration, threads: Int
    ) throws(LeewayError) {
        let train = rows.filter { !history.isTest[$0] }
        let test = rows.filter { history.isTest[$0] }
        let columns = history.selection.numeric + history.selection.categorical
        let table = try history.data.dataset.selecting(columns)
        let training = table.rows(train)
        preprocessor = try configuration.features.preprocessor(of: history.selection).fit(training)
        let labels = train.map { history.labels[$0] }
        model = try configuration.model.estimator(threads: threads).fit(
            try preprocessor.encode(training), labels: labels, rowWeights: weights.map { train.map($0) })
        reference = training.columns.map { ReferenceCounts($0) }
        bins = WindowBins(reference, labels: [history.classes.negative, history.classes.positive])
        performance = try PerformanceReference(
            labels: test.map { history.labels[$0] },
            scores: try model.predictProbabilities(try preprocessor.encode(table.rows(test))),
            threshold: configuration.model.threshold,
            classes: (negative: history.classes.negative, positive: history.classes.positive))
        (self.number, trainedAt, testRows, trainCount) = (number, time, test, train.count)
    }

    /// The probabilities of rows.
    ///
    /// - Throws: `missingColumn`.
    func score(_ rows: [Int], of history: ReplayHistory) throws(LeewayError) -> [Double] {
        guard !rows.isEmpty else { return [] }
        let columns = history.selection.numeric + history.selection.categorical
        let table = try history.data.dataset.selecting(columns).rows(rows)
        return try model.predictProbabilities(try preprocessor.encode(table))
    }

    /// The codes of a category column's values in this version's bins, by code of the data.
    func codes(_ categorical: Categorical, _ column: Int) -> [Int32] {
        categorical.categories.map { bins.code(of: $0, in: column) }
    }
}
