import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Synchronization

@testable import LeewayWorkflow

/// A registry of one test, a clock that moves when it is told, and a world that answers as it is told.
final class AlertProject: Sendable {
    struct World {
        var time: Int64 = 1_795_435_200_000
        /// What each post is answered, one after the other; the last one again and again.
        var answers: [WebhookAnswer] = [.taken]
        var posts: [(body: String, url: WebhookURL, timeout: Duration)] = []
        var lines: [String] = []
        var pauses: [Duration] = []
        var variables: [String: String] = [:]
        var seconds = 0.0
        /// How long a post takes, on the clock of the budget.
        var secondsPerPost = 0.0
    }

    let folder: TemporaryFolder
    let registry: Registry
    let world = Mutex(World())

    init() throws {
        folder = try TemporaryFolder()
        registry = try Registry(path: folder / "registry.sqlite")
    }

    static func webhook(
        _ url: String = "https://hooks.example.com/SECRET", _ format: AlertConfiguration.Format = .json,
        kinds: Set<String> = AlertConfiguration.Sink.allKinds
    ) throws -> AlertConfiguration.Sink {
        .init(
            .webhook(try SecretTemplate(url).orThrow(LeewayError(.invalidSetting, "No template.")), format),
            kinds: kinds)
    }

    static func configuration(_ sinks: AlertConfiguration.Sink...) -> AlertConfiguration {
        var configuration = AlertConfiguration()
        configuration.sinks = sinks
        return configuration
    }

    func desk(_ configuration: AlertConfiguration) -> AlertDesk {
        AlertDesk(
            registry, configuration,
            Environment(now: { self.now }, seconds: { 0 }, random: { 7 }, actor: "test"))
    }

    func delivery(_ configuration: AlertConfiguration) -> AlertDelivery {
        let means = AlertMeans(
            post: { body, url, timeout in
                self.world.withLock { world in
                    world.posts.append((String(decoding: body, as: UTF8.self), url, timeout))
                    world.seconds += world.secondsPerPost
                    return world.answers.count > 1 ? world.answers.removeFirst() : world.answers[0]
                }
            },
            log: { line in self.world.withLock { $0.lines.append(line) } },
            variable: { name in self.world.withLock { $0.variables[name] } },
            pause: { duration in
                try Task.checkCancellation()
                self.world.withLock { $0.pauses.append(duration) }
            },
            seconds: { self.world.withLock { $0.seconds } }, now: { self.now })
        return AlertDelivery(registry, configuration, means)
    }

    var now: Timestamp { Timestamp(milliseconds: world.withLock { $0.time }) }

    func answer(_ answers: WebhookAnswer...) { world.withLock { $0.answers = answers } }

    func move(seconds: Int64) { world.withLock { $0.time += seconds * 1000 } }

    var posts: [String] { world.withLock { $0.posts.map(\.body) } }
}

extension Optional {
    /// The value, or the given error.
    fileprivate func orThrow(_ error: LeewayError) throws -> Wrapped {
        guard let self else { throw error }
        return self
    }
}
