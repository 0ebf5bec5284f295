import LeewayLearn
import LeewayMonitor
import LeewayWorkflow

/// How good the model is on a window.
extension DriftText {
    private static let metrics: [(metric: BinaryMetric, name: String)] = [
        (.rocAUC, "AUC"), (.accuracy, "accuracy"), (.f1, "F1"), (.logLoss, "log loss"),
    ]

    /// A table of metrics: at training, estimated on the window, and measured where labels are known; each with 95 %.
    func performance(_ found: PerformanceFindings?) -> String {
        guard let found else { return "" }
        var sides = [("at training", found.reference), ("now, estimated", found.estimated)]
        if let realised = found.realised { sides.append(("now, \(counted(realised.rows, "label"))", realised)) }
        var table = TextTable([.left] + sides.flatMap { _ in [.right, .left] })
        table.add(["performance"] + sides.flatMap { [$0.0, "95 %"] })
        for (metric, name) in Self.metrics {
            table.add(
                [name]
                    + sides.flatMap { _, figures -> [String] in
                        switch figures[metric] {
                        case .known(let figure):
                            let (lower, upper) = (figure.interval.lower, figure.interval.upper)
                            return [
                                NumberFormat.fixed(figure.value, 3),
                                "\(NumberFormat.fixed(lower, 3)) – \(NumberFormat.fixed(upper, 3))",
                            ]
                        case .noEvidence(let reason): return ["–", reason.words]
                        case nil: return ["–", ""]
                        }
                    })
        }
        return "\n"
            + table.fitted(to: width - 2, without: [2, 4]).lines { row, place, cell in
                row == 0 || cell.contains("–") ? style.dim(cell) : cell
            }
    }
}
