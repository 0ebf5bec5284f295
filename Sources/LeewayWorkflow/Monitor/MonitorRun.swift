package import LeewayCore
package import LeewayEngine
import LeewayMonitor
package import LeewayStore

/// Looks at what a model answered and how it turned out, keeps what it found in the registry, and says who is to be told.
///
/// It sends nothing: what people are told waits in the registry for `AlertDelivery`.
package struct MonitorRun: Sendable {
    private let project: Project
    private let registry: Registry
    private let configuration: MonitoringConfiguration
    private let redacted: Set<String>
    private let environment: Environment

    /// Takes the project's registry, the rules, and the columns of which the log has no values.
    package init(
        _ project: Project, _ registry: Registry, _ configuration: MonitoringConfiguration,
        redacted: Set<String> = [], _ environment: Environment
    ) {
        (self.project, self.registry, self.configuration) = (project, registry, configuration)
        (self.redacted, self.environment) = (redacted, environment)
    }

    /// The models that have a champion, by name; with a name, that one alone.
    ///
    /// - Throws: `unknownVersion`, `registryFailed`.
    package func models(_ name: String?) throws(LeewayError) -> [ModelVersion] {
        if let name { return [try VersionLookup(project).find(nil, model: name)] }
        return try registry.versions().filter { $0.aliases.contains(Registry.champion) }
            .sorted { $0.model < $1.model }
    }

    /// Checks a version, records what came of it, and puts what is to be told into the outbox.
    ///
    /// The engine is asked for only where there is a log; where its library is missing, what needs it is left out. What fails is in
    /// the outcome, and stops nothing else.
    ///
    /// - Throws: `interrupted`; then the next check goes on where this one was.
    package func check(_ version: ModelVersion, engine: () throws -> any Engine) async throws -> MonitorOutcome {
        let now = environment.now()
        var outcome = MonitorOutcome(version: version, time: now)
        do {
            let bundle = try ModelBundle.load(version, in: project)
            try await look(bundle, &outcome, engine)
            if case .found(let window) = outcome.window { try record(outcome, window) }
        } catch {
            outcome.failure = try Self.failure(error)
        }
        do {
            outcome.alerts = try AlertDesk(registry, configuration.alerts, environment)
                .take(outcome.sighting, of: outcome.alertCheck)
        } catch {
            outcome.failure = outcome.failure ?? error
        }
        return outcome
    }

    private func look(
        _ bundle: ModelBundle, _ outcome: inout MonitorOutcome, _ engine: () throws -> any Engine
    ) async throws {
        let now = outcome.time
        let start = Timestamp(milliseconds: now.milliseconds - Int64(configuration.window.wholeMilliseconds))
        let hours = start.hour..<max(start.hour, now.hour) + 1
        outcome.window = try await part { .found(try window(bundle, hours)) }
        outcome.stream = try await part { try await stream(bundle, now, engine) }
        outcome.harm = try await part { try await harm(bundle, now, engine) }
        outcome.realised = try await part {
            try await realised(bundle, since: Timestamp(hour: hours.lowerBound), engine)
        }
        if case .found(var window) = outcome.window, let known = window.findings.performance {
            window.findings.performance = PerformanceFindings(
                reference: known.reference, estimated: known.estimated, realised: outcome.realised.found)
            outcome.window = .found(window)
        }
        outcome.isEstimatedDrop = outcome.isEstimatedDrop(tolerance: configuration.harmTolerance)
    }

    private func record(_ outcome: MonitorOutcome, _ window: MonitorOutcome.Window) throws(LeewayError) {
        try registry.record(
            MonitorCheck(
                time: outcome.time, model: outcome.version.model, number: outcome.version.number, hours: window.hours,
                rows: window.findings.report.windowRows, verdict: outcome.verdict.rawValue,
                document: try ArtifactCoding.encode(MonitorDocument(outcome))))
    }
}

// MARK: The parts

extension MonitorRun {
    private func window(_ bundle: ModelBundle, _ hours: Range<Int>) throws(LeewayError) -> MonitorOutcome.Window {
        var settings = configuration.drift
        settings.minimumRows = configuration.minimumRows
        let findings = try DriftRun(settings, isParallel: false).compare(hours: hours, with: bundle, in: project)
        return MonitorOutcome.Window(hours: hours, findings: findings)
    }

    private func stream(
        _ bundle: ModelBundle, _ now: Timestamp, _ engine: () throws -> any Engine
    ) async throws -> MonitorPart<StreamFinding> {
        guard try isLogged(.predictions) else { return .leftOut("Nothing is logged yet.") }
        let watch = StreamWatch(
            bundle.version, try DriftReference.of(bundle), redacted: redacted, configuration, registry)
        guard watch.isPossible else { return .leftOut("The log has no values: serving.log.redact takes them out.") }
        return .found(try await watch.look(in: project, now: now, engine: try engine()))
    }

    private func harm(
        _ bundle: ModelBundle, _ now: Timestamp, _ engine: () throws -> any Engine
    ) async throws -> MonitorPart<HarmFinding> {
        guard let performance = bundle.performance else { return .leftOut(Self.untested) }
        guard try isLogged(.feedback) else { return .leftOut(Self.unlabelled) }
        let watch: HarmWatch
        do throws(LeewayError) {
            watch = try HarmWatch(
                bundle.version, classes: bundle.metadata.classes, performance, configuration, registry)
        } catch {
            guard error.code == .notEnoughRows else { throw error }
            return .leftOut("Every share of wrong answers is tolerated: too few rows tested the version.")
        }
        return .found(try await watch.look(in: project, now: now, engine: try engine()))
    }

    private func realised(
        _ bundle: ModelBundle, since start: Timestamp, _ engine: () throws -> any Engine
    ) async throws -> MonitorPart<PerformanceFigures> {
        guard bundle.performance != nil else { return .leftOut(Self.untested) }
        guard try isLogged(.feedback) else { return .leftOut(Self.unlabelled) }
        let opened = try engine()
        let rows = try await SteadyLog.read {
            try await LabelledRows.read(
                of: bundle.version, classes: bundle.metadata.classes, in: project, answeredSince: start,
                engine: opened)
        }
        guard !rows.isEmpty else { return .leftOut("No label came for a row of the window.") }
        return .found(
            try RealisedPerformance.evaluate(
                scores: rows.map(\.probability), decisions: rows.map(\.isCalled), labels: rows.map(\.isPositive)))
    }

    private static let untested =
        "The version does not say how it was tested: Leeway writes that since 0.2. Train again."
    private static let unlabelled = "No label came yet."

    private func isLogged(_ kind: LogKind) throws(LeewayError) -> Bool {
        try LogTidying.folder(kind, of: project).segments().contains { $0.bytes > 0 }
    }

    /// Without the engine's library a part is left out; what else goes wrong is its alone.
    ///
    /// - Throws: `interrupted`.
    private func part<Found>(
        _ body: () async throws -> MonitorPart<Found>
    ) async throws -> MonitorPart<Found> {
        do {
            return try await body()
        } catch {
            let failure = try Self.failure(error)
            guard failure.code == .missingLibrary else { return .failed(failure) }
            return .leftOut("The query engine can't be loaded. \(failure.message)")
        }
    }

    /// What went wrong, as an error that can be told.
    ///
    /// - Throws: `interrupted`, which is no failure.
    private static func failure(_ error: any Error) throws -> LeewayError {
        if error is CancellationError { throw LeewayError(.interrupted, "The check was interrupted.") }
        guard let error = error as? LeewayError else { return LeewayError(.engineFailed, "\(error)") }
        if error.code == .interrupted { throw error }
        return error
    }
}
