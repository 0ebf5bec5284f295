import LeewayCore
import LeewayMonitor
import Yams

/// Reads `alerts` and `cooldown` of the section `monitoring`.
enum AlertReader {
    private static let example = "Such as '- webhook: ${SLACK_URL}', '- command: [notify, drift]' or '- log: true'."

    static func read(_ section: inout YAMLSection) throws(LeewayError) -> AlertConfiguration {
        var alerts = AlertConfiguration()
        alerts.cooldown =
            try section.duration("cooldown", in: .zero...(.seconds(365 * 86_400))) ?? alerts.cooldown
        guard let node = section.node("alerts") else { return alerts }
        guard case .sequence(let entries) = node else {
            throw section.failure(node, "'\(section.full("alerts"))' must be a list.", hint: example)
        }
        for (place, entry) in entries.enumerated() {
            var own = try YAMLSection(entry, path: "\(section.full("alerts"))[\(place + 1)]", file: section.file)
            guard let sink = try sink(&own, entry) else { continue }
            guard !alerts.sinks.contains(where: { $0.means == sink.means }) else {
                throw own.failure(entry, "'\(own.path)' is the same as one before it.")
            }
            alerts.sinks.append(sink)
        }
        return alerts
    }

    /// nil for a log that is switched off.
    private static func sink(_ own: inout YAMLSection, _ entry: Node) throws(LeewayError) -> AlertConfiguration.Sink? {
        let webhook = try webhook(&own)
        let command = try command(&own)
        let log = try own.bool("log")
        let means = [webhook, command, log == nil ? nil : .log].compactMap(\.self)
        guard means.count == 1 else {
            throw own.failure(
                entry, "'\(own.path)' must have a webhook, a command or a log, one of them.", hint: example)
        }
        var sink = AlertConfiguration.Sink(means[0])
        if let kinds = try kinds(&own) { sink.kinds = kinds }
        if log == nil {
            sink.timeout = try own.duration("timeout", in: .milliseconds(100)...(.seconds(300))) ?? sink.timeout
        }
        try own.finish()
        return log == false ? nil : sink
    }

    private static func webhook(_ own: inout YAMLSection) throws(LeewayError) -> AlertConfiguration.Means? {
        guard let node = own.node("webhook"), let text = try own.string("webhook") else { return nil }
        let format = try own.choice("format", AlertConfiguration.Format.self) ?? .json
        guard let template = SecretTemplate(text) else {
            throw own.failure(
                node, "'\(own.full("webhook"))' has a '${' without a name and '}'.", hint: "Such as ${SLACK_URL}.")
        }
        // What may be a secret is not shown.
        guard template.hasVariables || WebhookURL(text) != nil else {
            throw own.failure(
                node, "'\(own.full("webhook"))' must be a URL that begins with http:// or https://.",
                hint: "A URL with a token is better kept out of files: write ${NAME}, and set the variable NAME.")
        }
        return .webhook(template, format)
    }

    private static func command(_ own: inout YAMLSection) throws(LeewayError) -> AlertConfiguration.Means? {
        guard let node = own.node("command"), let words = try own.strings("command") else { return nil }
        guard case .sequence = node, let program = words.first, !program.isEmpty,
            words.allSatisfy({ !$0.utf8.contains(0) })
        else {
            throw own.failure(
                node, "'\(own.full("command"))' must be a list: a program and its arguments.",
                hint: "No shell reads it. Such as [notify, drift].")
        }
        return .command(words)
    }

    private static func kinds(_ own: inout YAMLSection) throws(LeewayError) -> Set<String>? {
        guard let node = own.node("on"), let names = try own.strings("on") else { return nil }
        let known = AlertNotice.Kind.allCases.map(\.rawValue)
        for name in names where !known.contains(name) {
            throw own.failure(
                node, "'\(own.full("on"))' must be some of \(known.joined(separator: ", ")).",
                hint: NearestName.of(name, among: known).map { "Did you mean '\($0)'?" })
        }
        guard !names.isEmpty else {
            throw own.failure(node, "'\(own.full("on"))' names nothing.", hint: "Leave it out to be told everything.")
        }
        return Set(names)
    }
}
