import LeewayCore
import LeewayStats
import LeewayStore
import LeewayTestSupport
import LeewayValidate
import Testing

@testable import LeewayWorkflow

@Suite struct IngestTests {
    private static let people = """
        age,gain,job,active,born,won
        39,1.5,s,true,2001-02-03,no
        50,0,"e, f",false,2001-02-03,yes
        ,0,,true,,no
        39,1.5,s,true,2001-02-03,no
        28,,é,false,1999-12-31,

        """

    // Oracle: by hand; sd of 39, 50, 39, 28 by numpy 2.4.6, numpy.std.
    @Test func `a small CSV file gives an exact profile`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.people, "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: won")
        #expect(data.shape == ["age:integer", "gain:number", "job:text", "active:boolean", "born:date", "won:text"])
        let profile = data.profile
        #expect(profile.rowCount == 5 && profile.columnCount == 6)
        #expect(profile.duplicateRowCount == 1)
        #expect(profile.nullCellCount == 5)
        #expect(profile.columns.map(\.nullCount) == [1, 1, 1, 0, 1, 1])
        #expect(profile.columns.map(\.distinctCount) == [3, 2, 3, 2, 2, 2])
        let age = try #require(profile.columns[0].numeric)
        #expect(age.count == 4 && age.mean == 39 && age.min == 28 && age.max == 50 && age.median == 39)
        #expect(abs(age.sd - 7.7781745930520225) < 1e-14)
        #expect(profile.columns[2].categorical?.top.map(\.value) == ["s", "e, f", "é"])
        #expect(profile.target?.classes.map(\.value) == ["no", "yes"])
        #expect(profile.target?.imbalanceRatio == 3)
    }

    @Test func `what may be used is in memory, in the order of the rows`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.people, "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: won")
        #expect(data.dataset.columns.map(\.name) == ["age", "gain", "job", "active", "won"])
        let ages = try data.dataset.column("age")
        #expect(ages[2].isNaN && ages.filter { !$0.isNaN } == [39, 50, 39, 28])
        #expect(try data.texts("job") == ["s", "e, f", nil, "s", "é"])
        #expect(try data.texts("active") == ["true", "false", "true", "true", "false"])
        #expect(try data.texts("won") == ["no", "yes", "no", "no", nil])
        #expect(data.rowHashes[0] == data.rowHashes[3] && Set(data.rowHashes).count == 4)
    }

    @Test func `Parquet and CSV of the same rows are the same data`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.people, "p.csv")
        // The engine takes yes and no for true and false, where it is let.
        let path = (ingestion.folder / "p.csv").sqlLiteral
        try await ingestion.writeParquet("SELECT * FROM read_csv(\(path), types = {'won': 'VARCHAR'})", "p.parquet")
        let csv = try await ingestion.run("source: p.csv\ntarget: won")
        let parquet = try await ingestion.run("source: p.parquet\ntarget: won")
        #expect(parquet.profile == csv.profile)
        #expect(parquet.rowHashes == csv.rowHashes)
    }

    @Test func `the fingerprint knows the rows and not their order, nor how numbers were stored`() async throws {
        let ingestion = try Ingestion()
        for (name, query) in [
            ("a", "SELECT i::INTEGER AS n, i % 2 AS y FROM range(100) t(i)"),
            ("b", "SELECT i::DOUBLE AS n, i % 2 AS y FROM range(100) t(i) ORDER BY hash(i)"),
            ("c", "SELECT i::DOUBLE AS n, i % 2 AS y FROM range(99) t(i) UNION ALL SELECT 100, 1"),
        ] { try await ingestion.writeParquet(query, name + ".parquet") }
        var prints: [String] = []
        for name in ["a", "b", "c"] {
            prints.append(try await ingestion.run("source: \(name).parquet\ntarget: y").profile.fingerprint)
        }
        #expect(prints[0] == prints[1])
        #expect(prints[0] != prints[2])
        #expect(prints[0].count == 32)
    }

    @Test func `a column that turns out to be text after 25,000 rows is text from the first`() async throws {
        let ingestion = try Ingestion()
        let rows = (0..<25_000).map { "\($0),\($0),\($0 % 2)\n" }.joined()
        try ingestion.write("a,b,y\n" + rows + "x,0.5,1\n", "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: y")
        #expect(data.shape == ["a:text", "b:number", "y:text"])
        #expect(data.profile.rowCount == 25_001)
        #expect(try data.texts("a").suffix(2) == ["24999", "x"])
        #expect(try data.dataset.column("b").suffix(2) == [24_999, 0.5])
    }

    @Test func `a column that is empty for 25,000 rows and then holds numbers is numeric`() async throws {
        let ingestion = try Ingestion()
        let rows = (0..<25_000).map { ",\($0 % 2)\n" }.joined()
        try ingestion.write("a,y\n" + rows + "7,1\n", "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: y")
        #expect(data.shape == ["a:integer", "y:text"])
        #expect(data.profile.columns[0].nullCount == 25_000)
    }

    @Test func `many distinct texts and numbers are counted too`() async throws {
        let ingestion = try Ingestion()
        try await ingestion.writeParquet(
            "SELECT 'id ' || i AS id, i * 0.5 AS x, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS z, i % 2 AS y FROM range(70000) t(i)",
            "p.parquet")
        let data = try await ingestion.run("source: p.parquet\ntarget: y")
        #expect(data.profile.columns.map(\.distinctCount) == [70_000, 70_000, 46_666, 2])
        #expect(data.profile.columns.map(\.nullCount) == [0, 0, 23_334, 0])
        #expect(data.profile.columns[0].categorical?.entropy == nil)
        #expect(data.profile.columns[1].numeric?.max == 34_999.5)
        #expect(data.profile.duplicateRowCount == 0)
        #expect(data.dataset.columns.map(\.name) == ["x", "z", "y"])
    }

    @Test func `columns may be called anything`() async throws {
        let ingestion = try Ingestion()
        let names = [
            "a b", "c\"d", "e'f", "\"; DROP TABLE leeway_source; --", "é😀", "select", "{g}", "h:i", "leeway_source",
            "1",
        ]
        let header = names.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
        try ingestion.write(header + ",y\n1,2,3,4,5,6,7,8,9,10,a\n2,3,4,5,6,7,8,9,10,11,b\n", "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: y")
        #expect(data.columns.map(\.name) == names + ["y"])
        #expect(try data.dataset.column(names[3]) == [4, 5])
        #expect(data.profile.rowCount == 2)
    }

    @Test func `a file may be called anything`() async throws {
        let ingestion = try Ingestion()
        for name in ["it's.csv", "a[1].csv", "é b;c.csv", "q?.csv"] {
            try ingestion.write("x,y\n1,a\n2,b\n", name)
            let data = try await ingestion.run("source: \(ConfigurationDraft.quoted(name))\ntarget: y")
            #expect(data.profile.rowCount == 2, "\(name)")
        }
    }

    @Test func `what is asked of a column is what it is read as`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("zip,code,y\n01,1,a\n2,2,b\n", "p.csv")
        let data = try await ingestion.run("source: p.csv\ntarget: y\nfeatures: {categorical: [zip], numeric: [code]}")
        #expect(data.shape == ["zip:text", "code:number", "y:text"])
        #expect(try data.texts("zip") == ["01", "2"])
    }

    @Test func `a report is written where the run writes`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.people, "p.csv")
        let folder = try RunFolder(in: ingestion.folder / "runs", id: RunID(Timestamp(milliseconds: 1), random: (1, 1)))
        let quiet = try ingestion.context("source: p.csv\ntarget: won")
        let context = RunContext(
            configuration: quiet.configuration, project: quiet.project, engine: quiet.engine, folder: folder, threads: 1
        )
        let data = try await Ingest().run(context.configuration.source, in: context)
        let bytes = try FileSystem.read(folder.path(of: "ingestion_report.json"))
        #expect(bytes == (try ArtifactCoding.encode(data.profile)))
    }
}
