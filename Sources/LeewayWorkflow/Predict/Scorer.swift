import LeewayCore
import LeewayEngine
import LeewayLearn

/// Turns the batches of a query into probabilities, holding no more than a chunk of rows at a time.
struct Scorer: Sendable {
    /// How many rows are held before they are scored.
    static let chunk = 65_536

    private let names: [String]
    private let roles: [DatasetBuilder.Role]
    private let preprocessor: Preprocessor.Fitted
    private let model: LogisticRegression.Model
    private var builder: DatasetBuilder
    private(set) var probabilities: [Double] = []
    /// Values of a category that training did not see.
    private(set) var unknownCategoryCount = 0

    init(_ bundle: ModelBundle, names: [String], roles: [DatasetBuilder.Role]) {
        (self.names, self.roles) = (names, roles)
        (preprocessor, model) = (bundle.preprocessor, bundle.model)
        builder = DatasetBuilder(names: names, roles: roles, rowCount: Self.chunk)
    }

    mutating func add(_ batch: borrowing ArrowBatch) throws {
        try builder.add(batch)
        if builder.rowHashes.count >= Self.chunk { try score() }
    }

    /// Scores what is held.
    mutating func score() throws {
        let dataset = try builder.dataset()
        guard dataset.rowCount > 0 else { return }
        let features = try preprocessor.encode(dataset)
        for column in features.categorical {
            let raw = try dataset.categorical(column.name).codes
            for (code, given) in zip(column.codes, raw) where code < 0 && given >= 0 { unknownCategoryCount += 1 }
        }
        probabilities += try model.predictProbabilities(features)
        builder = DatasetBuilder(names: names, roles: roles, rowCount: Self.chunk)
    }
}
