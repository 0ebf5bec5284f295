import LeewayCore
import LeewayLearn
import LeewayStore
import LeewayValidate
import LeewayWorkflow

/// What a run found, for a person.
struct RunSummary {
    let style: Style
    let width: Int

    func text(_ outcome: TrainingOutcome) -> String {
        var text =
            "\n"
            + ProfileSummary(outcome.profile, style: style, width: width)
            .text(excluded: outcome.selection.excluded)
        if let trained = outcome.trained {
            text += "\n" + metrics(trained.metrics, outcome.split.classes)
        } else {
            let features = outcome.selection.numeric.count + outcome.selection.categorical.count
            text +=
                "\n\(style.bold("Would fit")) a logistic regression on \(counted(features, "column")) "
                + "(\(outcome.selection.numeric.count) numeric, \(outcome.selection.categorical.count) categorical) "
                + "of \(counted(outcome.split.trainRows.count, "row")), and test it on "
                + "\(outcome.split.testRows.count.grouped). Nothing was written.\n"
        }
        if let trained = outcome.trained, let folder = outcome.folder {
            let version = trained.version
            let role = version.aliases.isEmpty ? "" : " (\(version.aliases.joined(separator: ", ")))"
            text += "\n\(style.bold("Version")) \(version.model) \(version.number)\(style.good(role))\n"
            text += "  \(folder)/\n"
            text += "\n\(style.bold("Next"))\n  leeway models show\n  leeway predict NEW.csv -o scored.csv\n"
        }
        return text
    }

    /// The metrics of both sides and the dummy's, and the confusion matrix of the test rows.
    func metrics(_ metrics: TrainingMetrics, _ classes: TargetClasses) -> String {
        var table = TextTable([.left, .right, .left, .right, .right])
        table.add(["", "test", "95 % interval", "train", "dummy"])
        for metric in Self.shown {
            guard let value = metrics.test.metrics[metric] else { continue }
            let interval = metrics.test.intervals?[metric].map {
                "\(NumberFormat.fixed($0.lower, 4)) – \(NumberFormat.fixed($0.upper, 4))"
            }
            table.add([
                metric.rawValue.split(separator: "_").joined(separator: " "), NumberFormat.fixed(value, 4),
                interval ?? "",
                metrics.train.metrics[metric].map { NumberFormat.fixed($0, 4) } ?? "",
                metrics.dummy.test[metric].map { NumberFormat.fixed($0, 4) } ?? "",
            ])
        }
        let rows = metrics.test.metrics.rowCount.grouped
        let positive = "positive class '\(TextTable.clipped(classes.positive, to: 30))'"
        return style.bold("Metrics") + style.dim("  on \(rows) test rows; \(positive)\n")
            + table.lines { row, column, cell in
                row == 0 || column >= 2 ? style.dim(cell) : column == 1 ? style.bold(cell) : cell
            } + "\n" + confusion(metrics.test.metrics.confusionMatrix, classes)
    }

    private func confusion(_ matrix: ConfusionMatrix, _ classes: TargetClasses) -> String {
        let (negative, positive) = (
            TextTable.clipped(classes.negative, to: 20),
            TextTable.clipped(classes.positive, to: 20)
        )
        var table = TextTable([.left, .right, .right])
        table.add(["", "predicted \(negative)", "predicted \(positive)"])
        table.add(["is \(negative)", matrix.trueNegatives.grouped, matrix.falsePositives.grouped])
        table.add(["is \(positive)", matrix.falseNegatives.grouped, matrix.truePositives.grouped])
        return table.lines { row, column, cell in
            row == 0 || column == 0 ? style.dim(cell) : row == column ? style.good(cell) : cell
        }
    }

    private static let shown: [BinaryMetric] = [
        .rocAUC, .averagePrecision, .accuracy, .balancedAccuracy, .precision, .recall, .f1, .matthewsCorrelation,
        .logLoss, .brierScore, .expectedCalibrationError,
    ]
}

extension RunSummary {
    private struct Document: Encodable {
        let runID: String
        let model: String?
        let version: Int?
        let aliases: [String]?
        let folder: String?
        let rows: Int
        let trainRows: Int
        let testRows: Int
        let warnings: [String]
        let metrics: BinaryMetrics?

        enum CodingKeys: String, CodingKey {
            case runID = "run_id"
            case model
            case version
            case aliases
            case folder
            case rows
            case trainRows = "train_rows"
            case testRows = "test_rows"
            case warnings
            case metrics = "test_metrics"
        }
    }

    /// The outcome as JSON.
    static func json(_ outcome: TrainingOutcome) throws -> String {
        let version = outcome.trained?.version
        let document = Document(
            runID: outcome.runID.description, model: version?.model, version: version?.number,
            aliases: version?.aliases, folder: outcome.folder, rows: outcome.profile.rowCount,
            trainRows: outcome.split.trainRows.count, testRows: outcome.split.testRows.count,
            warnings: outcome.validation.report.warnings.map(\.message),
            metrics: outcome.trained?.metrics.test.metrics)
        return String(decoding: try ArtifactCoding.encode(document), as: UTF8.self)
    }
}
