import Foundation
import Testing

extension ProgramTests {
    /// `leeway models promote`: an alias moves to a version whose files are whole.
    @Suite struct PromoteTests {
        /// A project with two versions of one model.
        private static func project() async throws -> Workspace {
            let workspace = try Workspace(csv: Tables.people())
            for _ in 1...2 { try await workspace.leewayWorks("run", "--quiet") }
            return workspace
        }

        @Test func `there, there already, and back`() async throws {
            let workspace = try await Self.project()
            func promote(_ arguments: String...) async throws -> String {
                let ending = try await Program.run(["models", "promote"] + arguments, in: workspace.folder)
                #expect(ending.status == 0 && ending.errors == "")
                return ending.output
            }
            #expect(try await promote("2", "--reason", "better") == "✓ champion of model: version 1 → 2.\n")
            #expect(try await promote("2") == "✓ champion of model is version 2 already: nothing changed.\n")
            #expect(try await promote("1", "--alias", "old") == "✓ old of model: version 1, a new alias.\n")
            #expect(try await promote("old", "--model", "model") == "✓ champion of model: version 2 → 1.\n")
            #expect(try await promote("2", "-q") == "")
            let versions = try JSON(await workspace.leewayWorks("models", "--json").output)
            #expect(versions[0]["aliases"] == .list([.text("champion")]))
            #expect(versions[1]["aliases"] == .list([.text("old")]))
        }

        @Test func `as JSON`() async throws {
            let workspace = try await Self.project()
            let moved = try JSON(
                await workspace.leewayWorks("models", "promote", "2", "--alias", "rival", "--json").output)
            #expect(
                moved
                    == .object([
                        "model": .text("model"), "alias": .text("rival"), "from": .null, "to": .number(2),
                        "moved": .bool(true),
                    ]))
        }

        @Test func `a version that is not whole stays where it is`() async throws {
            let workspace = try await Self.project()
            let folder = ".leeway/runs/\(workspace.runs[1])"
            try FileManager.default.removeItem(at: workspace.url("\(folder)/schema.json"))
            try workspace.write("{}", to: "\(folder)/model.json")
            expectFailure(
                try await workspace.leeway("models", "promote", "2"), 1,
                """
                error: Version 2 of 'model' is not what was registered; missing: schema.json; changed: model.json.
                  → Restore .leeway/runs/RUN from a backup, or train again.
                """)
            let champion = try JSON(await workspace.leewayWorks("models", "--json").output)
                .element(where: "run_id", is: workspace.runs[0])
            #expect(champion["aliases"] == .list([.text("champion")]))
        }

        @Test func `what is not there, and a name that is none`() async throws {
            let workspace = try await Self.project()
            expectFailure(
                try await workspace.leeway("models", "promote", "9"), 1,
                "error: Model 'model' has no version '9'.\n  → There are: 2, 1, champion.")
            expectFailure(
                try await workspace.leeway("models", "promote", "2", "--model", "other"), 1,
                "error: There is no model 'other'.\n  → Name one with --model: model.")
            for alias in ["7", "a b", ""] {
                expectFailure(
                    try await workspace.leeway("models", "promote", "2", "--alias", alias), 2,
                    "error: An alias must be 1 to 100 letters, digits, '-', '_' or '.', and no plain number.")
            }
            expectFailure(
                try await Workspace().leeway("models", "promote", "1"), 1,
                "error: No model is registered yet.\n  → Train one with 'leeway run'.")
        }
    }
}
