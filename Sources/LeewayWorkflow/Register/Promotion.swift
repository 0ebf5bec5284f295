package import LeewayCore
package import LeewayStore

/// Lets an alias point to another version, once every file of that version was held against its digest.
package struct Promotion: Sendable {
    private let project: Project

    package init(_ project: Project) { self.project = project }

    /// Moves the alias to the version of a number or of another alias.
    ///
    /// - Throws: `unknownVersion`; `damagedArtifact` for a version that is not what was registered; `invalidSetting` for
    ///   a name that is none.
    package func move(
        _ alias: String, to reference: String, model: String?, reason: String?, in environment: Environment
    ) throws(LeewayError) -> Registry.AliasMove {
        let version = try VersionLookup(project).find(reference, model: model)
        return try move(
            alias, to: version, reason: reason ?? "promoted by hand", kind: .aliasMoved, in: environment)
    }

    /// Lets the champion be the version again that it was before, or another one.
    ///
    /// - Throws: as `move`; `unknownVersion` where there was no champion before.
    package func rollBack(
        to reference: String?, model: String?, reason: String?, in environment: Environment
    ) throws(LeewayError) -> Registry.AliasMove {
        let lookup = VersionLookup(project)
        let champion = try lookup.find(nil, model: model)
        var target = reference
        if target == nil {
            let moves = try Registry(path: project.registry).events(of: champion.model)
                .filter { $0.alias == Registry.champion && $0.to == champion.number && $0.kind == .aliasMoved }
            target = moves.first?.from.map { "\($0)" }
        }
        guard let target else {
            throw LeewayError(
                .unknownVersion, "Version \(champion.number) of '\(champion.model)' took no other's place.",
                hint: "Name the version to go back to with --to.")
        }
        return try move(
            Registry.champion, to: try lookup.find(target, model: champion.model),
            reason: reason ?? "rolled back by hand", kind: .rolledBack, in: environment)
    }

    private func move(
        _ alias: String, to version: ModelVersion, reason: String, kind: Registry.Event.Kind,
        in environment: Environment
    ) throws(LeewayError) -> Registry.AliasMove {
        let check = try VersionLookup(project).verify(version)
        guard check.isWhole else {
            let damage = [(check.missing, "missing"), (check.changed, "changed")].filter { !$0.0.isEmpty }
                .map { "\($0.1): \($0.0.joined(separator: ", "))" }
            throw LeewayError(
                .damagedArtifact,
                "Version \(version.number) of '\(version.model)' is not what was registered; \(damage.joined(separator: "; ")).",
                hint: "Restore \(project.run(version.runID)) from a backup, or train again.")
        }
        return try Registry(path: project.registry).moveAlias(
            alias, of: version.model, to: version.number, actor: environment.actor,
            reason: reason, at: environment.now(), kind: kind)
    }
}
