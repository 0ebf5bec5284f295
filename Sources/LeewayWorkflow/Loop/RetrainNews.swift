import LeewayCore
import LeewayMonitor
import LeewayStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Puts into the outbox what people are to know of retrainings: what became of each, and why one failed or cannot help.
struct RetrainNews {
    private static let stateName = "alerts:retraining"

    private let registry: Registry
    private let configuration: AlertConfiguration
    private let environment: Environment

    init(_ registry: Registry, _ configuration: AlertConfiguration, _ environment: Environment) {
        (self.registry, self.configuration, self.environment) = (registry, configuration, environment)
    }

    /// What was told last, so that what lasts is not told at every step.
    private struct Told: Codable, Equatable {
        var code = ""
        var time: Int64 = 0
    }

    /// - Throws: `registryFailed`, `diskFull`.
    func tell(_ outcome: RetrainStep.Outcome, of champion: ModelVersion) throws(LeewayError) {
        for note in outcome.notes { try tell("loop", note, champion, isRepeated: false) }
        if let failure = outcome.failure {
            try tell(failure.code.description, "Retraining failed: \(failure.message)", champion, isRepeated: true)
        } else if let made = outcome.retraining {
            let name = "Version \(made.challenger.number)"
            let words =
                switch made.state {
                case .promoted, .probation: "\(name) is the champion in place of version \(made.champion.number)"
                case .awaiting: "\(name) passed the gate and waits to be promoted"
                case .shadow, .canary: "\(name) passed the gate and is tried on requests"
                default: "\(name) was refused"
                }
            try tell(made.state.rawValue, "\(words): \(made.reason)", champion, isRepeated: false)
        } else if outcome.decision.action == .cannotHelp {
            try tell("cannot_help", outcome.decision.reason, champion, isRepeated: true)
        }
    }

    /// Tells a piece of news; of what lasts, once in a cooldown.
    private func tell(
        _ code: String, _ text: String, _ champion: ModelVersion, isRepeated: Bool
    ) throws(LeewayError) {
        let sinks = configuration.sinks.filter { $0.kinds.contains(AlertNotice.Kind.retraining.rawValue) }
        guard !sinks.isEmpty else { return }
        let time = environment.now()
        let kept = try registry.monitorState(model: champion.model, name: Self.stateName)
        let last = kept.flatMap { try? JSONDecoder().decode(Told.self, from: Data($0)) } ?? Told()
        let age = abs(Double(time.milliseconds) - Double(last.time))
        if isRepeated, last.code == code, age < Double(configuration.cooldown.wholeMilliseconds) { return }
        let event = AlertEvent(
            retraining: text, code: code, of: .init(model: champion.model, version: champion.number),
            id: UUIDv7(time, random: (environment.random(), environment.random())).description, at: time)
        let payload = String(decoding: try AlertDesk.encode(event), as: UTF8.self)
        try registry.addAlerts(
            sinks.map { ($0.key, payload) }, of: champion.model,
            state: (Self.stateName, try AlertDesk.encode(Told(code: code, time: time.milliseconds))), at: time)
    }
}
