import Foundation
import Testing

extension ProgramTests {
    /// What is said of what may not be read or written.
    ///
    /// Root may all, so the program runs as nobody.
    @Suite(.enabled(if: Machine.letsNobodyRun, Machine.needsRoot)) struct PermissionTests {
        @Test func `a file that may not be read`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try Machine.setPermissions(0o777, of: workspace.folder)
            try Machine.setPermissions(0o600, of: workspace.url("data.csv"))
            expectFailure(
                try await workspace.leeway("run", "--quiet", through: Machine.asNobody), 1,
                """
                error: No permission to read data.csv.
                  → Change its permissions, or run as a user who may.
                """)
        }

        @Test func `a configuration that may not be read`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try Machine.setPermissions(0o600, of: workspace.url("leeway.yaml"))
            expectFailure(
                try await workspace.leeway("run", "--quiet", through: Machine.asNobody), 1,
                """
                error: No permission to read leeway.yaml.
                  → Change its permissions, or run as a user who may.
                """)
        }

        @Test func `a folder that may not be written`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try Machine.setPermissions(0o755, of: workspace.folder)
            expectFailure(
                try await workspace.leeway("run", "--quiet", through: Machine.asNobody), 1,
                """
                error: No permission to make .leeway.
                  → Change its permissions, or run as a user who may.
                """)
        }

        @Test func `a registry that may not be written`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            try Machine.setPermissions(0o777, of: workspace.url(".leeway/runs"))
            expectFailure(
                try await workspace.leeway("run", "--quiet", through: Machine.asNobody), 1,
                """
                error: The registry .leeway/registry.sqlite can't be opened or written.
                  → Check the permissions of its folder.
                """)
            #expect(workspace.runs.count == 1)
        }

        @Test func `an output that may not be written`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            for path in [".leeway", ".leeway/registry.sqlite"] {
                try Machine.setPermissions(0o777, of: workspace.url(path))
            }
            try Machine.setPermissions(0o755, of: workspace.folder)
            expectFailure(
                try await workspace.leeway("predict", "data.csv", "-o", "scored.csv", through: Machine.asNobody), 1,
                """
                error: No permission to write scored.csv.
                  → Change its permissions, or run as a user who may.
                """)
        }
    }
}
