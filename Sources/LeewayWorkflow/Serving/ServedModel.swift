package import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStore
package import LeewayValidate
package import LeewayWire

/// A registered version, ready to answer: everything that depends on nothing but the version is made beforehand.
package final class ServedModel: Sendable {
    package let version: ModelVersion
    package let contract: Contract
    /// The class whose probability is given, and the other one.
    package let classes: TargetClasses
    /// The probability from which a row is called positive.
    package let threshold: Double
    package let reply: PredictionReply
    package let inferenceReply: InferenceV2Reply
    package let mlflowReply: MLflowReply
    let line: PredictionLineFormat
    /// How rows are counted; nil for a version without `reference_counts.json`.
    let tally: WindowTally?
    private let scorer: RowScorer
    private let bundle: ModelBundle
    /// What scores every row beside it, unseen by clients.
    private let shadow: (version: Int, scorer: RowScorer)?

    /// What a version says of rows, one after the other.
    package struct Scores: Sendable {
        package let probabilities: [Double]
        package let isPositive: [Bool]
    }

    /// Loads a version, holding every file that is used against its digest first.
    ///
    /// - Throws: `damagedArtifact`, `fileNotFound`, `missingColumn`.
    package init(
        _ version: ModelVersion, in project: Project, contract settings: ContractSettings,
        redaction: [String: Redaction] = [:], hash: @escaping @Sendable (String, String) -> String = { _, _ in "" }
    ) throws(LeewayError) {
        let bundle = try ModelBundle.load(version, in: project)
        self.version = version
        let files = bundle.metadata.configuration.source.files
        contract = Contract(
            schema: bundle.schema, preprocessor: bundle.preprocessor,
            cleaning: .init(
                trims: files.contains(where: \.options.trim), missing: files.flatMap(\.options.nullValues)), settings)
        classes = bundle.metadata.classes
        threshold = bundle.metadata.configuration.model.threshold
        scorer = try RowScorer(
            bundle.preprocessor, bundle.model, numbers: contract.numberNames,
            categories: contract.categoryFields.map { ($0.name, $0.categories) })
        let labels = (negative: classes.negative, positive: classes.positive)
        reply = PredictionReply(model: version.model, version: version.number, labels: labels)
        inferenceReply = InferenceV2Reply(model: version.model, version: version.number, labels: labels)
        mlflowReply = MLflowReply(labels: labels)
        line = PredictionLineFormat(
            model: version.model, version: version.number, labels: labels, contract: contract, redaction: redaction,
            hash: hash)
        (self.bundle, shadow) = (bundle, nil)
        tally = bundle.reference.map { [contract, classes] in
            WindowTally(contract, $0, classes: classes, redacted: redaction.keys)
        }
    }

    /// A version as it is, with another one that scores every row beside it.
    ///
    /// - Throws: `missingColumn` where the other one needs a column that this one's contract has not.
    init(_ model: ServedModel, shadowedBy other: ServedModel) throws(LeewayError) {
        (version, contract, classes) = (model.version, model.contract, model.classes)
        (threshold, reply, inferenceReply) = (model.threshold, model.reply, model.inferenceReply)
        (mlflowReply, line, tally) = (model.mlflowReply, model.line, model.tally)
        (scorer, bundle) = (model.scorer, model.bundle)
        let categories = model.contract.categoryFields.map { (name: $0.name, categories: $0.categories) }
        shadow = (
            other.version.number,
            try RowScorer(
                other.bundle.preprocessor, other.bundle.model, numbers: model.contract.numberNames,
                categories: categories)
        )
    }

    /// What the version beside it says of each row; nil where there is none.
    func shadowScores(_ rows: ContractRows) -> PredictionLineFormat.Shadow? {
        shadow.map {
            .init(
                version: $0.version,
                probabilities: $0.scorer.probabilities(numbers: rows.numbers, codes: rows.codes, rowCount: rows.count))
        }
    }

    /// Each row's probability and label.
    package func score(_ rows: ContractRows) -> Scores {
        let probabilities = scorer.probabilities(numbers: rows.numbers, codes: rows.codes, rowCount: rows.count)
        return Scores(probabilities: probabilities, isPositive: probabilities.map { $0 >= threshold })
    }

    /// What each field adds to each row's score.
    package func explain(_ rows: ContractRows) -> [PredictionReply.Explanation] {
        (0..<rows.count).map { row in
            let contributions = scorer.contributions(numbers: rows.numbers, codes: rows.codes, row: row)
            return PredictionReply.Explanation(
                intercept: scorer.intercept, contributions: contributions.map { ($0.column, $0.logOdds) })
        }
    }
}
