import LeewayLearn
import LeewayMonitor

/// How good a version is on a window, as a part of a page.
struct PerformancePart {
    private static let metrics: [(metric: BinaryMetric, name: String)] = [
        (.rocAUC, "AUC"), (.accuracy, "accuracy"), (.precision, "precision"), (.recall, "recall"), (.f1, "F1"),
        (.logLoss, "log loss"), (.brierScore, "Brier score"),
    ]

    private let found: PerformanceFindings

    init(_ found: PerformanceFindings) { self.found = found }

    var html: String {
        let rows = Self.metrics.map { metric, name in
            "<tr><td>\(name)</td>\(cells(found.reference, metric))\(cells(found.estimated, metric))\(found.realised.map { cells($0, metric) } ?? "")</tr>"
        }
        let realised =
            found.realised.map { "<th>with \($0.rows.grouped) labels</th><th>95 %</th>" } ?? ""
        return """
            <h2>Performance</h2><div class="wide"><table><thead><tr><th>metric</th><th>at training</th><th>95 %</th><th>now, estimated</th><th>95 %</th>\(realised)</tr></thead>
            <tbody>\(rows.joined())</tbody></table></div>
            <p class="soft">Estimated without labels, from the calibrated scores: it sees that the rows changed, not that what the label depends on did.</p>
            """
    }

    private func cells(_ figures: PerformanceFigures, _ metric: BinaryMetric) -> String {
        switch figures[metric] {
        case .known(let figure):
            "<td>\(PageNumbers.fixed(figure.value, 3))</td><td class=\"soft\">\(PageNumbers.fixed(figure.interval.lower, 3)) – \(PageNumbers.fixed(figure.interval.upper, 3))</td>"
        case .noEvidence(let reason): "<td>–</td><td class=\"soft\">\(reason.words)</td>"
        case nil: "<td>–</td><td></td>"
        }
    }
}
