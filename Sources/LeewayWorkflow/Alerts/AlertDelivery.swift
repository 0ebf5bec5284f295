package import LeewayCore
import LeewayMonitor
package import LeewayStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sends what waits in the outbox: at least once, in order for each sink, within a bounded time.
///
/// What fails in passing is tried again at once, a few times; what still fails waits in the outbox for the next run, longer each
/// time up to an hour, and is given up after two days of that. Sinks do not wait for one another. An event may arrive twice,
/// where its sender ended before it knew: its `id` tells.
package struct AlertDelivery: Sendable {
    /// What became of one alert.
    package struct Report: Sendable, Equatable {
        package enum Outcome: Sendable, Equatable {
            case delivered
            /// It waits for the next run.
            case kept(reason: String)
            /// It was given up.
            case dropped(reason: String)
        }

        /// The sink as people know it: a host, a program, the log.
        package let sink: String
        package let model: String
        package let outcome: Outcome
    }

    /// The pauses before the second and the third try.
    static let pauses: [Duration] = [.milliseconds(500), .seconds(2)]
    /// The longest that an alert waits between two runs.
    static let longestWait = Duration.seconds(3600)
    /// The runs after which an alert is given up.
    static let mostRuns = 54
    /// How long a run may begin new tries.
    static let budget = 60.0
    /// The alerts that are done with and stay in the registry.
    static let keptCount = 1000

    private let registry: Registry
    private let configuration: AlertConfiguration
    private let means: AlertMeans

    package init(_ registry: Registry, _ configuration: AlertConfiguration, _ means: AlertMeans) {
        (self.registry, self.configuration, self.means) = (registry, configuration, means)
    }

    /// Sends what is due.
    ///
    /// - Throws: `registryFailed`, `diskFull`. A sink that can't be reached is no error: it is in the reports.
    package func run() async throws(LeewayError) -> [Report] {
        let due = try registry.dueAlerts(at: means.now(), longest: Self.longestWait)
        guard !due.isEmpty else { return [] }
        let sinks = Dictionary(configuration.sinks.map { ($0.key, $0) }) { first, _ in first }
        let (begin, queues) = (means.seconds(), Dictionary(grouping: due, by: \.sink))
        let results = await withTaskGroup(of: Result<[Report], LeewayError>.self) { group in
            for queue in queues.values {
                group.addTask { await self.result(of: queue, to: sinks[queue[0].sink], since: begin) }
            }
            var results: [Result<[Report], LeewayError>] = []
            for await result in group { results.append(result) }
            return results
        }
        try registry.removeEndedAlerts(keeping: Self.keptCount)
        var reports: [Report] = []
        for result in results { reports += try result.get() }
        return reports.sorted { ($0.sink, $0.model) < ($1.sink, $1.model) }
    }

    private func result(
        of queue: [OutboxAlert], to sink: AlertConfiguration.Sink?, since begin: Double
    ) async -> Result<[Report], LeewayError> {
        do throws(LeewayError) {
            return .success(try await send(queue, to: sink, since: begin))
        } catch {
            return .failure(error)
        }
    }

    /// Sends one sink its alerts, the oldest first, until one fails: the others would, too.
    private func send(
        _ queue: [OutboxAlert], to sink: AlertConfiguration.Sink?, since begin: Double
    ) async throws(LeewayError) -> [Report] {
        var reports: [Report] = []
        for (place, alert) in queue.enumerated() {
            guard let sink else {
                try registry.endAlert(alert.id, .dropped)
                reports.append(report(alert, nil, .dropped(reason: "its sink is no longer configured")))
                continue
            }
            guard means.seconds() - begin < Self.budget, !Task.isCancelled else { break }
            let failure = await deliver(alert, to: sink, since: begin)
            guard let failure else {
                try registry.endAlert(alert.id, .delivered)
                reports.append(report(alert, sink, .delivered))
                continue
            }
            // A run that was stopped says nothing about the sink.
            guard !Task.isCancelled else { break }
            for waiting in queue[place...] { reports.append(try postpone(waiting, sink, failure)) }
            break
        }
        return reports
    }

    /// Puts an alert off, or gives it up.
    private func postpone(
        _ alert: OutboxAlert, _ sink: AlertConfiguration.Sink, _ reason: String
    ) throws(LeewayError) -> Report {
        guard alert.attempts + 1 < Self.mostRuns else {
            try registry.endAlert(alert.id, .dropped)
            return report(alert, sink, .dropped(reason: reason))
        }
        let wait = min(Self.longestWait, .seconds(30 * (1 << min(alert.attempts, 10))))
        let next = Timestamp(milliseconds: means.now().milliseconds + Int64(wait / .milliseconds(1)))
        try registry.postponeAlert(alert.id, until: next)
        return report(alert, sink, .kept(reason: reason))
    }

    /// Tries to deliver an alert, again where what failed may pass; gives the reason where it did not work.
    private func deliver(_ alert: OutboxAlert, to sink: AlertConfiguration.Sink, since begin: Double) async -> String? {
        for pause in Self.pauses.map(Optional.some) + [nil] {
            guard case .failed(let reason, let isLasting) = await attempt(alert, sink) else { return nil }
            guard !isLasting, let pause, means.seconds() - begin < Self.budget,
                (try? await means.pause(pause)) != nil
            else { return reason }
        }
        return nil
    }

    private func attempt(_ alert: OutboxAlert, _ sink: AlertConfiguration.Sink) async -> WebhookAnswer {
        switch sink.means {
        case .log:
            means.log(alert.payload)
            return .taken
        case .command(let words):
            let ending = await CommandRun(words, timeout: sink.timeout).run(input: Array((alert.payload + "\n").utf8))
            return Self.answer(ending, of: words[0], timeout: sink.timeout)
        case .webhook(let template, let format):
            let url: WebhookURL
            switch template.filled(means.variable) {
            case .failure(let unset):
                return .failed(reason: "the variable \(unset.name) is not set", isLasting: true)
            case .success(let text):
                guard let filled = WebhookURL(text) else {
                    return .failed(reason: "its URL, with the variables filled in, is none", isLasting: true)
                }
                url = filled
            }
            guard let body = Self.body(alert.payload, format) else {
                return .failed(reason: "the event in the outbox can't be read", isLasting: true)
            }
            return await means.post(body, url, sink.timeout)
        }
    }

    private static func body(_ payload: String, _ format: AlertConfiguration.Format) -> [UInt8]? {
        guard format == .slack else { return Array(payload.utf8) }
        let event = try? JSONDecoder().decode(AlertEvent.self, from: Data(payload.utf8))
        return event.flatMap { try? AlertDesk.encode(SlackMessage($0)) }
    }

    /// Arguments may be secret: the program alone is named.
    private static func answer(_ ending: CommandRun.Ending, of program: String, timeout: Duration) -> WebhookAnswer {
        switch ending {
        case .exited(0): .taken
        case .exited(let status): .failed(reason: "it ended with status \(status)", isLasting: false)
        case .killed(let signal): .failed(reason: "signal \(signal) ended it", isLasting: false)
        case .timedOut: .failed(reason: "it took longer than \(timeout.written)", isLasting: false)
        case .notStarted(let reason): .failed(reason: "it can't be started: \(reason)", isLasting: true)
        }
    }

    private func report(
        _ alert: OutboxAlert, _ sink: AlertConfiguration.Sink?, _ outcome: Report.Outcome
    ) -> Report {
        Report(sink: name(of: sink, alert), model: alert.model, outcome: outcome)
    }

    private func name(of sink: AlertConfiguration.Sink?, _ alert: OutboxAlert) -> String {
        switch sink?.means {
        case .webhook(let template, _):
            (try? template.filled(means.variable).get()).flatMap { WebhookURL($0) }.map(\.host) ?? "a webhook"
        case .command(let words): words[0]
        case .log: "the log"
        case nil: alert.sink
        }
    }
}
