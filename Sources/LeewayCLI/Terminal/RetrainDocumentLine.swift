import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayWorkflow

/// What a step of the loop came to, as JSON.
struct RetrainDocumentLine: Encodable {
    struct Failure: Encodable {
        let code: String
        let message: String
        let hint: String?
    }

    let model: String
    let decision: RetrainDecision
    let retraining: Int?
    let champion: Int?
    let challenger: Int?
    let state: String?
    let data: RetrainingDataReport?
    let gate: GateReport?
    let error: Failure?
    let notes: [String]

    init(_ outcome: RetrainStep.Outcome) {
        (model, decision, notes) = (outcome.model, outcome.decision, outcome.notes)
        let made = outcome.retraining
        (retraining, champion, challenger) = (made?.id, made?.champion.number, made?.challenger.number)
        (state, data, gate) = (made?.state.rawValue, made?.data, made?.gate)
        error = outcome.failure.map { .init(code: $0.code.description, message: $0.message, hint: $0.hint) }
    }

    func text() throws -> String { String(decoding: try ArtifactCoding.encode(self), as: UTF8.self) }
}
