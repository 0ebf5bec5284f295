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
    package let configuration: ServingConfiguration

    private let registry: Registry
    private let project: Project
    private let log: SegmentedLog<CountedRows>
    private let keeper: WindowKeeper
    private let environment: Environment
    private let state = Mutex(State())

    private struct State {
        var isClosing = false
        var swaps: [String: Int] = [:]
        /// Segments that have ended, whose counts are not in the registry for good yet.
        var sealed: [Segment] = []
        var registryFailures = 0
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
        let registry = try Registry(path: project.registry)
        let loading = try ModelLoading(project, configuration)
        let catalog = try ModelCatalog(registry, models: configuration.models) { version throws(LeewayError) in
            try loading.load(version)
        }
        let keeper = WindowKeeper(registry)
        let ended = Mutex<[Segment]>([])
        let log = try SegmentedLog<CountedRows>(
            folder: project.predictionLog,
            options: .init(
                durability: .init(rawValue: configuration.log.durability.rawValue) ?? .os,
                segmentBytes: configuration.log.segmentSize.bytes,
                segmentSeconds: configuration.log.segmentAge.wholeMilliseconds / 1000),
            now: environment.now, random: environment.random, onCommit: keeper.commit,
            onSeal: { segment in ended.withLock { $0.append(segment) } })
        service = PredictionService(
            log, onLogFailure: .init(rawValue: configuration.log.onFailure.rawValue) ?? .refuse,
            sample: configuration.log.sample, keeper: keeper, environment: environment)
        (self.registry, self.catalog, self.log, self.keeper) = (registry, catalog, log, keeper)
        (self.project, self.configuration, self.environment) = (project, configuration, environment)
        takeEnded = { ended.withLock { segments in segments.take() } }
    }

    /// Gives the segments that were sealed since it was last asked.
    private let takeEnded: @Sendable () -> [Segment]

    /// Why no request can be answered now; nil where they can.
    package var reasonAgainstReadiness: String? {
        if state.withLock({ $0.isClosing }) { return "The server is stopping." }
        if configuration.log.onFailure == .refuse, log.state.isFailing {
            return "The prediction log can't be written."
        }
        return nil
    }

    /// How the log is doing.
    package var logState: LogState { LogState(log.state) }

    /// How often each model's champion was swapped.
    package var swaps: [String: Int] { state.withLock { $0.swaps } }

    /// Takes over what has changed in the registry.
    ///
    /// - Throws: `registryFailed`; what is served stays as it is.
    package func refresh() throws(LeewayError) -> [ModelCatalog.Change] {
        let changes = try catalog.refresh()
        for case .swapped(let model, from: _?, to: _) in changes {
            state.withLock { $0.swaps[model, default: 0] += 1 }
        }
        return changes
    }

    /// The tokens that are known now.
    ///
    /// - Throws: `registryFailed`.
    package func tokens() throws(LeewayError) -> TokenVerifier { try registry.tokenVerifier() }

    /// Puts the window counts into the registry.
    ///
    /// - Throws: `registryFailed`, `diskFull`; nothing is lost, the next call tries again.
    package func checkpoint() throws(LeewayError) {
        let sealed = state.withLock { state in
            state.sealed += takeEnded()
            return state.sealed
        }
        for segment in sealed {
            try keeper.seal(segment)
            state.withLock { state in state.sealed.removeAll { $0.name == segment.name } }
        }
        try keeper.checkpoint(log)
    }

    /// Finishes what servers left that ended without closing their log: seals it, and counts what they had not.
    ///
    /// It takes a second for each two hundred thousand rows that were not counted, and may run beside everything else.
    /// - Throws: `fileNotAccessible`, `registryFailed`, `diskFull`.
    package func recover() throws -> LogRecovery { try LogRecovery.run(project, registry, catalog) }

    /// Says that no request should be sent here any more.
    package func beginClosing() { state.withLock { $0.isClosing = true } }

    /// Writes what is pending, seals the log and puts the counts into the registry.
    ///
    /// - Throws: `registryFailed`, `diskFull`; the next start counts from the log.
    package func close() async throws(LeewayError) {
        beginClosing()
        await log.close()
        try checkpoint()
    }
}

extension Array {
    /// All elements; none are left.
    fileprivate mutating func take() -> [Element] {
        defer { self = [] }
        return self
    }
}

extension Project {
    /// The folder of the prediction log.
    package var predictionLog: String { "\(home)/log/predictions" }
    /// The folder of the feedback.
    package var feedbackLog: String { "\(home)/log/feedback" }
}
