import Foundation
import Testing

extension ProgramTests {
    /// What is said of a query engine that is missing or is none.
    @Suite struct LibraryErrorTests {
        /// The program in a folder of its own: beside the built one there may be a library.
        private static func programAlone(in workspace: Workspace) throws -> String {
            let folder = workspace.url("bin")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let copy = folder.appending(path: "leeway")
            try FileManager.default.copyItem(at: URL(filePath: Program.path), to: copy)
            return copy.path
        }

        private static let remedy =
            "Run 'make setup' in the source tree, or set LEEWAY_DRIVER_PATH to the folder that holds libduckdb.so."

        @Test(
            .enabled(if: Machine.isLinux, "Left out: the library has another name there."),
            arguments: [["run"], ["init", "data.csv", "--target", "income", "--force"]])
        func `no library anywhere`(command: [String]) async throws {
            let workspace = try Workspace(csv: Tables.people())
            let home = workspace.folder.path
            let beside = "\(home)/bin"
            let ending = try await Program.run(
                command, in: workspace.folder, environment: ["LEEWAY_DRIVER_PATH": home],
                program: try Self.programAlone(in: workspace))
            expectFailure(
                ending, 1,
                """
                error: The library 'libduckdb.so' is missing; looked in \(home)/libduckdb.so (LEEWAY_DRIVER_PATH), \
                \(home)/.config/adbc/drivers/duckdb.toml (manifest), /etc/adbc/drivers/duckdb.toml (manifest), \
                \(beside)/../lib/leeway/libduckdb.so (beside the program), the system's loader.
                  → \(Self.remedy)
                """)
            #expect(workspace.names(".leeway") == [])
        }

        @Test(.enabled(if: Machine.isLinux, "Left out: the loader has other words there."))
        func `a library that is a text`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try workspace.write("\(Tables.secret)\n", to: "libduckdb.so")
            expectFailure(
                try await workspace.leeway("run", environment: ["LEEWAY_DRIVER_PATH": workspace.folder.path]), 1,
                """
                error: The library '\(workspace.folder.path)/libduckdb.so' (LEEWAY_DRIVER_PATH) can't be loaded: \
                file too short.
                  → \(Self.remedy)
                """)
        }

        @Test(.enabled(if: Machine.isLinux, "Left out: the loader has other words there."))
        func `a library that is another one`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            let other = try #require(Machine.someLibrary)
            let ending = try await workspace.leeway("run", "--driver-path", other)
            expectFailure(
                ending, 1,
                "error: The library '\(other)' (--driver-path) has no symbol 'duckdb_adbc_init'.\n  → \(Self.remedy)")
        }

        @Test func `the doctor says what is missing and ends with 1`() async throws {
            let workspace = try Workspace()
            let ending = try await Program.run(
                ["doctor"], in: workspace.folder, environment: ["LEEWAY_DRIVER_PATH": workspace.folder.path],
                program: try Self.programAlone(in: workspace))
            #expect(ending.status == 1)
            #expect(ending.output.contains("✗  DuckDB  The library 'libduckdb.so' is missing; looked in "))
            #expect(ending.output.hasSuffix("\nDuckDB: \(Self.remedy)\n"))
        }

        @Test func `the doctor finds nothing missing`() async throws {
            let workspace = try Workspace()
            let findings = try JSON(await workspace.leewayWorks("doctor", "--json").output)
            #expect(findings.list.map { $0["name"].text } == ["leeway", "DuckDB", "SQLite", "cores", "memory", "disk"])
            #expect(findings.list.allSatisfy { $0["ok"] == .bool(true) })
            #expect(findings.element(where: "name", is: "DuckDB")["detail"].text?.contains(Program.driverPath) == true)
            #expect(workspace.names("") == [])
        }
    }
}
