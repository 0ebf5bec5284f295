import Foundation
import Testing

extension ProgramTests {
    /// What is said of a registry or a version that is not what it was.
    @Suite struct RegistryErrorTests {
        /// A project with one version, and the folder of its run.
        private static func project() async throws -> (workspace: Workspace, folder: String) {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            return (workspace, ".leeway/runs/\(try #require(workspace.runs.first))")
        }

        @Test func `a whole version`() async throws {
            let (workspace, _) = try await Self.project()
            let ending = try await workspace.leewayWorks("models", "verify")
            #expect(ending.output == "✓ model 1 is whole: 14 files as registered.\n")
        }

        @Test func `a changed artifact`() async throws {
            let (workspace, folder) = try await Self.project()
            let model = try workspace.text("\(folder)/model.json")
            try workspace.write(model.replacing("0.", with: "1.", maxReplacements: 1), to: "\(folder)/model.json")
            let ending = try await workspace.leeway("models", "verify")
            #expect(ending == Program.Ending(status: 1, output: "changed model.json\n", errors: ""))
            expectFailure(
                try await workspace.leeway("predict", "data.csv", "-o", "out.csv"), 1,
                """
                error: .leeway/runs/RUN/model.json is not what was registered: its SHA-256 differs.
                  → Restore it from a backup, or train again.
                """)
        }

        @Test func `a missing artifact, a changed one and one too many`() async throws {
            let (workspace, folder) = try await Self.project()
            try FileManager.default.removeItem(at: workspace.url("\(folder)/model.json"))
            try workspace.write("{}", to: "\(folder)/schema.json")
            try workspace.write("{}", to: "\(folder)/notes.json")
            let ending = try await workspace.leeway("models", "verify")
            #expect(
                ending
                    == Program.Ending(
                        status: 1, output: "missing model.json\nchanged schema.json\nextra notes.json\n", errors: ""))
            let report = try JSON(await workspace.leeway("models", "verify", "--json").output)
            #expect(report["missing"] == .list([.text("model.json")]))
            #expect(report["changed"] == .list([.text("schema.json")]))
            #expect(report["extra"] == .list([.text("notes.json")]))
        }

        @Test func `a changed manifest`() async throws {
            let (workspace, folder) = try await Self.project()
            let manifest = try workspace.text("\(folder)/run.json")
            let digest = try #require(try workspace.artifact("run.json")["artifacts"][0]["sha256"].text)
            try workspace.write(
                manifest.replacing(digest, with: String(digest.reversed())), to: "\(folder)/run.json")
            for command in [["models", "verify"], ["models", "show"], ["predict", "data.csv", "-o", "out.csv"]] {
                expectFailure(
                    try await Program.run(command, in: workspace.folder), 1,
                    """
                    error: .leeway/runs/RUN/run.json is not the manifest that was registered.
                      → Restore the folder from a backup, or train again.
                    """)
            }
        }

        @Test func `a manifest that is cut off`() async throws {
            let (workspace, folder) = try await Self.project()
            try workspace.write("{", to: "\(folder)/run.json")
            expectFailure(
                try await workspace.leeway("models", "verify"), 1,
                """
                error: .leeway/runs/RUN/run.json can't be read.
                  → Was it edited, or written by another version?
                """)
        }

        @Test func `a registry that is no database`() async throws {
            let (workspace, _) = try await Self.project()
            try workspace.write(String(repeating: Tables.secret, count: 1000), to: ".leeway/registry.sqlite")
            for command in [["models", "list"], ["run", "--quiet"], ["predict", "data.csv", "-o", "out.csv"]] {
                expectFailure(
                    try await Program.run(command, in: workspace.folder), 1,
                    """
                    error: .leeway/registry.sqlite is not a registry, or it is damaged.
                      → Restore it from a backup; the run folders beside it are whole.
                    """)
            }
            #expect(workspace.runs.count == 1)
        }

        @Test func `a registry whose pages are gone`() async throws {
            let (workspace, _) = try await Self.project()
            var bytes = try Data(contentsOf: workspace.url(".leeway/registry.sqlite"))
            bytes.replaceSubrange(4096..., with: Data(count: bytes.count - 4096))
            try bytes.write(to: workspace.url(".leeway/registry.sqlite"))
            expectFailure(
                try await workspace.leeway("models", "list"), 1,
                """
                error: .leeway/registry.sqlite is not a registry, or it is damaged.
                  → Restore it from a backup; the run folders beside it are whole.
                """)
        }
    }
}
