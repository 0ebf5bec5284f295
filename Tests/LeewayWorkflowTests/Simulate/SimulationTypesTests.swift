import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

/// Columns keep their types, and nothing in them is taken for SQL.
@Suite struct SimulationTypesTests {
    private static let types = """
        SELECT CAST(120 + i AS TINYINT) AS tiny, CAST(i AS UBIGINT) + 18446744073709551610 AS huge, \
        CAST(9007199254740993 + i AS BIGINT) AS big, CAST(i AS FLOAT) AS f, CAST(990 + i AS DECIMAL(5,2)) AS d, \
        i % 2 = 0 AS flag, DATE '2024-01-01' + CAST(i AS INTEGER) AS day, [i, i] AS list, \
        CASE WHEN i = 2 THEN 'nan'::DOUBLE WHEN i = 3 THEN 'inf'::DOUBLE ELSE i END AS x \
        FROM range(6) AS r(i)
        """

    @Test func `Parquet's types stay, and what a type can't hold stops at its end`() async throws {
        let ingestion = try Ingestion()
        try await ingestion.writeParquet(Self.types, "in.parquet")
        let changes = ["tiny:+5", "huge:+3", "big:+2", "f:*1e39", "d:+7.5", "x:+1"].map { ("shift", $0) }
        try await ingestion.simulate("in.parquet", to: "out.parquet", changes)
        let select = "DESCRIBE SELECT * FROM read_parquet("
        let types =
            "SELECT d.type FROM (\(select)\((ingestion.folder / "in.parquet").sqlLiteral))) AS d(n, type, a, b, c, e)"
        let described = try await ingestion.engine.texts(types)
        #expect(try await ingestion.engine.texts(types.replacing("in.parquet", with: "out.parquet")) == described)
        let columns = "tiny, huge, big, f, d, x, flag, day, list".split(separator: ", ")
        let rows = try await ingestion.parquet(columns.map { "\($0)::VARCHAR" }.joined(separator: ", "), "out.parquet")
        func values(_ place: Int) -> [String] { rows.map { $0[place] } }
        #expect(values(0) == ["125", "126", "127", "127", "127", "127"])
        #expect(values(1).map { String($0.suffix(2)) } == ["13", "14", "15", "15", "15", "15"])
        // Beyond 2⁵³ not a unit is lost.
        #expect(values(2).map { String($0.suffix(3)) } == ["995", "996", "997", "998", "999", "000"])
        #expect(values(3) == ["0.0"] + Array(repeating: "3.4028235e+38", count: 5))
        #expect(values(4) == ["997.50", "998.50", "999.50", "999.99", "999.99", "999.99"])
        #expect(values(5) == ["1.0", "2.0", "nan", "inf", "5.0", "6.0"])
        #expect(values(6).first == "true" && values(7).last == "2024-01-06" && values(8)[1] == "[1, 1]")
    }

    @Test func `a CSV file gets its types in Parquet, told by all of its rows`() async throws {
        let ingestion = try Ingestion()
        let rows = (1...6_000).map {
            "\($0 == 5_999 ? "1.5" : "\($0)"),2024-01-\(10 + $0 % 9),\($0 % 2 == 0),w\($0 % 3)\n"
        }
        try ingestion.write("n,day,flag,w\n" + rows.joined(), "in.csv")
        try await ingestion.simulate("in.csv", to: "out.parquet", [("constant", "n=7:0.5")])
        let types = try await ingestion.parquet(
            "DISTINCT typeof(n), typeof(day), typeof(flag), typeof(w)", "out.parquet")
        #expect(types == [["DOUBLE", "DATE", "BOOLEAN", "VARCHAR"]])
    }

    @Test func `names and values of any kind are names and values`() async throws {
        let ingestion = try Ingestion()
        let column = "x'; DROP TABLE t; --"
        let value = "O'Hara\"; SELECT 1"
        try ingestion.write(
            "\"\(column)\",c0,k,s,\"a \"\"b\"\"\"\n" + (1...40).map { "\($0),\($0),\($0),\($0),v\($0 % 2)\n" }.joined(),
            "in.csv")
        let changes = [("shift", column + ":+1"), ("shift", "k:+2"), ("new-category", "a \"b\"=\(value):1")]
        try await ingestion.simulate("in.csv", to: "out.parquet", changes)
        let rows = try await ingestion.parquet(
            "CAST(\(column.sqlName) AS VARCHAR), CAST(k AS VARCHAR), \("a \"b\"".sqlName)", "out.parquet")
        #expect(rows == (1...40).map { ["\($0 + 1)", "\($0 + 2)", value] })
    }

    @Test func `what the source trims and takes for missing counts, and stays as it is written`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("1, Nurse, 5\n2,?, 6\n3, Cook, ?\n4, Nurse, 8\n", "in.csv")
        var files = FileOptions()
        (files.trim, files.nullValues, files.names) = (true, ["?"], ["id", "job", "n"])
        try await ingestion.simulate(
            "in.csv", to: "out.csv", [("shift", "n:+1"), ("drop-category", "job=Cook"), ("null", "job:1")], start: 2,
            files: files)
        let text = String(decoding: try FileSystem.read(ingestion.folder / "out.csv"), as: UTF8.self)
        #expect(text == "id,job,n\n1, Nurse, 5\n2,?,7\n4,,9\n")
        try await ingestion.simulate("in.csv", to: "flipped.csv", [("flip-labels", "job:1")], files: files)
        #expect(try ingestion.column(1, "flipped.csv") == [" Cook", "?", " Nurse", " Cook"])
    }

    @Test func `several files are one, in their order, by the first one's columns`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("x,y\n1,a\n2,b\n", "part-1.csv")
        try ingestion.write("y,x\nc,3\nd,4\n", "part-2.csv")
        for output in ["out.csv", "out.parquet"] {
            try await ingestion.simulate("part-*.csv", to: output, [("shift", "x:+10")], start: 2)
        }
        let text = String(decoding: try FileSystem.read(ingestion.folder / "out.csv"), as: UTF8.self)
        #expect(text == "x,y\n1,a\n12,b\n13,c\n14,d\n")
        #expect(
            try await ingestion.parquet("CAST(x AS VARCHAR), y", "out.parquet") == [
                ["1", "a"], ["12", "b"], ["13", "c"], ["14", "d"],
            ])
        try ingestion.write("x,z\n5,e\n", "part-3.csv")
        #expect(
            await ingestion.simulationRefusal("part-*.csv", [("shift", "x:+10")])
                == "missing_column: part-3.csv has no column 'y', which part-1.csv has. Files of one source need the same columns; give 'names' to those without a header."
        )
    }

    @Test func `one column with nothing in it has as many rows as before`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("x\n1\n2\n3\n", "in.csv")
        try await ingestion.simulate("in.csv", to: "out.csv", [("null", "x:1")])
        #expect(try await ingestion.simulate("out.csv", to: "again.csv", [("null", "x:0")]).rowCount == 3)
    }

    @Test func `truth values and numbers are found however they are spelled`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("flag,n\nTrue,1.0\nFalse,2.0\nTrue,1\n", "in.csv")
        try await ingestion.simulate("in.csv", to: "out.csv", [("drop-category", "n=1")])
        #expect(try ingestion.cells("out.csv") == [["False", "2.0"]])
        try await ingestion.simulate("in.csv", to: "out.parquet", [("drop-category", "flag=true")])
        #expect(try await ingestion.parquet("CAST(n AS VARCHAR)", "out.parquet") == [["2.0"]])
    }

    @Test func `what can't be is refused`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("n,x,job,none,same\n1,1.5,Nurse,,3\n2,2.5,Cook,,3\n,x1,Cook,,3\n", "in.csv")
        try await ingestion.writeParquet(
            "SELECT DATE '2024-01-01' AS day, true AS flag, 1 AS n, 'a' AS job", "in.parquet")
        func refusal(_ option: String, _ text: String) async -> String {
            await ingestion.simulationRefusal("in.csv", [(option, text)])
        }
        let hint = "Texts are changed by --new-category, --reweight, --drop-category and --null."
        #expect(
            await refusal("shift", "job:+1")
                == "wrong_column_kind: Column 'job' can't be moved: 3 values of 3 are no numbers. \(hint)")
        #expect(
            await refusal("scale", "x:2")
                == "wrong_column_kind: Column 'x' can't be moved: 1 value of 3 are no numbers. \(hint)")
        #expect(
            await refusal("shift", "none:+1") == "no_usable_values: Column 'none' holds no value that could be moved.")
        #expect(
            await refusal("shift", "same:+1sd")
                == "no_usable_values: Column 'same' has the same value in every row: its standard deviation is 0. Shift it by a number."
        )
        #expect(
            await refusal("new-category", "n=Gig:0.5")
                == "wrong_column_kind: Column 'n' holds whole numbers: the value does not fit. Columns keep their types."
        )
        #expect(
            await refusal("constant", "n=1.5:0.5")
                == "wrong_column_kind: Column 'n' holds whole numbers: the value does not fit. Columns keep their types."
        )
        #expect(
            await refusal("constant", "job=:0.5")
                == "invalid_usage: The value for column 'job' means a missing one. Say --null job:SHARE.")
        #expect(
            await refusal("new-category", "job=Cook:0.5")
                == "invalid_usage: --new-category job=Cook:0.5: 2 rows of the input hold this value, so it is not new. Say --constant to give it to more rows."
        )
        #expect(
            await refusal("drop-category", "job=cook")
                == "no_usable_values: --drop-category job=cook: no row of column 'job' holds this value. Check its spelling; capitals and spaces count."
        )
        #expect(
            await refusal("flip-labels", "same:1")
                == "wrong_column_kind: Column 'same' has 1 different value: no labels to flip. Labels have 2 to 100 different values."
        )
        #expect(
            await ingestion.simulationRefusal("in.csv", [("reweight", "job=Cook:0"), ("drop-category", "job=Nurse")])
                == "no_usable_values: No row is left to draw: every one is dropped, or weighs nothing. Leave some category a weight above 0."
        )
        for (option, text) in [("shift", "day:+1"), ("scale", "flag:2")] {
            let type = option == "shift" ? "DATE" : "BOOLEAN"
            #expect(
                await ingestion.simulationRefusal("in.parquet", to: "out.parquet", [(option, text)])
                    == "wrong_column_kind: Column '\(text.prefix { $0 != ":" })' can't be moved: its type is \(type). \(hint)"
            )
        }
        #expect(
            await ingestion.simulationRefusal("in.parquet", to: "out.parquet", [("constant", "day=never:1")])
                == "wrong_column_kind: Column 'day' holds DATE: the value does not fit. Columns keep their types.")
        #expect(try FileSystem.names(in: ingestion.folder.path).contains { $0.hasPrefix("out.") } == false)
    }
}
