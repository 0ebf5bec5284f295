import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

/// What happened to a model, as a person reads it.
struct HistoryText {
    let style: Style
    let width: Int

    // MARK: Lists

    func events(_ timeline: HistoryReport.Timeline) -> String {
        var table = TextTable([.left, .left, .left, .left])
        table.add(["Time (UTC)", "What", "Who", "Why"])
        for event in timeline.events {
            table.add([
                Self.minute(event.time), event.words, TextTable.clipped(event.actor, to: 20), clipped(event.reason),
            ])
        }
        return table.lines(indent: "") { row, column, cell in
            row == 0 || column == 0 ? style.dim(cell) : column == 1 ? style.bold(cell) : cell
        }
    }

    func decisions(_ timeline: HistoryReport.Timeline) -> String {
        guard !timeline.decisions.isEmpty else {
            return "Nothing was decided yet: 'leeway retrain --once' asks the policy.\n"
        }
        var table = TextTable([.left, .left, .right, .left])
        table.add(["Time (UTC)", "Decision", "times", "Why"])
        for decision in timeline.decisions {
            table.add([
                Self.minute(decision.lastTime.description), decision.action.replacing("_", with: " "),
                "\(decision.count)", clipped(decision.reason),
            ])
        }
        return table.lines(indent: "") { row, column, cell in
            row == 0 || column == 0 ? style.dim(cell) : column == 1 ? style.bold(cell) : cell
        }
    }

    private func clipped(_ reason: String) -> String {
        width == .max ? reason : TextTable.clipped(reason, to: max(24, width - 56))
    }

    static func minute(_ time: String) -> String { String(time.prefix(19)).replacing("T", with: " ") }

    // MARK: One prediction

    func provenance(_ answer: PredictionLookup.Answer, _ found: HistoryReport.Provenance) -> String {
        let version = found.version
        var text = "\(style.bold("Prediction")) \(answer.id)\n"
        text += "  \(Self.minute(answer.time.description)) UTC, \(answer.label), probability \(answer.probability)\n\n"
        text +=
            "\(style.bold("Given by"))   \(version.model) version \(version.number), registered \(Self.minute(version.createdAt))\n"
        text += "  run      \(version.runID)\n  content  sha256 \(version.contentHash)\n"
        text += "  data     fingerprint \(found.dataFingerprint ?? "not known")\n"
        if let data = found.document?.data {
            text += "           \(data.rows.grouped) rows, \(data.rowsOfLog.grouped) of them logged with a label\n"
        }
        if let retraining = found.retraining {
            text += "\n\(style.bold("Made by"))    retraining \(retraining.id): \(retraining.reason)\n"
            for criterion in found.document?.gate?.criteria ?? [] where criterion.outcome != .notJudged {
                let sign = criterion.outcome == .passed ? style.good("✓") : style.bad("✗")
                text += "  \(sign) \(criterion.reason)\n"
            }
        } else {
            text += "\n\(style.bold("Made by"))    leeway run\n"
        }
        text += "\n\(style.bold("Moves"))\n"
        for move in found.moves where move.alias != nil {
            text += "  \(style.dim(Self.minute(move.time)))  \(move.words), by \(move.actor): \(move.reason)\n"
        }
        return text
    }
}

/// What happened to a model, as JSON.
struct TimelineDocument: Encodable {
    struct Decision: Encodable {
        let time: String
        let lastTime: String
        let count: Int
        let action: String
        let cause: String?
        let obstacle: String?
        let reason: String

        enum CodingKeys: String, CodingKey {
            case time
            case lastTime = "last_time"
            case count
            case action
            case cause
            case obstacle
            case reason
        }
    }

    struct Entry: Encodable {
        let id: Int
        let started: String
        let state: String
        let cause: String
        let reason: String
        let champion: Int
        let challenger: Int?
        let document: RetrainingDocument?
    }

    let events: [Registry.Event]
    let decisions: [Decision]
    let retrainings: [Entry]

    init(_ timeline: HistoryReport.Timeline) {
        events = timeline.events
        decisions = timeline.decisions.map {
            Decision(
                time: $0.time.description, lastTime: $0.lastTime.description, count: $0.count, action: $0.action,
                cause: $0.cause, obstacle: $0.obstacle, reason: $0.reason)
        }
        retrainings = timeline.retrainings.map { Entry($0) }
    }
}

extension TimelineDocument.Entry {
    init(_ retraining: Retraining) {
        self.init(
            id: retraining.id, started: retraining.startedAt.description, state: retraining.state.rawValue,
            cause: retraining.cause, reason: retraining.reason, champion: retraining.champion,
            challenger: retraining.challenger, document: RetrainingDocument(retraining.document))
    }
}

/// What stands behind a prediction, as JSON.
struct ProvenanceDocument: Encodable {
    struct Prediction: Encodable {
        let id: String
        let time: String
        let probability: Double
        let label: String
    }

    let prediction: Prediction
    let version: ModelVersion
    let dataFingerprint: String?
    let retraining: TimelineDocument.Entry?
    let moves: [Registry.Event]

    enum CodingKeys: String, CodingKey {
        case prediction
        case version
        case dataFingerprint = "data_fingerprint"
        case retraining
        case moves
    }

    init(_ answer: PredictionLookup.Answer, _ found: HistoryReport.Provenance) {
        prediction = Prediction(
            id: answer.id.description, time: answer.time.description, probability: answer.probability,
            label: answer.label)
        (version, dataFingerprint) = (found.version, found.dataFingerprint)
        (retraining, moves) = (found.retraining.map { .init($0) }, found.moves)
    }
}
