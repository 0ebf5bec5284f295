import Testing

extension ProgramTests {
    /// Column names are texts like any other, whatever stands in them.
    @Suite struct ColumnNameTests {
        static let names = [
            "two words", "it's", "say \"so\"", "Größe_in_μm", "年齢", "عمر", "👩‍👩‍👧‍👦 family",
            "two\nlines", "tab\tbed", "x\"; DROP TABLE leeway_source; --", "'; DROP TABLE leeway_source; --",
            "100 % of %s and %d", "\\n and \\", "a.b.c", "a,b;c", "{curly} [square] (round)", "$1 ? :name", "#comment",
            "-- dashes", "count", "select", "rowid", "row", "table", "leeway_is_kept", "leeway_source", "probability",
            "label", "version", "null", "true", "NaN", "1", "3.14", "e\u{301} and \u{E9}", "*", "column0",
        ]

        /// Rows of two features with the name in theirs, and a target: `t` or the name itself.
        private static func csv(_ columns: [String]) -> String {
            var text = Tables.line(columns) + "\n"
            for row in 0..<60 { text += "\(20 + row),\(Tables.city(row)),\(Tables.income(row))\n" }
            return text
        }

        @Test(arguments: names) func `of features`(name: String) async throws {
            let columns = [name, name + " 2", "income"]
            let workspace = try Workspace(csv: Self.csv(columns))
            try await workspace.leewayWorks("run", "--quiet")
            let features = try workspace.artifact("feature_engineering_metadata.json")
            #expect(features["numeric"] == .list([.text(name)]))
            #expect(features["categorical"] == .list([.text(name + " 2")]))
            #expect(features["features"][0]["column"].text == name)
            let schema = try workspace.artifact("schema.json")["columns"].list.map { $0["name"].text }
            #expect(schema == columns)

            let ending = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv", "--json")
            #expect(ending.errors == "")
            #expect(try JSON(ending.output)["rows"] == .number(60))
            let added = ["probability", "label", "version"].map { columns.contains($0) ? "leeway_" + $0 : $0 }
            #expect(try workspace.text("scored.csv").hasPrefix(Self.header(columns + added) + "\n"))
            try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.parquet")
            try await workspace.leewayWorks("predict", "scored.parquet", "-o", "again.csv")
        }

        @Test(arguments: names) func `of the target`(name: String) async throws {
            let workspace = try Workspace(csv: Self.csv(["age", "city", name]))
            try await workspace.leewayWorks("init", "data.csv", "--target=\(name)", "--force")
            try await workspace.leewayWorks("run", "--quiet")
            #expect(try workspace.artifact("ingestion_report.json")["target"]["column"].text == name)
            #expect(try workspace.artifact("schema.json")["target"].text == name)
        }

        @Test func `of a configuration`() async throws {
            let name = "say \"so\", it's 100 % 👩‍👩‍👧‍👦"
            let quoted = "'say \"so\", it''s 100 % 👩‍👩‍👧‍👦'"
            let workspace = try Workspace(
                csv: Self.csv([name, "city", "income"]),
                configuration: """
                    \(Workspace.configuration)
                    features:
                      categorical: [\(quoted)]
                    validation:
                      columns:
                        \(quoted): {values: ["20"]}
                    """)
            expectFailure(
                try await workspace.leeway("run", "--quiet"), 3,
                """
                error: Validation refused the data: column '\(name)': 59 distinct values in 59 rows are not among the \
                1 allowed ones.
                  → All checks: .leeway/runs/RUN/validation_report.json. No version was made.
                """)
        }

        @Test func `that differ by case only`() async throws {
            let workspace = try Workspace(csv: Self.csv(["age", "AGE", "income"]))
            let ending = try await workspace.leeway("run", "--quiet")
            // Either is fine; half-way is not.
            if ending.status == 0 {
                try await workspace.leewayWorks("models", "verify")
                try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
            } else {
                #expect(ending.status == 1)
                #expect(ending.errors.hasPrefix("error: ") && ending.errors.contains("age"))
            }
        }

        @Test(arguments: ["", " "]) func `that are empty or look so`(name: String) async throws {
            let workspace = try Workspace(csv: Self.csv([name, "city", "income"]))
            try await workspace.leewayWorks("run", "--quiet")
            #expect(try workspace.artifact("feature_engineering_metadata.json")["source_features"] == .number(2))
            try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
        }

        @Test func `that stand twice`() async throws {
            let workspace = try Workspace(csv: Self.csv(["age", "age", "income"]))
            let ending = try await workspace.leeway("run", "--quiet")
            if ending.status == 0 {
                #expect(try workspace.artifact("feature_engineering_metadata.json")["source_features"] == .number(2))
                try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
            } else {
                #expect(ending.status == 1)
                #expect(ending.errors.contains("'age'"))
            }
        }

        @Test func `that begin or end with spaces lose them`() async throws {
            let workspace = try Workspace(csv: Self.csv([" age ", "city", " income"]))
            try await workspace.leewayWorks("run", "--quiet")
            #expect(try workspace.artifact("schema.json")["columns"][0]["name"].text == "age")
            try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
            #expect(try workspace.text("scored.csv").hasPrefix("age,city,income,probability,label,version\n"))
        }

        /// The names as the engine writes them in a CSV file.
        private static func header(_ names: [String]) -> String {
            names.map { name in
                let needsQuotes = name.first == "#" || name.contains { "\",\n\r".contains($0) }
                return needsQuotes ? Tables.cell(name) : name
            }.joined(separator: ",")
        }
    }
}
