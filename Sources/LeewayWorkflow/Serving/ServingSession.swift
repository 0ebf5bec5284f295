package import LeewayCore
package import LeewayStore
import LeewayValidate
import LeewayWire
import Synchronization

/// All that serving needs of a project: its versions, its log, its window counts; opened at the start, closed at the end.
///
/// Whoever owns it calls `refresh`, `checkpoint` and `tidy` every now and then, from one task.
package final class ServingSession: Sendable {
    package let catalog: ModelCatalog
    package let service: PredictionService
    package let feedback: FeedbackService
    package let configuration: ServingConfiguration

    let registry: Registry
    let project: Project
    private let log: SegmentedLog<CountedRows>
    private let feedbackLog: SegmentedLog<Void>
    private let keeper: WindowKeeper
    private let loading: ModelLoading
    /// Where requests wait for the registry.
    private let waiting = BlockingWork("registry")
    let environment: Environment
    private let ended: EndedSegments
    private let state = Mutex(State())
    /// One look into the registry at a time, or an older one could win over a newer one.
    private let looking = Mutex(())

    /// How long until a version that could not be loaded is tried again, in seconds: its files may be restored meanwhile.
    private static let retryPause = 10.0

    private struct State {
        var isClosing = false
        var swaps: [String: Int] = [:]
        /// What the registry said when it was last looked into.
        var dataVersion: Registry.DataVersion?
        /// When to look again though nothing has changed: a version could not be loaded.
        var retryAt = Double.infinity
        /// What the registry knows of requests.
        var stored: [PredictionService.Counts.Key: PredictionService.Counts.Model] = [:]
        /// What changed when this server moved an alias itself.
        var untold: [ModelCatalog.Change] = []
    }

    /// Opens a project for serving; DuckDB is not needed.
    ///
    /// - Throws: `unknownVersion` where nothing is registered; `damagedArtifact`, `registryFailed`, `diskFull`.
    package init(
        _ project: Project, _ configuration: ServingConfiguration, _ environment: Environment
    ) throws(LeewayError) {
        guard FileSystem.kind(of: project.registry) != nil else {
            throw LeewayError(.unknownVersion, "No model is registered yet.", hint: "Train one with 'leeway run'.")
        }
        let registry = try Registry(path: project.registry, readsBesideWrites: true)
        let loading = try ModelLoading(project, configuration)
        let catalog = try ModelCatalog(registry, models: configuration.models) { version throws(LeewayError) in
            try loading.load(version)
        }
        try Self.check(configuration, catalog)
        self.loading = loading
        let keeper = WindowKeeper(registry) {
            UUIDv7(environment.now(), random: (environment.random(), environment.random()))
        }
        let ended = EndedSegments()
        let options = configuration.log
        let log = try SegmentedLog<CountedRows>(
            folder: project.predictionLog,
            options: .init(
                durability: options.durability,
                segmentBytes: options.segmentSize.bytes,
                segmentSeconds: options.segmentAge.wholeMilliseconds / 1000),
            now: environment.now, random: environment.random, onCommit: keeper.commit,
            onSeal: ended.add)
        // Labels are few and dear: they wait for the disk.
        feedbackLog = try SegmentedLog<Void>(
            folder: project.feedbackLog,
            options: .init(
                durability: .fsync, segmentBytes: options.segmentSize.bytes,
                segmentSeconds: options.segmentAge.wholeMilliseconds / 1000),
            now: environment.now, random: environment.random)
        feedback = FeedbackService(
            registry, project, feedbackLog, catalog, waiting, now: environment.now)
        service = PredictionService(
            log, onLogFailure: configuration.log.onFailure,
            sample: configuration.log.sample, keeper: keeper, environment: environment)
        (self.registry, self.catalog, self.log, self.keeper) = (registry, catalog, log, keeper)
        (self.project, self.configuration, self.environment) = (project, configuration, environment)
        self.ended = ended
        let changes = catalog.changesAtStart()
        state.withLock { $0.untold = changes }
    }

    /// Why no request can be answered now; nil where they can.
    package var reasonAgainstReadiness: String? {
        if state.withLock({ $0.isClosing }) { return "The server is stopping." }
        if configuration.log.onFailure == .refuse, log.state.isFailing {
            return "The prediction log can't be written."
        }
        return nil
    }

    /// The model that answers where a request names none: the configured one, or the only one.
    ///
    /// - Throws: `unknownVersion` where there are several.
    package func defaultModel(for requestID: String? = nil) throws(LeewayError) -> ServedModel {
        let names = catalog.snapshot.names
        guard let name = configuration.defaultModel ?? (names.count == 1 ? names[0] : nil) else {
            throw LeewayError(
                .unknownVersion, "The request names no model, and there are several.",
                hint: "Set serving.default_model to one of them: \(names.joined(separator: ", ")).")
        }
        return try catalog.find(name, for: requestID)
    }

    /// How the log is doing.
    package var logState: LogState { LogState(log.state) }

    /// How often each model's champion was swapped.
    package var swaps: [String: Int] { state.withLock { $0.swaps } }

    /// Takes over what has changed in the registry.
    ///
    /// - Throws: `registryFailed`; what is served stays as it is.
    package func refresh() throws(LeewayError) -> [ModelCatalog.Change] {
        let changes = try looking.withLock { _ throws(LeewayError) in try look() }
        return state.withLock { state in
            defer { state.untold = [] }
            return state.untold + changes
        }
    }

    private func look() throws(LeewayError) -> [ModelCatalog.Change] {
        let now = try registry.dataVersion()
        let seconds = environment.seconds()
        let isDue = state.withLock { $0.dataVersion != now || $0.retryAt < seconds }
        guard isDue else { return [] }
        let changes = try catalog.refresh()
        for case .swapped(let model, from: _?, to: _) in changes {
            state.withLock { $0.swaps[model, default: 0] += 1 }
        }
        var hasFailed = false
        for case .failed in changes { hasFailed = true }
        state.withLock { [hasFailed] state in
            state.dataVersion = now
            state.retryAt = hasFailed ? seconds + Self.retryPause : .infinity
        }
        return changes
    }

    /// Lets an alias point to another version, which is loaded first and thus known to work; this server takes it over at once.
    ///
    /// - Throws: `unknownVersion`, `damagedArtifact`, `invalidSetting`, `registryFailed`, `diskFull`.
    package func moveAlias(
        _ alias: String, of model: String, to number: Int, reason: String
    ) async throws(LeewayError) -> Registry.AliasMove {
        try await waiting.run { () throws(LeewayError) in
            _ = try self.catalog.find(model, "\(number)")
            let move = try self.registry.moveAlias(
                alias, of: model, to: number, actor: self.environment.actor, reason: reason,
                at: self.environment.now())
            let changes = try self.looking.withLock { _ throws(LeewayError) in try self.look() }
            self.state.withLock { $0.untold += changes }
            return move
        }
    }

    /// The tokens that are known now.
    ///
    /// - Throws: `registryFailed`.
    package func tokens() throws(LeewayError) -> TokenVerifier { try registry.tokenVerifier() }

    /// Puts the window counts into the registry.
    ///
    /// - Throws: `registryFailed`, `diskFull`; nothing is lost, the next call tries again.
    package func checkpoint() throws(LeewayError) {
        for segment in ended.all {
            try keeper.seal(segment)
            ended.remove(segment)
        }
        try keeper.checkpoint(log)
        try storeRequests()
    }

    /// Adds what became of requests since the last call.
    private func storeRequests() throws(LeewayError) {
        let counts = service.counts.models
        let stored = state.withLock { $0.stored }
        var news: [(model: String, number: Int, count: Registry.ServingCount)] = []
        for (key, now) in counts {
            let before = stored[key] ?? .init()
            let count = Registry.ServingCount(
                requests: now.requests + now.refused + now.failed - before.requests - before.refused - before.failed,
                refused: now.refused - before.refused, failed: now.failed - before.failed)
            if count.requests > 0 { news.append((key.model, key.version, count)) }
        }
        try registry.add(news, hour: environment.now().hour)
        state.withLock { $0.stored = counts }
    }

    /// Finishes what servers left that ended without closing their log: seals it, and counts what they had not.
    ///
    /// It takes a second for each two hundred thousand rows that were not counted, and may run beside everything else.
    /// - Throws: `fileNotAccessible`, `registryFailed`, `diskFull`.
    package func recover() throws(LeewayError) -> LogRecovery {
        do {
            return try LogRecovery.run(project, registry) { [loading] version throws(LeewayError) in
                try loading.load(version)
            }
        } catch let error as LeewayError {
            throw error
        } catch {
            throw LeewayError(.registryFailed, "The log can't be finished: \(error).")
        }
    }

    /// Says that no request should be sent here any more.
    package func beginClosing() { state.withLock { $0.isClosing = true } }

    /// Writes what is pending, seals the log and puts the counts into the registry.
    ///
    /// - Throws: `registryFailed`, `diskFull`; the next start counts from the log.
    package func close() async throws(LeewayError) {
        beginClosing()
        await log.close()
        await feedbackLog.close()
        try checkpoint()
    }
}

/// Segments that were sealed, and whose counts are not in the registry for good yet.
private final class EndedSegments: Sendable {
    private let segments = Mutex<[Segment]>([])

    var all: [Segment] { segments.withLock { $0 } }

    func add(_ segment: Segment) { segments.withLock { $0.append(segment) } }

    func remove(_ segment: Segment) { segments.withLock { all in all.removeAll { $0.name == segment.name } } }
}

extension Project {
    /// The folder of the prediction log.
    package var predictionLog: String { "\(home)/log/predictions" }
    /// The folder of the feedback.
    package var feedbackLog: String { "\(home)/log/feedback" }
}
