import LeewayCore
import LeewayValidate
import LeewayWorkflow

/// What `leeway serve` tells a person when it is ready.
struct ServingBanner: Sendable {
    private let session: ServingSession
    private let style: Style

    init(_ session: ServingSession, style: Style) { (self.session, self.style) = (session, style) }

    func text(_ address: String) -> String {
        let settings = session.configuration
        var lines = ["\(style.good("●")) \(style.bold("Leeway serves")) at \(style.accent(address))", ""]
        for name in session.catalog.snapshot.names {
            guard let model = session.catalog.champion(of: name) else { continue }
            let count = model.contract.fields.count
            lines.append(
                "  \(style.bold(name)) version \(model.version.number), \(count) fields, contract \(settings.contract)"
                    + style.dim("   POST \(address)/v1/models/\(name)/predict"))
        }
        lines.append("")
        lines.append(
            style.dim(
                "  \(address)/openapi.json   \(address)/metrics   log: \(settings.log.durability)   Ctrl-C stops gently"
            ))
        return lines.joined(separator: "\n") + "\n"
    }
}
