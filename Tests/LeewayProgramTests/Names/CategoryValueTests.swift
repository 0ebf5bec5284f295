import Testing

extension ProgramTests {
    /// Category values are texts like any other, whatever stands in them.
    @Suite struct CategoryValueTests {
        private static let values =
            ColumnNameTests.names.filter { Double($0) == nil } + [
                "", "  ", "nan", "inf", "NULL", "None", "-", "0x1F", "a\r\nb", "\u{FEFF}mark", "\u{200B}", "Z", "z",
            ]

        private static func csv() -> String {
            var text = "age,kind,income\n"
            for row in 0..<(values.count * 6) {
                text += "\(row % 37),\(Tables.cell(values[row % values.count])),\(Tables.income(row / 2))\n"
            }
            return text
        }

        @Test func `of a feature`() async throws {
            let workspace = try Workspace(csv: Self.csv())
            try await workspace.leewayWorks("run", "--quiet")
            let column = try workspace.artifact("schema.json")["columns"].element(where: "name", is: "kind")
            let seen = Set(column["categories"].list.compactMap(\.text))
            // A quoted empty text and nothing at all are the same in CSV.
            #expect(seen == Set(Self.values.filter { !$0.isEmpty }))
            let ending = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv", "--json")
            #expect(ending.errors == "")
            #expect(try JSON(ending.output)["unknown_categories"] == .number(0))
            let again = try await workspace.leewayWorks("predict", "scored.csv", "-o", "again.csv", "--json")
            #expect(try JSON(again.output) == JSON(ending.output))
        }

        @Test(arguments: [
            ("it's", "say \"so\""), ("two\nlines", "two words"), ("'; DROP TABLE leeway_source; --", "%s"),
            ("年齢", "👩‍👩‍👧‍👦"), ("true", "false"), ("0", "1"), ("1", "10"), ("yes", "no"), ("2020-01-01", "2021-01-01"),
            ("#", ": - ["), ("~", "*"),
        ])
        func `of the target`(one: String, other: String) async throws {
            let csv = Tables.csv("age,city,income", 60) {
                "\($0),\(Tables.city($0)),\(Tables.cell($0 * 7 % 5 < 2 ? one : other))"
            }
            let workspace = try Workspace(csv: csv)
            try await workspace.leewayWorks("init", "data.csv", "--target", "income", "--force")
            try await workspace.leewayWorks("run", "--quiet")
            let classes = try workspace.artifact("training_metadata.json")["classes"]
            #expect(Set([classes["positive"].text, classes["negative"].text]) == [one, other])
            try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.parquet")
            let scored = try await workspace.leewayWorks("predict", "scored.parquet", "-o", "scored.csv")
            #expect(scored.errors == "")
        }
    }
}
