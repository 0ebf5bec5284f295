import ArgumentParser
import LeewayCore
import LeewayStore
import LeewayWorkflow

extension TokenScope: ExpressibleByArgument {}

struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Say who may ask the server for what.",
        discussion: """
            Before the first token is made, the server answers everyone; from then on, whoever has a token that allows it.

              leeway tokens create shop --scope predict --scope feedback --expires 90d
              leeway tokens                 the tokens there are, without their secrets
              leeway tokens revoke shop     from now on it opens nothing
            """,
        subcommands: [Create.self, List.self, Revoke.self], defaultSubcommand: List.self)

    /// A token as JSON shows it.
    struct Document: Encodable {
        let record: TokenRecord
        let time: Timestamp
        var secret: String?

        private enum CodingKeys: String, CodingKey {
            case id
            case name
            case scopes
            case createdAt = "created_at"
            case expiresAt = "expires_at"
            case revokedAt = "revoked_at"
            case state
            case secret
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(record.id, forKey: .id)
            try container.encode(record.name, forKey: .name)
            try container.encode(record.orderedScopes, forKey: .scopes)
            try container.encode(record.createdAt.description, forKey: .createdAt)
            try container.encode(record.expiresAt?.description, forKey: .expiresAt)
            try container.encode(record.revokedAt?.description, forKey: .revokedAt)
            try container.encode(record.state(at: time), forKey: .state)
            try container.encodeIfPresent(secret, forKey: .secret)
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token, and print its secret this once.",
            discussion: """
                The secret alone goes to stdout, what a person should know to stderr. Only its SHA-256 is stored: lost is lost.
                Clients send it as 'Authorization: Bearer SECRET'. No scope brings another along:

                  predict     score rows
                  feedback    tell what came true
                  read        look at versions, contracts, metrics and windows
                  admin       change what is served

                  leeway tokens create shop --scope predict --expires 90d > shop.token
                """)

        @Argument(help: "What to call it: letters, digits, '-', '_' or '.'.")
        var name: String

        @Option(help: "What it allows; give it once for each.")
        var scope: [TokenScope] = []

        @Option(
            help: ArgumentHelp(
                "How long it works, such as 12h or 90d; for ever where not given.", valueName: "duration"))
        var expires: String?

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        private var lifetime: Duration? { expires.flatMap(Duration.init(written:)) }

        func validate() throws {
            guard !scope.isEmpty else {
                throw ValidationError("Say what the token allows: --scope predict, feedback, read or admin.")
            }
            guard expires == nil || lifetime.map({ (.seconds(1) ... .seconds(36_500 * 86_400)).contains($0) }) ?? false
            else {
                throw ValidationError("--expires must be a duration from 1s to 36500d, such as 90d.")
            }
        }

        func run() throws {
            let now = Machine.environment.now()
            let token = try ProjectTokens(configurationPath: projectOptions.config).create(
                name: name, scopes: Set(scope), lifetime: lifetime, at: now)
            if output.json {
                let document = Document(record: token.record, time: now, secret: token.secret)
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(document), as: UTF8.self))
                return
            }
            Terminal.standardOutput.write(token.secret + "\n")
            guard !output.quiet else { return }
            let record = token.record
            let scopes = record.orderedScopes.map(\.rawValue).joined(separator: ", ")
            Terminal.standardError.write(
                """
                Made token '\(record.name)' (\(record.id)): \(scopes); \(record.expiresAt.map { "expires \($0)" } ?? "never expires").
                Its secret is on stdout and nowhere else: it can't be shown again.

                """)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tokens, the newest first; never their secrets.")

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let now = Machine.environment.now()
            let tokens = try ProjectTokens(configurationPath: projectOptions.config).all()
            if output.json {
                let documents = tokens.map { Document(record: $0, time: now) }
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(documents), as: UTF8.self))
                return
            }
            guard !tokens.isEmpty else {
                Terminal.standardOutput.write(
                    "No token was made yet: the server answers everyone. Make one with 'leeway tokens create'.\n")
                return
            }
            var table = TextTable([.left, .left, .left, .left, .left, .left])
            table.add(["id", "name", "scopes", "created", "expires", "state"])
            for token in tokens {
                table.add([
                    token.id, token.name, token.orderedScopes.map(\.rawValue).joined(separator: ", "),
                    Self.short(token.createdAt), token.expiresAt.map(Self.short) ?? "never",
                    token.state(at: now).rawValue,
                ])
            }
            let style = output.style
            Terminal.standardOutput.write(
                table.lines(indent: "") { row, column, cell in
                    guard row > 0 else { return style.dim(cell) }
                    guard column == 5 else { return column == 0 ? style.dim(cell) : cell }
                    return tokens[row - 1].state(at: now) == .active ? style.good(cell) : style.bad(cell)
                })
        }

        private static func short(_ time: Timestamp) -> String {
            String(time.description.prefix(19)).replacing("T", with: " ")
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a token open nothing from now on.",
            discussion: "A running server notices within a second. It can't be undone: make a new one instead.")

        @Argument(help: "Its name or its id.")
        var token: String

        @OptionGroup var projectOptions: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let now = Machine.environment.now()
            let (record, isNew) = try ProjectTokens(configurationPath: projectOptions.config).revoke(token, at: now)
            if output.json {
                let document = Document(record: record, time: now)
                Terminal.standardOutput.write(String(decoding: try ArtifactCoding.encode(document), as: UTF8.self))
                return
            }
            guard !output.quiet else { return }
            let said =
                isNew
                ? "Token '\(record.name)' (\(record.id)) is revoked."
                : "Token '\(record.name)' (\(record.id)) was revoked before: nothing changed."
            Terminal.standardOutput.write("\(output.style.good("✓")) \(said)\n")
        }
    }
}
