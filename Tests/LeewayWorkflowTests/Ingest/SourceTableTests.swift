import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct SourceTableTests {
    @Test func `files may differ in the order of their columns`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,b,y\n1,x,no\n", "1.csv")
        try ingestion.write("y,b,a\nyes,z,2\n", "2.csv")
        let data = try await ingestion.run("source: '*.csv'\ntarget: y")
        #expect(data.shape == ["a:integer", "b:text", "y:text"])
        #expect(try data.dataset.column("a") == [1, 2])
        #expect(try data.texts("b") == ["x", "z"])
        #expect(data.files.map { $0.dropFirst(ingestion.folder.path.count + 1) } == ["1.csv", "2.csv"])
    }

    @Test func `files may differ in the types of their columns`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,b,y\n1,01,no\n", "1.csv")
        try ingestion.write("a,b,y\n2.5,x,yes\n", "2.csv")
        let data = try await ingestion.run("source: ['1.csv', '2.csv']\ntarget: y")
        #expect(data.shape == ["a:number", "b:text", "y:text"])
        #expect(try data.dataset.column("a") == [1, 2.5])
        // As it stands in the file, and not as the number that the first file alone would have been read as.
        #expect(try data.texts("b") == ["01", "x"])
    }

    @Test func `files must have the same columns`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,b,y\n1,x,no\n", "1.csv")
        try ingestion.write("a,y\n2,yes\n", "2.csv")
        let hint = "Files of one source need the same columns; give 'names' to those without a header."
        #expect(
            await ingestion.refusal("source: ['1.csv', '2.csv']\ntarget: y")
                == "missing_column: 2.csv has no column 'b', which 1.csv has. \(hint)")
        #expect(
            await ingestion.refusal("source: ['2.csv', '1.csv']\ntarget: y")
                == "missing_column: 2.csv has no column 'b', which 1.csv has. \(hint)")
    }

    @Test func `CSV and Parquet make one source`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,y\n1,no\n", "1.csv")
        try await ingestion.writeParquet("SELECT 'yes' AS y, 2.5 AS a", "2.parquet")
        let data = try await ingestion.run("source: ['1.csv', '2.parquet']\ntarget: y")
        #expect(try data.dataset.column("a") == [1, 2.5])
        #expect(try data.texts("y") == ["no", "yes"])
    }

    @Test func `null markers hold for all files, or for one`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,b,y\n?,?,no\n1,NA,yes\n", "1.csv")
        try ingestion.write("a,b,y\n-1,?,no\n2,NA,yes\n", "2.csv")
        let data = try await ingestion.run(
            """
            source:
              null_values: "?"
              files:
                - 1.csv
                - {path: 2.csv, null_values: ["-1", NA]}
            target: y
            """)
        #expect(data.shape == ["a:integer", "b:text", "y:text"])
        let numbers = try data.dataset.column("a")
        #expect(numbers.map(\.isNaN) == [true, false, true, false] && numbers[3] == 2)
        #expect(try data.texts("b") == [nil, "NA", "?", nil])
    }

    @Test func `null markers hold for the texts of a Parquet file`() async throws {
        let ingestion = try Ingestion()
        try await ingestion.writeParquet(
            "SELECT * FROM (VALUES ('?', 'a'), ('x', 'b'), ('', 'b')) AS t(c, y)", "p.parquet")
        let data = try await ingestion.run("source: {path: p.parquet, null_values: '?'}\ntarget: y")
        #expect(try data.texts("c") == [nil, "x", ""])
    }

    @Test func `spaces are taken off before markers are looked for`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a, b,y\n 1,  x y  , no\n ?, ?, yes \n3, ,no\n", "p.csv")
        let data = try await ingestion.run(
            "source: {path: p.csv, trim: true, null_values: '?', names: [a, b, y], header: true}\ntarget: y")
        #expect(data.shape == ["a:integer", "b:text", "y:text"])
        #expect(try data.dataset.column("a").map(\.isNaN) == [false, true, false])
        #expect(try data.texts("b") == ["x y", nil, nil])
        #expect(try data.texts("y") == ["no", "yes", "no"])
    }

    @Test func `without trimming, spaces stay`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("b,y\n x ,no\nx,yes\n", "p.csv")
        #expect(try await ingestion.run("source: p.csv\ntarget: y").texts("b") == [" x ", "x"])
    }

    @Test func `lines are skipped and names given`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("|1x3 Cross validator\nsecond line\n1,x,no\n2,z,yes\n", "p.csv")
        let data = try await ingestion.run("source: {path: p.csv, skip_lines: 2, names: [a, b, y]}\ntarget: y")
        #expect(data.shape == ["a:integer", "b:text", "y:text"])
        #expect(try data.dataset.column("a") == [1, 2])
    }

    @Test func `as many names as columns are needed`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("1,x,no\n2,z,yes\n", "p.csv")
        for names in ["[a, y]", "[a, b, c, y]"] {
            let message = await ingestion.refusal("source: {path: p.csv, names: \(names)}\ntarget: y")
            #expect(
                message.hasPrefix(
                    "malformed_source: p.csv has 3 columns where \(names.split(separator: ",").count) names are given."),
                "\(message)")
        }
    }

    @Test func `an ending is taken off the target alone, where it stands`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("b,y\nx.,no.\nx,yes\nz,no..\nz,yes.\n", "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: {column: y, strip_suffix: .}")
        #expect(try data.texts("y") == ["no", "yes", "no.", "yes"])
        #expect(try data.texts("b") == ["x.", "x", "z", "z"])
        let long = try await ingestion.run("source: p.csv\ntarget: {column: y, strip_suffix: 'o.'}")
        #expect(try long.texts("y") == ["n", "yes", "no..", "yes."])
    }

    @Test func `an ending of nothing takes nothing off`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("b,y\nx,no\nz,yes\n", "p.csv")
        #expect(
            try await ingestion.run("source: p.csv\ntarget: {column: y, strip_suffix: ''}").texts("y") == ["no", "yes"])
    }

    @Test(arguments: [("';'", ";"), ("'|'", "|"), ("\"\\t\"", "\t")])
    func `any delimiter, told or found`(told: String, delimiter: String) async throws {
        let ingestion = try Ingestion()
        let rows = (0..<20).map { "\($0)\(delimiter)\"a\(delimiter)b\"\(delimiter)\($0 % 2)" }.joined(separator: "\n")
        try ingestion.write("a\(delimiter)b\(delimiter)y\n" + rows + "\n", "p.csv")
        for yaml in ["source: p.csv", "source: {path: p.csv, delimiter: \(told)}"] {
            let data = try await ingestion.run(yaml + "\ntarget: y")
            #expect(data.shape == ["a:integer", "b:text", "y:text"])
            #expect(try data.texts("b")[0] == "a\(delimiter)b")
        }
    }

    @Test func `columns that are not there are named, with the nearest that is`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("age,income\n1,a\n2,b\n", "p.csv")
        #expect(
            await ingestion.refusal("source: p.csv\ntarget: incom")
                == "missing_column: The target column 'incom' is not in the source. Did you mean 'income'?")
        #expect(
            await ingestion.refusal("source: p.csv\ntarget: zzz")
                == "missing_column: The target column 'zzz' is not in the source. Columns: age, income.")
        #expect(
            await ingestion.refusal("source: p.csv\ntarget: income\nfeatures: {numeric: agee}")
                == "missing_column: The feature column 'agee' is not in the source. Did you mean 'age'?")
    }

    @Test func `a header alone is not enough`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("age,income\n", "p.csv")
        #expect(
            await ingestion.refusal("source: p.csv\ntarget: income")
                == "not_enough_rows: p.csv has a header but no rows. It needs some rows.")
    }

    @Test func `a ragged row is told by its line`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,b,y\n1,2,no\n1,2\n1,2,yes\n", "p.csv")
        let message = await ingestion.refusal("source: p.csv\ntarget: y")
        #expect(
            message.hasPrefix(
                "malformed_source: Line 3 of the CSV file 'p.csv': Expected Number of Columns: 3 Found: 2"),
            "\(message)")
    }

    @Test func `texts where numbers were asked for are refused without the text`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a,y\n1,no\nSECRET,yes\n", "p.csv")
        let message = await ingestion.refusal("source: p.csv\ntarget: y\nfeatures: {numeric: a}")
        #expect(
            message.hasPrefix(
                "malformed_source: Line 3 of the CSV file 'p.csv': a value of column 'a' can't be converted"),
            "\(message)")
        #expect(!message.contains("SECRET"))
    }

    @Test func `a type that is not read is refused, unless it is dropped`() async throws {
        let ingestion = try Ingestion()
        try await ingestion.writeParquet(
            "SELECT [1, 2] AS l, 1 AS a, 'x' AS y UNION ALL SELECT [3], 2, 'z'", "p.parquet")
        #expect(
            await ingestion.refusal("source: p.parquet\ntarget: y")
                == "unsupported_type: Column 'l' has the type INTEGER[], which is not read. Leave it out (features.drop), or flatten it before."
        )
        #expect(
            try await ingestion.run("source: p.parquet\ntarget: y\nfeatures: {drop: l}").shape == [
                "a:integer", "y:text",
            ])
    }

    @Test func `days may be written as in the United States`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("d,y\n05/13/2020,no\n12/31/2020,yes\n", "us.csv")
        let data = try await ingestion.run("source: us.csv\ntarget: y")
        #expect(data.shape == ["d:date", "y:text"])
    }

    @Test func `a name may hold a quote with an accent`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("q\"\u{301}r,y\n1,no\n2,yes\n", "q.csv")
        let data = try await ingestion.run("source: q.csv\ntarget: y")
        #expect(data.columns.map(\.name) == ["q\"\u{301}r", "y"])
    }

    @Test func `a column that can't be read may be dropped`() async throws {
        let ingestion = try Ingestion()
        try await ingestion.writeParquet("SELECT 1 AS x, [1] AS l, 'a' AS y UNION ALL SELECT 2, [2], 'b'", "n.parquet")
        #expect(
            await ingestion.refusal("source: n.parquet\ntarget: y")
                .hasPrefix("unsupported_type: Column 'l' has the type INTEGER[], which is not read."))
        let data = try await ingestion.run("source: n.parquet\ntarget: y\nfeatures: {drop: [l]}")
        #expect(data.columns.map(\.name) == ["x", "y"])
        #expect(
            await ingestion.refusal("source: n.parquet\ntarget: y\nfeatures: {drop: [ll]}")
                == "missing_column: The column 'll' in 'features.drop' is not in the source. Did you mean 'l'?")
    }

    @Test func `a folder's name gives no column`() async throws {
        let ingestion = try Ingestion()
        try FileSystem.makeFolder(ingestion.folder / "rate=1")
        try await ingestion.writeParquet("SELECT 1 AS x, 'a' AS y UNION ALL SELECT 2, 'b'", "rate=1/n.parquet")
        let data = try await ingestion.run("source: rate=1/n.parquet\ntarget: y")
        #expect(data.columns.map(\.name) == ["x", "y"])
    }

    @Test func `a file that is read as one column says what to check`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("a;b;y\n1;x;no\n", "s.csv")
        #expect(
            await ingestion.refusal("source: {path: s.csv, delimiter: ','}\ntarget: y")
                == """
                missing_column: The target column 'y' is not in the source. \
                The file was read as one column: check 'delimiter', 'quote' and 'skip_lines'.
                """)
    }
}
