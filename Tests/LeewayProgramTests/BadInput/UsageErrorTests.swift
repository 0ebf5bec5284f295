import Testing

extension ProgramTests {
    /// What is said of a command line that makes no sense: exit code 2.
    @Suite struct UsageErrorTests {
        @Test(arguments: [
            (["frobnicate"], "Error: Unexpected argument 'frobnicate'"),
            (["run", "--frobnicate"], "Error: Unknown option '--frobnicate'"),
            (["run", "--dry-rum"], "Error: Unknown option '--dry-rum'. Did you mean '--dry-run'?"),
            (["run", "--threads", "0"], "Error: --threads must be a whole number from 1 to 1024."),
            (["run", "--threads", "1025"], "Error: --threads must be a whole number from 1 to 1024."),
            (
                ["run", "--threads", "many"],
                "Error: The value 'many' is invalid for '--threads <threads>'\nHelp:  --threads <threads>  "
                    + "Threads to use; every core where it is not given."
            ),
            (["predict", "new.csv", "-o", "o.csv", "--skip-lines", "-1"], "Error: Missing value for '--skip-lines"),
            (["predict", "new.csv", "-o", "o.csv", "--skip-lines=-1"], "Error: --skip-lines must be 0 or more."),
            (["predict", "-o", "o.csv"], "Error: Missing expected argument '<input> ...'"),
            (["predict", "new.csv"], "Error: Missing expected argument '--output <output>'"),
            (["init", "data.csv"], "Error: Missing expected argument '--target <target>'"),
        ])
        func `wrong usage`(arguments: [String], error: String) async throws {
            let workspace = try Workspace(csv: Tables.people())
            let ending = try await Program.run(arguments, in: workspace.folder)
            #expect(ending.status == 2)
            #expect(ending.output == "")
            let usage = try #require(ending.errors.firstRange(of: "\nUsage: leeway "))
            let said = String(ending.errors[..<usage.lowerBound])
            #expect(said == error || said.hasPrefix(error + "\nHelp:") || said.hasPrefix(error + " "))
            #expect(ending.errors.contains("--help' for more information."))
            #expect(workspace.names(".leeway") == [])
        }

        @Test func `a configuration that is there is not replaced`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            expectFailure(
                try await workspace.leeway("init", "data.csv", "--target", "income"), 2,
                "error: leeway.yaml is there already.\n  → Replace it with --force, or name another with --config.")
            #expect(try workspace.text("leeway.yaml") == Workspace.configuration)
        }

        @Test func `no version is registered`() async throws {
            let workspace = try Workspace()
            for command in [["models", "show"], ["models", "verify"], ["predict", "new.csv", "-o", "o.csv"]] {
                expectFailure(
                    try await Program.run(command, in: workspace.folder), 1,
                    "error: No model is registered yet.\n  → Train one with 'leeway run'.")
            }
            #expect(
                try await workspace.leewayWorks("models").output
                    == "No model is registered yet. Train one with 'leeway run'.\n")
            #expect(workspace.names("") == [])
        }

        @Test func `a version that is not there`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            for command in [
                ["models", "show"], ["models", "verify"], ["predict", "x.csv", "-o", "o.csv", "--model-version"],
            ] {
                expectFailure(
                    try await Program.run(command + ["99"], in: workspace.folder), 1,
                    "error: Model 'model' has no version '99'.\n  → There are: 1, champion.")
            }
            expectFailure(
                try await workspace.leeway("models", "show", "--model", "other"), 1,
                "error: There is no model 'other'.\n  → Name one with --model: model.")
        }
    }
}
