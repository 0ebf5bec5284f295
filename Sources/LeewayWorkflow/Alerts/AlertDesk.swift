package import LeewayCore
package import LeewayMonitor
package import LeewayStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Takes the outcomes of checks, and puts what people shall be told into the registry's outbox.
///
/// It sends nothing itself: that is `AlertDelivery`'s, so that no check waits for a network.
package struct AlertDesk: Sendable {
    /// Under which name the registry keeps what the policy knows of a model.
    static let stateName = "alerts"

    private let registry: Registry
    private let configuration: AlertConfiguration
    private let environment: Environment

    package init(_ registry: Registry, _ configuration: AlertConfiguration, _ environment: Environment) {
        (self.registry, self.configuration, self.environment) = (registry, configuration, environment)
    }

    /// Takes the outcome of one check; gives the events that were put into the outbox, or would be if somebody wanted them.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    @discardableResult
    package func take(_ sighting: CheckSighting, of check: AlertEvent.Check) throws(LeewayError) -> [AlertEvent] {
        guard !configuration.sinks.isEmpty else { return [] }
        let time = environment.now()
        let kept = try registry.monitorState(model: check.model, name: Self.stateName)
        // What can't be read any more is forgotten: at worst an alarm is told again.
        let state = kept.flatMap { try? JSONDecoder().decode(AlertPolicy.State.self, from: Data($0)) }
        var policy = AlertPolicy(cooldown: configuration.cooldown, state: state ?? AlertPolicy.State())
        let notices = policy.handle(sighting, version: check.version, at: time)
        guard policy.state != state else { return [] }
        let events = notices.map { notice in
            let id = UUIDv7(time, random: (environment.random(), environment.random()))
            return AlertEvent(notice, of: check, id: id.description, at: time)
        }
        var alerts: [(sink: String, payload: String)] = []
        for event in events {
            let payload = String(decoding: try Self.encode(event), as: UTF8.self)
            for sink in configuration.sinks where sink.kinds.contains(event.kind.rawValue) {
                alerts.append((sink.key, payload))
            }
        }
        try registry.addAlerts(
            alerts, of: check.model, state: (Self.stateName, try Self.encode(policy.state)), at: time)
        return events
    }

    /// JSON on one line, its keys sorted.
    static func encode(_ value: some Encodable) throws(LeewayError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            throw LeewayError(
                .damagedArtifact, "An alert can't be written as JSON.", hint: "Please report this as a bug.")
        }
        return Array(data)
    }
}
