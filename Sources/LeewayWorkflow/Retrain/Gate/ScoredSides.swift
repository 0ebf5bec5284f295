import LeewayCore
import LeewayLearn
import LeewayMonitor

/// Lets champion and challenger score the rows on which they are compared.
struct ScoredSides {
    let champion: ModelBundle
    let challenger: ModelBundle
    let target: String

    /// What both say of rows with labels.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`, `malformedDataset`.
    func scores(_ dataset: Dataset) throws(LeewayError) -> PairedScores {
        let labels = try dataset.categorical(target)
        let positive = champion.metadata.classes.positive
        let isPositive = labels.categories.map { $0 == positive }
        return try PairedScores(
            labels: labels.codes.map { $0 >= 0 && isPositive[Int($0)] }, champion: try champion.score(dataset),
            challenger: try challenger.score(dataset))
    }

    /// The categories of rows, each with the scores of its rows.
    ///
    /// - Throws: `missingColumn`.
    func slices(
        _ dataset: Dataset, _ scores: PairedScores, columns: [String]?, fewestRows: Int
    ) throws(LeewayError) -> [GateEvidence.Slice] {
        let names = columns ?? champion.preprocessor.encoder.encodings.map(\.column)
        var slices: [GateEvidence.Slice] = []
        for name in names {
            guard case .categorical(let values) = try dataset.values(name) else { continue }
            var places = [[Int]](repeating: [], count: values.categories.count)
            for (row, code) in values.codes.enumerated() where code >= 0 { places[Int(code)].append(row) }
            for (category, rows) in zip(values.categories, places) where rows.count >= fewestRows {
                slices.append(.init(name: "\(name) = \(category)", scores: scores.rows(rows)))
            }
        }
        return slices
    }
}

extension ModelBundle {
    /// The probability of the positive class for rows that have every feature.
    ///
    /// - Throws: `missingColumn`, `wrongColumnKind`.
    func score(_ dataset: Dataset) throws(LeewayError) -> [Double] {
        try model.predictProbabilities(try preprocessor.encode(dataset))
    }
}
