import Foundation
import Testing

extension ProgramTests {
    /// What is said of a source that can't be read, and that nothing is left behind.
    @Suite struct SourceErrorTests {
        @Test(arguments: [["run", "--quiet"], ["init", "data.csv", "--target", "income", "--force"]])
        func `no file`(command: [String]) async throws {
            let workspace = try Workspace()
            try workspace.write(Workspace.configuration, to: "leeway.yaml")
            let ending = try await Program.run(command, in: workspace.folder)
            expectFailure(ending, 1, "error: There is no data.csv.\n  → Check the path.")
            #expect(workspace.runs == [])
        }

        @Test(arguments: [["run", "--quiet"], ["init", "data.csv", "--target", "income", "--force"]])
        func `an empty file`(command: [String]) async throws {
            let workspace = try Workspace(csv: "")
            let ending = try await Program.run(command, in: workspace.folder)
            expectFailure(ending, 1, "error: data.csv is empty.\n  → It needs a header and some rows.")
            #expect(workspace.runs == [])
        }

        @Test func `a header only`() async throws {
            let workspace = try Workspace(csv: "age,city,income\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: data.csv has a header but no rows.\n  → It needs some rows.")
            #expect(workspace.runs == [])
        }

        @Test func `one row is too few, and the report says so`() async throws {
            let workspace = try Workspace(csv: "age,city,income\n1,\(Tables.secret),low\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 3,
                """
                error: Validation refused the data: 1 row where at least 10 are needed. And 1 error more.
                  → All checks: .leeway/runs/RUN/validation_report.json. No version was made.
                """)
            #expect(try workspace.artifact("validation_report.json")["errors"] == .number(2))
            #expect(try await workspace.leewayWorks("models", "list", "--json").output.contains("version") == false)
        }

        @Test func `a row of too many cells near the start`() async throws {
            let csv = Tables.csv("age,city,income", 60) {
                "\($0),\(Tables.secret),\(Tables.income($0))" + ($0 == 40 ? "," + Tables.secret : "")
            }
            let workspace = try Workspace(csv: csv)
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: Line 42 of the CSV file 'data.csv': Expected Number of Columns: 3 Found: 4.")
            #expect(workspace.runs == [])
        }

        @Test func `a row of too few cells near the start`() async throws {
            let csv = Tables.csv("age,city,income", 60) {
                $0 == 40 ? "\($0),\(Tables.secret)" : "\($0),\(Tables.secret),\(Tables.income($0))"
            }
            let workspace = try Workspace(csv: csv)
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: Line 42 of the CSV file 'data.csv': Expected Number of Columns: 3 Found: 2.")
        }

        @Test func `a row of too many cells far below the first rows`() async throws {
            let csv = Tables.csv("age,city,income", 30_000) {
                "\($0),\(Tables.secret),\(Tables.income($0))" + ($0 == 25_000 ? "," + Tables.secret : "")
            }
            let workspace = try Workspace(csv: csv)
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: Line 25002 of the CSV file 'data.csv': Expected Number of Columns: 3 Found: 4.")
            #expect(workspace.runs == [])
        }

        @Test func `a binary file`() async throws {
            let workspace = try Workspace(csv: "")
            try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }).write(to: workspace.url("data.csv"))
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: data.csv is a binary file, or text that is not UTF-8.\n  → CSV and Parquet files are read.")
        }

        @Test func `text that is not UTF-8`() async throws {
            let workspace = try Workspace(csv: "")
            let lines = (0..<60).map { "\($0),\(Tables.secret)\u{E9},\(Tables.income($0))\n" }
            let text = "age,city,income\n" + lines.joined()
            try #require(text.data(using: .isoLatin1)).write(to: workspace.url("data.csv"))
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: Line 2 of the CSV file 'data.csv': Invalid unicode (byte sequence mismatch) detected.")
        }

        @Test func `a Parquet file that is none`() async throws {
            let workspace = try Workspace(
                csv: Tables.people(), configuration: "source: {path: data.csv, format: parquet}\ntarget: income\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: data.csv is no Parquet file.\n  → If it is a CSV file, say 'format: csv'.")
        }

        @Test func `a Parquet file that is cut off`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try workspace.write("PAR1\(Tables.secret)", to: "data.parquet")
            let ending = try await workspace.leeway("init", "data.parquet", "--target", "income", "--force")
            #expect(ending.status == 1)
            #expect(ending.errors.hasPrefix("error: ") && ending.errors.contains("data.parquet"))
            #expect(!ending.errors.contains(Tables.secret))
        }

        @Test func `a folder`() async throws {
            let workspace = try Workspace()
            try workspace.write(Workspace.configuration, to: "leeway.yaml")
            try FileManager.default.createDirectory(at: workspace.url("data.csv"), withIntermediateDirectories: false)
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                """
                error: data.csv is a folder where a file is needed.
                  → Name its files with a glob: 'data.csv/*.csv'.
                """)
        }

        @Test func `a glob that nothing matches`() async throws {
            let workspace = try Workspace(csv: "", configuration: "source: '*.tsv'\ntarget: income\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: No file matches *.tsv.\n  → Check the pattern.")
        }

        @Test func `files with different columns`() async throws {
            let workspace = try Workspace(
                csv: Tables.people(), configuration: "source: [data.csv, other.csv]\ntarget: income\n")
            try workspace.write(Tables.people().replacing("city", with: "town", maxReplacements: 1), to: "other.csv")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                """
                error: other.csv has no column 'city', which data.csv has.
                  → Files of one source need the same columns; give 'names' to those without a header.
                """)
        }
    }
}
