import LeewayCore
import Testing
import Yams

@testable import LeewayWorkflow

@Suite struct AlertReaderTests {
    private static func read(_ text: String) throws -> AlertConfiguration {
        let node = try #require(try Yams.compose(yaml: text))
        var top = try YAMLSection(node, path: "", file: "leeway.yaml")
        var section = try #require(try top.section("monitoring"))
        let alerts = try AlertReader.read(&section)
        try section.finish()
        return alerts
    }

    private static func refusal(_ text: String) -> String {
        do {
            _ = try read(text)
            return "nothing was refused"
        } catch {
            return "\(error)"
        }
    }

    @Test func `without any nobody is told`() throws {
        for text in ["monitoring: {}", "monitoring: {alerts: }", "monitoring: {alerts: []}"] {
            #expect(try Self.read(text) == AlertConfiguration())
        }
        let alerts = AlertConfiguration()
        #expect(alerts.sinks == [] && alerts.cooldown == .seconds(21_600))
    }

    @Test func `all of it`() throws {
        let alerts = try Self.read(
            """
            monitoring:
              cooldown: 30m
              alerts:
                - webhook: ${SLACK_URL}
                  format: slack
                  on: [drift, recovery]
                - webhook: https://alerts.example.com/hook?team=a
                  timeout: 2s
                - command: [notify, --model, "a b"]
                  on: failure
                  timeout: 1m
                - log: true
                - log: false
            """)
        var expected = AlertConfiguration()
        expected.cooldown = .seconds(1800)
        let slack = try #require(SecretTemplate("${SLACK_URL}"))
        let plain = try #require(SecretTemplate("https://alerts.example.com/hook?team=a"))
        expected.sinks = [
            .init(.webhook(slack, .slack), kinds: ["drift", "recovery"]),
            .init(.webhook(plain, .json), timeout: .seconds(2)),
            .init(.command(["notify", "--model", "a b"]), kinds: ["failure"], timeout: .seconds(60)), .init(.log),
        ]
        #expect(alerts == expected)
        #expect(try Self.read("monitoring: {cooldown: 0}").cooldown == .zero)
    }

    private static let example = "Such as '- webhook: ${SLACK_URL}', '- command: [notify, drift]' or '- log: true'."
    private static let refused: [(String, String)] = [
        ("alerts: 5", "'monitoring.alerts' must be a list. \(example)"),
        ("alerts: {log: true}", "'monitoring.alerts' must be a list. \(example)"),
        ("alerts: [log]", "'monitoring.alerts[1]' must be a list of 'key: value' lines."),
        ("alerts: [{}]", "'monitoring.alerts[1]' must have a webhook, a command or a log, one of them. \(example)"),
        (
            "alerts: [{log: true, command: [a]}]",
            "'monitoring.alerts[1]' must have a webhook, a command or a log, one of them. \(example)"
        ),
        (
            "alerts: [{webhook: 'SECRET.example.com/x'}]",
            "'monitoring.alerts[1].webhook' must be a URL that begins with http:// or https://. "
                + "A URL with a token is better kept out of files: write ${NAME}, and set the variable NAME."
        ),
        (
            "alerts: [{webhook: 'https://SECRET${'}]",
            "'monitoring.alerts[1].webhook' has a '${' without a name and '}'. Such as ${SLACK_URL}."
        ),
        (
            "alerts: [{webhook: 'https://a.example', format: teams}]",
            "'monitoring.alerts[1].format' must be json or slack."
        ),
        (
            "alerts: [{log: true}, {command: notify}]",
            "'monitoring.alerts[2].command' must be a list: a program and its arguments. No shell reads it. Such as [notify, drift]."
        ),
        (
            "alerts: [{command: []}]",
            "'monitoring.alerts[1].command' must be a list: a program and its arguments. No shell reads it. Such as [notify, drift]."
        ),
        (
            "alerts: [{log: true, on: [drfit]}]",
            "'monitoring.alerts[1].on' must be some of drift, recovery, failure, retraining. Did you mean 'drift'?"
        ),
        (
            "alerts: [{log: true, on: []}]",
            "'monitoring.alerts[1].on' names nothing. Leave it out to be told everything."
        ),
        ("alerts: [{log: true}, {log: true}]", "'monitoring.alerts[2]' is the same as one before it."),
        (
            "alerts: [{log: true, tiemout: 5s}]",
            "unknown key 'tiemout' in 'monitoring.alerts[1]'. Known keys: command, log, on, webhook."
        ),
        (
            "alerts: [{command: [a], timeout: 1h}]",
            "'monitoring.alerts[1].timeout' must be a duration from 100ms to 5m. Write a number with ms, s, m, h or d."
        ),
        (
            "cooldown: soon",
            "'monitoring.cooldown' must be a duration from 0s to 365d. Write a number with ms, s, m, h or d."
        ),
    ]

    @Test(arguments: refused)
    func `what makes no sense, and no secret in what is said of it`(text: String, error: String) {
        #expect(Self.refusal("monitoring:\n  \(text)\n") == "invalid_configuration: leeway.yaml, line 2: \(error)")
    }
}
