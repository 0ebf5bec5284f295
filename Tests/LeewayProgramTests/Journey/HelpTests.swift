import Testing

extension ProgramTests {
    /// Every command explains itself.
    @Suite struct HelpTests {
        @Test(arguments: [
            ([], "leeway init data.csv --target "), (["init"], "leeway init data.csv --target "),
            (["run"], "The artifacts are in .leeway/runs/<run id>/."),
            (["predict"], "leeway predict new.csv -o scored.csv"), (["models"], "leeway models show"),
            (["models", "list"], "leeway models list"), (["models", "show"], "leeway models show"),
            (["models", "verify"], "Ends with exit code 1 when a file is missing or differs."),
            (["models", "promote"], "leeway models promote 3 --reason"), (["tokens"], "leeway tokens create shop"),
            (["tokens", "create"], "leeway tokens create shop --scope predict --expires 90d > shop.token"),
            (["tokens", "list"], "leeway tokens list"), (["tokens", "revoke"], "It can't be undone"),
            (["doctor"], "Ends with exit code 1 when something is missing that Leeway needs."),
        ])
        func `help with an example or with what comes of it`(command: [String], says: String) async throws {
            let workspace = try Workspace()
            let ending = try await Program.run(command + ["--help"], in: workspace.folder)
            #expect(ending.status == 0)
            #expect(ending.errors == "")
            let text = ending.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.contains("OVERVIEW: ") && text.contains("USAGE: leeway"))
            #expect(text.contains(says))
            #expect(workspace.names("") == [])
        }

        @Test func `the version`() async throws {
            let ending = try await Workspace().leewayWorks("--version")
            #expect(ending.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        }

        @Test func `alone it tells how to start`() async throws {
            let ending = try await Workspace().leewayWorks()
            #expect(ending.output.contains("leeway init data.csv --target "))
            #expect(
                ending.output.contains("Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 data refused"))
        }
    }
}
