package import LeewayCore
package import LeewayStore

/// The tokens of a project: who may ask its server for what.
package struct ProjectTokens: Sendable {
    private let project: Project
    private let configurationPath: String

    /// Takes the path of the configuration, whose folder is the project's.
    package init(configurationPath: String) {
        project = Project(configurationPath: configurationPath)
        self.configurationPath = configurationPath
    }

    /// Makes a token that expires after so long; nil: never.
    ///
    /// - Throws: `fileNotFound` where there is no project; what `Registry.createToken` throws.
    package func create(
        name: String, scopes: Set<TokenScope>, lifetime: Duration?, at time: Timestamp
    ) throws(LeewayError) -> Registry.NewToken {
        if FileSystem.kind(of: project.registry) == nil {
            // A folder made by a slip would look like a project ever after.
            guard FileSystem.kind(of: configurationPath) != nil else {
                throw LeewayError(
                    .fileNotFound, "There is no project here: neither \(configurationPath) nor \(project.registry).",
                    hint: "Go to the folder of leeway.yaml, or name the file with --config.")
            }
            try FileSystem.makeFolder(project.home)
        }
        let expires = lifetime.map { Timestamp(milliseconds: time.milliseconds + Int64($0.wholeMilliseconds)) }
        return try Registry(path: project.registry).createToken(name: name, scopes: scopes, expires: expires, at: time)
    }

    /// All tokens, the newest first; none where there is no registry yet.
    ///
    /// - Throws: `registryFailed`.
    package func all() throws(LeewayError) -> [TokenRecord] {
        guard FileSystem.kind(of: project.registry) != nil else { return [] }
        return try Registry(path: project.registry).tokens()
    }

    /// Revokes the token of a name or an id; false where it was revoked before.
    ///
    /// - Throws: `unknownToken`, `registryFailed`.
    package func revoke(_ reference: String, at time: Timestamp) throws(LeewayError) -> (
        record: TokenRecord, isNew: Bool
    ) {
        guard FileSystem.kind(of: project.registry) != nil else {
            throw LeewayError(
                .unknownToken, "There is no token '\(reference)'.", hint: "There is no registry at \(project.registry)."
            )
        }
        return try Registry(path: project.registry).revokeToken(reference, at: time)
    }
}
