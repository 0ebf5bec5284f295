import Testing

extension ProgramTests {
    /// What is said of a target that can't be predicted.
    @Suite struct TargetErrorTests {
        @Test(arguments: [["run", "--quiet"], ["init", "data.csv", "--target", "income", "--force"]])
        func `no target column, but one of nearly its name`(command: [String]) async throws {
            let workspace = try Workspace(csv: Tables.people().replacing("income", with: "incomes", maxReplacements: 1))
            expectFailure(
                try await Program.run(command, in: workspace.folder), 1,
                "error: The target column 'income' is not in the source.\n  → Did you mean 'incomes'?")
            #expect(workspace.runs == [])
        }

        @Test func `no target column, nor one of nearly its name`() async throws {
            let workspace = try Workspace(csv: Tables.people().replacing("income", with: "wealth", maxReplacements: 1))
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: The target column 'income' is not in the source.\n  → Columns: age, city, wealth.")
        }

        @Test func `a constant target`() async throws {
            let workspace = try Workspace(
                csv: Tables.csv("age,city,income", 60) { "\($0),\(Tables.city($0)),\(Tables.secret)" })
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 3,
                """
                error: Validation refused the data: column 'income': The target has 1 class where two are needed.
                  → All checks: .leeway/runs/RUN/validation_report.json. No version was made.
                """)
            expectFailure(
                try await workspace.leeway("init", "data.csv", "--target", "income", "--force"), 1,
                """
                error: The target 'income' has 1 class where two are needed.
                  → Name a column of two classes with --target.
                """)
        }

        @Test func `three classes`() async throws {
            let workspace = try Workspace(
                csv: Tables.csv("age,city,income", 60) { "\($0),\(Tables.city($0)),\(Tables.secret)\($0 % 3)" })
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 3,
                """
                error: Validation refused the data: column 'income': The target has 3 classes where two are needed.
                  → All checks: .leeway/runs/RUN/validation_report.json. No version was made.
                """)
            expectFailure(
                try await workspace.leeway("init", "data.csv", "--target", "income", "--force"), 1,
                """
                error: The target 'income' has more than two classes where two are needed.
                  → Name a column of two classes with --target.
                """)
        }

        @Test func `a target without a value`() async throws {
            let workspace = try Workspace(csv: Tables.csv("age,city,income", 60) { "\($0),\(Tables.city($0))," })
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 3,
                """
                error: Validation refused the data: column 'income': The target has 0 classes where two are needed.
                  → All checks: .leeway/runs/RUN/validation_report.json. No version was made.
                """)
        }

        @Test func `a positive class that is none`() async throws {
            let workspace = try Workspace(
                csv: Tables.people(), configuration: "source: data.csv\ntarget: {column: income, positive: hihg}\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                """
                error: 'target.positive' is none of the two classes of 'income'.
                  → See target.classes in ingestion_report.json.
                """)
            #expect(workspace.runs == [])
        }

        @Test func `a column without a value is a warning, and the run goes on`() async throws {
            let workspace = try Workspace(
                csv: Tables.csv("age,city,empty,income", 60) { "\($0),\(Tables.city($0)),,\(Tables.income($0))" })
            let ending = try await workspace.leewayWorks("run")
            #expect(
                ending.errors.contains("! Column 'empty' has no value at all; it is left out of the features.\n"))
            #expect(ending.output.contains("  ! 'empty' is no feature: no value at all\n"))
            let excluded = try workspace.artifact("feature_engineering_metadata.json")["excluded"]
            #expect(excluded[0] == .object(["column": .text("empty"), "reason": .text("no value at all")]))
        }

        @Test func `a warning names its column`() async throws {
            let workspace = try Workspace(
                csv: Tables.csv("age,same,income", 60) { "\($0),\(Tables.secret),\(Tables.income($0))" })
            let ending = try await workspace.leewayWorks("run")
            let warning = try #require(ending.errors.split(separator: "\n").first { $0.hasPrefix("! ") })
            #expect(warning.contains("'same'"))
            #expect(!ending.errors.contains(Tables.secret))
        }
    }
}
