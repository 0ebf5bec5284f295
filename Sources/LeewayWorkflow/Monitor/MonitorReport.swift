/// What a round of checks came to, as JSON.
package struct MonitorReport: Encodable, Sendable {
    private struct Delivery: Encodable {
        let sink: String
        let model: String
        let outcome: String
        let reason: String?

        init(_ report: AlertDelivery.Report) {
            (sink, model) = (report.sink, report.model)
            switch report.outcome {
            case .delivered: (outcome, reason) = ("delivered", nil)
            case .kept(let why): (outcome, reason) = ("kept", why)
            case .dropped(let why): (outcome, reason) = ("dropped", why)
            }
        }
    }

    private let checks: [MonitorDocument]
    private let deliveries: [Delivery]

    package init(_ outcomes: [MonitorOutcome], _ deliveries: [AlertDelivery.Report]) {
        checks = outcomes.map { MonitorDocument($0) }
        self.deliveries = deliveries.map { Delivery($0) }
    }
}
