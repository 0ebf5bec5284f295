import Foundation
import Testing

extension ProgramTests {
    /// `leeway simulate`, as somebody who drills runs it.
    @Suite struct SimulateTests {
        private static func workspace(_ count: Int = 300) throws -> Workspace {
            let workspace = try Workspace()
            try workspace.write(Tables.people(count), to: "people.csv")
            return workspace
        }

        @Test func `shifts, drops and says so`() async throws {
            let workspace = try Self.workspace()
            let ending = try await workspace.leewayWorks(
                "simulate", "people.csv", "-o", "drifted.csv", "--shift", "age:+5", "--drop-category", "city=Bergen",
                "--null", "income:1", "--start", "101", "--quiet")
            #expect(ending == Program.Ending(status: 0, output: "", errors: ""))
            let expected = (0..<300).filter { $0 < 100 || $0 % 3 != 0 }
                .map { "\(20 + $0 + ($0 < 100 ? 0 : 5)),\(Tables.city($0)),\($0 < 100 ? Tables.income($0) : "")\n" }
            #expect(try workspace.text("drifted.csv") == "age,city,income\n" + expected.joined())
            let told = try await workspace.leewayWorks(
                "simulate", "people.csv", "-o", "again.csv", "--shift", "age:+5", "--drop-category", "city=Bergen",
                "--null", "income:1", "--start", "101")
            #expect(
                told.output == """
                    ✓ 234 rows written to again.csv, seed 42.
                      drop-category  city=Bergen      66 rows left
                      shift          age:+5       134 rows changed
                      null           income:1     134 rows changed

                    """)
            #expect(try workspace.text("again.csv") == workspace.text("drifted.csv"))
            #expect(workspace.names("") == ["again.csv", "drifted.csv", "people.csv"])
        }

        @Test func `explains itself with examples`() async throws {
            let workspace = try Workspace()
            let ending = try await workspace.leewayWorks("simulate", "--help")
            #expect(ending.output.contains("leeway simulate data.csv -o older.csv --shift age:+5\n"))
            #expect(ending.output.contains("--drop-category <column=category>"))
            #expect(workspace.names("") == [])
        }

        @Test func `tells machines in JSON`() async throws {
            let workspace = try Self.workspace()
            let ending = try await workspace.leewayWorks(
                "simulate", "people.csv", "-o", "out.parquet", "--reweight", "income=high:2", "--rows", "1000",
                "--seed", "7",
                "--ramp", "10", "--json")
            let report = try JSON(ending.output)
            #expect(ending.errors == "")
            #expect(report.keys == ["changes", "input_rows", "output", "ramp", "rows", "seed", "start"])
            #expect(report["rows"].number == 1000 && report["input_rows"].number == 300)
            #expect(report["seed"].number == 7 && report["ramp"].number == 10 && report["start"].number == 1)
            #expect(report["changes"][0]["option"].text == "reweight")
            #expect(report["changes"][0]["value"].text == "income=high:2")
            // 40 of 100 weigh twice: 57 % of the draws.
            expectClose(report["changes"][0]["rows"].number, 571, within: 60)
        }

        @Test func `a project's source needs no name`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("simulate", "-o", "out.csv", "--constant", "city=Oslo:1", "-q")
            #expect(
                try workspace.text("out.csv").split(separator: "\n").dropFirst().allSatisfy { $0.contains(",Oslo,") })
            let none = try Workspace()
            expectFailure(
                try await none.leeway("simulate", "-o", "out.csv", "--shift", "age:+5"), 2,
                """
                error: There is nothing to read: no file is named, and there is no leeway.yaml.
                  → Name a CSV or Parquet file, or a glob.
                """)
        }

        @Test(arguments: [
            (["--shift", "agee:+5"], 1, "The input has no column 'agee'.\n  → Did you mean 'age'?"),
            (
                ["--shift", "city:+5"], 1,
                """
                Column 'city' can't be moved: 300 values of 300 are no numbers.
                  → Texts are changed by --new-category, --reweight, --drop-category and --null.
                """
            ),
            (
                ["--null", "age:1.5"], 2,
                "--null age:1.5: the share must be a number from 0 to 1.\n  → Example: --null job:0.2"
            ),
            ([], 2, "There is nothing to change.\n  → Example: --shift age:+5"),
            (["--rows", "0"], 2, "--rows must be a whole number from 1 to 4,294,967,296."),
            (["--shift", "age:+5", "--start", "0"], 2, "--start must be a whole number from 1 to 4,294,967,296."),
            (["--shift", "age:+5", "--ramp", "0"], 2, "--ramp must be a whole number from 1 to 4,294,967,296."),
        ])
        func `what makes no sense`(options: [String], status: Int32, error: String) async throws {
            let workspace = try Self.workspace()
            let ending = try await Program.run(
                ["simulate", "people.csv", "-o", "out.csv", "-q"] + options, in: workspace.folder)
            expectFailure(ending, status, "error: \(error)")
            #expect(workspace.names("") == ["people.csv"])
        }

        @Test func `outputs that can't be`() async throws {
            let workspace = try Self.workspace()
            let input = try workspace.text("people.csv")
            try workspace.write("mine", to: "mine.csv")
            try FileManager.default.createSymbolicLink(
                at: workspace.url("link.csv"), withDestinationURL: workspace.url("people.csv"))
            let shift = ["--shift", "age:+5", "-q"]
            func simulate(_ output: String, _ options: String...) async throws -> Program.Ending {
                try await Program.run(["simulate", "people.csv", "-o", output] + shift + options, in: workspace.folder)
            }
            for name in ["people.csv", "./people.csv", "link.csv"] {
                expectFailure(
                    try await simulate(name, "--force"), 2,
                    """
                    error: The output \(name) is the input people.csv.
                      → Name another output: what is simulated replaces no data.
                    """)
            }
            expectFailure(
                try await simulate("mine.csv"), 2,
                "error: mine.csv is there already.\n  → Replace it with --force, or name another output.")
            #expect(try workspace.text("mine.csv") == "mine")
            #expect(try await simulate("mine.csv", "--force").status == 0)
            #expect(try workspace.text("mine.csv").hasPrefix("age,city,income\n25,"))
            expectFailure(
                try await simulate("out.json"), 2,
                "error: The output out.json must end in .csv or .parquet.\n  → The ending tells the format.")
            expectFailure(
                try await simulate("nowhere/out.csv"), 1,
                "error: There is no folder for nowhere/out.csv.\n  → Make the folder, or check the path.")
            #expect(try workspace.text("people.csv") == input)
            #expect(workspace.names("") == ["link.csv", "mine.csv", "people.csv"])
        }

        @Test func `inputs that can't be read`() async throws {
            let workspace = try Workspace()
            try workspace.write("", to: "empty.csv")
            try workspace.write("age,city\n", to: "header.csv")
            try workspace.write(
                Tables.csv("age,city", 30) { $0 == 20 ? "1,\(Tables.secret),2" : "1,\(Tables.secret)" },
                to: "ragged.csv")
            func simulate(_ input: String) async throws -> Program.Ending {
                try await workspace.leeway("simulate", input, "-o", "out.csv", "--shift", "age:+5", "-q")
            }
            expectFailure(
                try await simulate("empty.csv"), 1, "error: empty.csv is empty.\n  → It needs a header and some rows.")
            expectFailure(
                try await simulate("header.csv"), 1,
                "error: header.csv has a header but no rows.\n  → It needs some rows.")
            expectFailure(
                try await simulate("ragged.csv"), 1,
                "error: Line 22 of the CSV file 'ragged.csv': Expected Number of Columns: 2 Found: 3.")
            expectFailure(try await simulate("none.csv"), 1, "error: There is no none.csv.\n  → Check the path.")
        }

        @Test(.enabled(if: Machine.letsNobodyRun, Machine.needsRoot)) func `a folder that may not be written`()
            async throws
        {
            let workspace = try Self.workspace()
            try Machine.setPermissions(0o555, of: workspace.folder)
            expectFailure(
                try await workspace.leeway(
                    "simulate", "people.csv", "-o", "out.csv", "--shift", "age:+5", "-q", through: Machine.asNobody), 1,
                """
                error: No permission to write out.csv.
                  → Change its permissions, or run as a user who may.
                """)
        }
    }
}
