import Testing

extension ProgramTests {
    /// What is said of a `leeway.yaml` that makes no sense: exit code 2, and the line.
    @Suite struct ConfigurationErrorTests {
        @Test func `no configuration`() async throws {
            let workspace = try Workspace()
            expectFailure(
                try await workspace.leeway("run"), 2,
                """
                error: There is no leeway.yaml.
                  → Make one with 'leeway init data.csv --target COLUMN', or name another with --config.
                """)
        }

        @Test(arguments: [
            ("sorce: data.csv\nsource: data.csv\ntarget: income\n", 1, "'sorce'", "Did you mean 'source'?"),
            (
                "source: data.csv\ntarget: income\nmodel:\n  clas_weight: none\n", 4, "'clas_weight' in 'model'",
                "Did you mean 'class_weight'?"
            ),
            (
                "source:\n  path: data.csv\n  qoute: x\ntarget: income\n", 3, "'qoute' in 'source'",
                "Did you mean 'quote'?"
            ),
            (
                "source: data.csv\ntarget: income\nsplit:\n  zebra: 1\n", 4, "'zebra' in 'split'",
                "Known keys: test_rows, test_share."
            ),
        ])
        func `an unknown key`(text: String, line: Int, key: String, hint: String) async throws {
            let workspace = try Workspace(csv: Tables.people(), configuration: text)
            expectFailure(
                try await workspace.leeway("run"), 2,
                "error: leeway.yaml, line \(line): unknown key \(key).\n  → \(hint)")
            #expect(workspace.names(".leeway") == [])
        }

        @Test(arguments: [
            ("source: data.csv\ntarget: [income\n", 3, "did not find expected ',' or ']'"),
            ("source: data.csv\n\ttarget: income\n", 2, "found a tab character that violates indentation"),
        ])
        func `no YAML`(text: String, line: Int, problem: String) async throws {
            let workspace = try Workspace(csv: Tables.people(), configuration: text)
            expectFailure(
                try await workspace.leeway("run"), 2,
                """
                error: leeway.yaml, line \(line): this is no YAML: \(problem).
                  → Quote texts that hold ':', '#', '>' or quotes.
                """)
        }

        @Test(arguments: [
            ("", "leeway.yaml: the file is empty.\n  → It needs at least 'source:' and 'target:'."),
            (
                "source: data.csv\n",
                "leeway.yaml, line 1: the key 'target' is missing.\n  → Name the column to predict: 'target: COLUMN'."
            ),
            (
                "target: income\n",
                """
                leeway.yaml, line 1: the key 'source' is missing.
                  → Name a file, a list of files or a glob: 'source: data.csv'.
                """
            ),
            ("- 1\n", "leeway.yaml, line 1: the file must be a list of 'key: value' lines."),
            (
                "source: data.csv\ntarget: income\nmodel: {C: -1}\n",
                "leeway.yaml, line 3: 'model.C' must be a number above 0."
            ),
            (
                "source: data.csv\ntarget: income\nseed: soon\n",
                "leeway.yaml, line 3: 'seed' must be a whole number, 0 or more."
            ),
            // The line on which the section begins.
            ("source: a.csv\ntarget: income\nsource: b.csv\n", "leeway.yaml, line 1: the key 'source' stands twice."),
        ])
        func `a value that makes no sense`(text: String, error: String) async throws {
            let workspace = try Workspace(csv: Tables.people(), configuration: text)
            expectFailure(try await workspace.leeway("run"), 2, "error: " + error)
        }

        @Test func `a column to drop that is not there`() async throws {
            let workspace = try Workspace(
                csv: Tables.people(), configuration: Workspace.configuration + "features: {drop: [aeg]}\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                """
                error: The column 'aeg' in 'features.drop' is not in the source.
                  → Did you mean 'age'?
                """)
            #expect(workspace.runs == [])
        }

        @Test func `a text where a number was asked for, far below the first rows`() async throws {
            let csv = Tables.csv("age,city,income", 30_000) {
                "\($0 == 25_000 ? Tables.secret : "\($0)"),\(Tables.city($0)),\(Tables.income($0))"
            }
            let workspace = try Workspace(
                csv: csv, configuration: Workspace.configuration + "features: {numeric: [age]}\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: Line 25002 of the CSV file 'data.csv': a value of column 'age' can't be converted; "
                    + "the column is read as DOUBLE.")
            #expect(workspace.runs == [])
        }

        @Test func `a text column read as numbers`() async throws {
            let workspace = try Workspace(
                csv: Tables.people(), configuration: Workspace.configuration + "features: {numeric: [city]}\n")
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 1,
                "error: Line 2 of the CSV file 'data.csv': a value of column 'city' can't be converted; "
                    + "the column is read as DOUBLE.")
        }

        @Test func `a column of numbers with one text far below is read as texts`() async throws {
            let csv = Tables.csv("age,city,income", 30_000) {
                "\($0 == 25_000 ? Tables.secret : "\($0 % 50)"),\(Tables.city($0)),\(Tables.income($0))"
            }
            let workspace = try Workspace(csv: csv)
            try await workspace.leewayWorks("run", "--quiet")
            let column = try workspace.artifact("schema.json")["columns"].element(where: "name", is: "age")
            #expect(column["type"].text == "text")
            #expect(column["categories"].list.count == 51)
        }
    }
}
