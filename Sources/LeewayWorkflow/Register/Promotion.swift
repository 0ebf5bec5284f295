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
        let lookup = VersionLookup(project)
        let version = try lookup.find(reference, model: model)
        let check = try lookup.verify(version)
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
            reason: reason ?? "promoted by hand", at: environment.now())
    }
}
