import Foundation
import Testing

extension ProgramTests {
    /// `leeway tokens`: what a person sees, what a script gets.
    @Suite struct TokensTests {
        private static func project() throws -> Workspace { try Workspace(csv: Tables.people()) }

        @Test func `from the first token to its end`() async throws {
            let workspace = try Self.project()
            #expect(
                try await workspace.leewayWorks("tokens").output
                    == "No token was made yet: the server answers everyone. Make one with 'leeway tokens create'.\n")
            #expect(workspace.names(".leeway") == [])
            let made = try await workspace.leewayWorks(
                "tokens", "create", "shop", "--scope", "read", "--scope", "predict", "--expires", "90d")
            #expect(made.output.wholeMatch(of: /lwy_[A-Za-z0-9_-]{43}\n/) != nil)
            let said =
                /Made token 'shop' \([0-9a-f]{12}\): predict, read; expires \d{4}-\d\d-\d\dT[0-9:.]+Z\.\nIts secret is on stdout and nowhere else: it can't be shown again\.\n/
            #expect(made.errors.wholeMatch(of: said) != nil)
            let listed = try await workspace.leewayWorks("tokens", "list")
            let lines = listed.output.split(separator: "\n")
            #expect(
                lines.count == 2
                    && lines[0].split(separator: " ") == ["id", "name", "scopes", "created", "expires", "state"])
            #expect(lines[1].contains("  shop  predict, read  ") && lines[1].hasSuffix("  active"))
            #expect(try await workspace.leewayWorks("tokens", "revoke", "shop").output.contains("Token 'shop' ("))
            #expect(
                try await workspace.leewayWorks("tokens", "revoke", "shop").output
                    .hasSuffix(") was revoked before: nothing changed.\n"))
            #expect(try await workspace.leewayWorks("tokens").output.contains("  revoked\n"))
        }

        @Test func `as JSON, and no secret but once`() async throws {
            let workspace = try Self.project()
            let made = try JSON(
                await workspace.leewayWorks("tokens", "create", "a", "--scope", "admin", "--json").output)
            let secret = try #require(made["secret"].text)
            #expect(made["scopes"] == .list([.text("admin")]) && made["state"] == .text("active"))
            let text = try await workspace.leewayWorks("tokens", "list", "--json").output
            let token = try JSON(text)[0]
            #expect(token["id"] == made["id"] && token["name"] == .text("a") && token["expires_at"] == .null)
            #expect(
                token.keys == ["created_at", "expires_at", "id", "name", "revoked_at", "scopes", "state"])
            #expect(!text.contains(secret.dropFirst(4)))
            let id = try #require(made["id"].text)
            let revoked = try JSON(await workspace.leewayWorks("tokens", "revoke", id, "--json").output)
            #expect(revoked["state"] == .text("revoked") && revoked["revoked_at"].text != nil)
            for name in workspace.names(".leeway") {
                let bytes = try Data(contentsOf: workspace.url(".leeway/\(name)"))
                #expect(bytes.range(of: Data(secret.utf8)) == nil)
            }
        }

        @Test func `quiet prints the secret alone`() async throws {
            let ending = try await Self.project().leewayWorks("tokens", "create", "a", "--scope", "read", "-q")
            #expect(ending.errors == "" && ending.output.utf8.count == 48)
        }

        @Test func `the project is that of the configuration named`() async throws {
            let workspace = try Self.project()
            let path = workspace.url("leeway.yaml").path
            let elsewhere = try Workspace()
            for arguments in [["tokens", "create", "a", "--scope", "read"], ["tokens", "revoke", "a"]] {
                let ending = try await Program.run(arguments + ["--config", path], in: elsewhere.folder)
                #expect(ending.status == 0)
            }
            #expect(elsewhere.names("") == [] && workspace.names(".leeway").contains("registry.sqlite"))
        }

        @Test func `where there is no project nothing is made`() async throws {
            let workspace = try Workspace()
            expectFailure(
                try await workspace.leeway("tokens", "create", "a", "--scope", "read"), 1,
                """
                error: There is no project here: neither leeway.yaml nor .leeway/registry.sqlite.
                  → Go to the folder of leeway.yaml, or name the file with --config.
                """)
            expectFailure(
                try await workspace.leeway("tokens", "revoke", "a"), 1,
                "error: There is no token 'a'.\n  → There is no registry at .leeway/registry.sqlite.")
            #expect(workspace.names("") == [])
        }

        @Test func `what makes no sense`() async throws {
            let workspace = try Self.project()
            expectFailure(
                try await workspace.leeway("tokens", "create", "a b", "--scope", "read"), 2,
                "error: A token's name must be 1 to 100 letters, digits, '-', '_' or '.'.")
            try await workspace.leewayWorks("tokens", "create", "shop", "--scope", "read")
            let twice = try await workspace.leeway("tokens", "create", "shop", "--scope", "read")
            #expect(twice.status == 2 && twice.output == "")
            #expect(twice.errors.hasPrefix("error: There is an active token 'shop' already: "))
            expectFailure(
                try await workspace.leeway("tokens", "revoke", "shpo"), 1,
                "error: There is no token 'shpo'.\n  → Did you mean 'shop'?")
        }

        @Test(arguments: [
            ([], "Error: Say what the token allows: --scope predict, feedback, read or admin."),
            (["--scope", "reed"], "Error: The value 'reed' is invalid for '--scope <scope>'."),
            (
                ["--scope", "read", "--expires", "90"],
                "Error: --expires must be a duration from 1s to 36500d, such as 90d."
            ),
            (
                ["--scope", "read", "--expires", "0s"],
                "Error: --expires must be a duration from 1s to 36500d, such as 90d."
            ),
        ])
        func `wrong usage`(arguments: [String], error: String) async throws {
            let workspace = try Self.project()
            let ending = try await Program.run(["tokens", "create", "a"] + arguments, in: workspace.folder)
            #expect(ending.status == 2 && ending.output == "" && ending.errors.hasPrefix(error))
            #expect(workspace.names(".leeway") == [])
        }
    }
}
