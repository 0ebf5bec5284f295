import LeewayCore

/// What a look at a model found, as JSON.
package struct MonitorDocument: Encodable, Sendable {
    private let model: String
    private let version: Int
    private let check: DriftDocument

    package init(_ outcome: MonitorRun.Outcome) {
        (model, version) = (outcome.version.model, outcome.version.number)
        check = DriftDocument(outcome.findings)
    }
}
