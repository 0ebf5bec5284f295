import LeewayStore

extension AlertConfiguration.Sink {
    /// What the sink is called in the registry, from one run to the next: its kind and a hash, which tells no secret.
    var key: String {
        switch means {
        case .webhook(let template, let format): "webhook-" + Self.hash([format.rawValue, template.text])
        case .command(let words): "command-" + Self.hash(words)
        case .log: "log"
        }
    }

    private static func hash(_ words: [String]) -> String {
        String(SHA256.hex(words.joined(separator: "\0").utf8).prefix(12))
    }
}
