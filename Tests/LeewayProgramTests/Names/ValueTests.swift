import Testing

extension ProgramTests {
    /// Numbers at the ends of what a Double holds, and columns that are neither numbers nor texts.
    @Suite struct ValueTests {
        /// A table whose column `x` has these cells in turn.
        private static func workspace(_ cells: [String]) throws -> Workspace {
            try Workspace(
                csv: Tables.csv("x,age,income", 120) {
                    "\(cells[$0 % cells.count]),\($0 % 41),\(Tables.income($0))"
                })
        }

        @Test(arguments: [
            ["-0.0", "0.0", "1"], ["1e150", "1e-150"], ["1e-160", "1e-161"], ["9007199254740993", "9007199254740992"],
            ["9223372036854775807", "-9223372036854775808"], ["18446744073709551615", "1"], ["0.1", "0.2", "0.3"],
            ["1000000000000", "17"], ["5", ""],
        ])
        func `extreme numbers`(cells: [String]) async throws {
            let workspace = try Self.workspace(cells)
            let ending = try await workspace.leewayWorks("run", "--quiet")
            #expect(ending.errors == "")
            let column = try workspace.artifact("schema.json")["columns"].element(where: "name", is: "x")
            let numbers = cells.compactMap(Double.init)
            #expect(column["minimum"].number == numbers.min())
            #expect(column["maximum"].number == numbers.max())
            let weights = try workspace.artifact("model.json")["numeric"].list.map { $0["weight"].number }
            #expect(weights.allSatisfy { $0.isFinite })
            let scored = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv", "--json")
            #expect(try JSON(scored.output)["bad_rows"] == .list([]))
            let probabilities = try workspace.text("scored.csv").split(separator: "\n").dropFirst().map {
                Double($0.split(separator: ",", omittingEmptySubsequences: false)[3])
            }
            #expect(probabilities.allSatisfy { $0.map { $0 >= 0 && $0 <= 1 } ?? false })
        }

        // Their sums or squares are beyond a Double, so a plain refusal is fine as well.
        @Test(arguments: [
            ["1e308", "-1e308", "0"], ["1e308", "1e308", "1.0000000000000002e308"], ["1e300", "1e-300"],
            ["1e-320", "0", "5e-324"],
        ])
        func `numbers near the ends of what there is`(cells: [String]) async throws {
            let workspace = try Self.workspace(cells)
            let ending = try await workspace.leeway("run", "--quiet")
            if ending.status == 0 {
                try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
            } else {
                #expect(ending.status == 1)
                #expect(ending.errors.contains("'x'") && !ending.errors.contains("bug"))
                #expect(workspace.runs == [])
            }
        }

        @Test func `a billion in a column of ages`() async throws {
            let workspace = try Self.workspace(["17", "35", "1000000000"])
            try await workspace.leewayWorks("run", "--quiet")
            let column = try workspace.artifact("ingestion_report.json")["columns"].element(where: "name", is: "x")
            #expect(column["numeric"]["max"] == .number(1e9))
            #expect(column["numeric"]["median"] == .number(35))
        }

        @Test(arguments: [["NaN", "1", "2"], ["inf", "1", "-inf"], ["Infinity", "2", "3"]])
        func `what is no finite number`(cells: [String]) async throws {
            let workspace = try Self.workspace(cells)
            let ending = try await workspace.leewayWorks("run", "--quiet")
            #expect(ending.errors == "")
            // Every artifact is JSON, which has no word for such a number.
            let run = try #require(workspace.runs.first)
            for name in workspace.names(".leeway/runs/\(run)") where name.hasSuffix(".json") {
                #expect(throws: Never.self) { try workspace.artifact(name) }
            }
            let scored = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv", "--json")
            #expect(try JSON(scored.output)["rows"] == .number(120))
        }

        @Test(arguments: [
            (["true", "false", ""], "boolean"), (["True", "False"], "boolean"), (["2020-02-29", "1969-07-20"], "date"),
            (["2020-02-29 12:30:00", "1969-07-20 20:17:40"], "timestamp"), (["12:30:00", "23:59:59"], "time"),
            (["1", "2"], "integer"), (["1.5", "2"], "number"), (["a", "1"], "text"), (["01", "02"], "text"),
        ])
        func `columns of other types`(cells: [String], type: String) async throws {
            let workspace = try Self.workspace(cells)
            try await workspace.leewayWorks("run", "--quiet")
            let column = try workspace.artifact("schema.json")["columns"].element(where: "name", is: "x")
            #expect(column["type"].text == type)
            let features = try workspace.artifact("feature_engineering_metadata.json")
            let isTemporal = ["date", "timestamp", "time"].contains(type)
            #expect(features["excluded"].list.map { $0["column"].text } == (isTemporal ? ["x"] : []))
            let scored = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.parquet", "--json")
            #expect(scored.errors == "")
            let again = try await workspace.leewayWorks("predict", "scored.parquet", "-o", "again.csv", "--json")
            #expect(again.errors == "")
            #expect(try JSON(again.output) == JSON(scored.output))
        }
    }
}
