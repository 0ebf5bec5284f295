package import LeewayCore
import LeewayMonitor
package import LeewayStore

/// Looks at the newest window of what a model answered, and keeps what it found in the registry.
package struct MonitorRun: Sendable {
    /// What a look at one model found.
    package struct Outcome: Sendable {
        package let version: ModelVersion
        package let findings: DriftFindings
        package let hours: Range<Int>
    }

    private let project: Project
    private let registry: Registry
    private let configuration: MonitoringConfiguration
    private let now: @Sendable () -> Timestamp

    /// Takes the project's registry and the rules.
    package init(
        _ project: Project, _ registry: Registry, _ configuration: MonitoringConfiguration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        (self.project, self.registry, self.configuration, self.now) = (project, registry, configuration, now)
    }

    /// The models that have a champion, by name; with a name, that one alone.
    ///
    /// - Throws: `unknownVersion`, `registryFailed`.
    package func models(_ name: String?) throws(LeewayError) -> [ModelVersion] {
        if let name { return [try VersionLookup(project).find(nil, model: name)] }
        return try registry.versions().filter { $0.aliases.contains(Registry.champion) }
            .sorted { $0.model < $1.model }
    }

    /// Checks the newest window of a version, and records what came of it.
    ///
    /// - Throws: `damagedArtifact`, `fileNotFound`, `registryFailed`, `diskFull`.
    package func check(_ version: ModelVersion) throws(LeewayError) -> Outcome {
        let bundle = try ModelBundle.load(version, in: project)
        let time = now()
        let start = Timestamp(milliseconds: time.milliseconds - Int64(configuration.window.wholeMilliseconds))
        let hours = start.hour..<max(start.hour, time.hour) + 1
        var settings = configuration.drift
        settings.minimumRows = configuration.minimumRows
        let findings = try DriftRun(settings, isParallel: false).compare(hours: hours, with: bundle, in: project)
        let document = try ArtifactCoding.encode(DriftDocument(findings))
        try registry.record(
            MonitorCheck(
                time: time, model: version.model, number: version.number, hours: hours,
                rows: findings.report.windowRows, verdict: findings.report.verdict.rawValue, document: document))
        return Outcome(version: version, findings: findings, hours: hours)
    }
}
