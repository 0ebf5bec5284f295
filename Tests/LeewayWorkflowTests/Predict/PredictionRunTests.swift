import LeewayCore
import LeewayStats
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct PredictionRunTests {
    /// 400 rows whose class follows a column of two words nine times out of ten.
    private static func rows(_ yes: String, _ no: String) -> String {
        var generator = SeededGenerator(seed: 1)
        return "x,flag,y\n"
            + (0..<400).map { _ in
                let (isSet, isTold) = (generator.next(below: 2) == 0, generator.next(below: 10) > 0)
                return "\(generator.next(below: 1_000)),\(isSet ? yes : no),\(isSet == isTold ? "p" : "n")\n"
            }.joined()
    }

    private static func score(_ ingestion: Ingestion, _ file: String) async throws -> PredictionRun.Outcome {
        let bundle = try ModelBundle.load(nil, model: nil, in: Project(folder: ingestion.folder.path))
        return try await PredictionRun(bundle, options: FileOptions(), isStrict: false)
            .run([ingestion.folder / file], to: ingestion.folder / "out.csv", on: ingestion.engine)
    }

    @Test func `the rows that trained are scored without an unknown category`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows("red", "blue"), "p.csv")
        _ = try await ingestion.train("source: p.csv\ntarget: y")
        let outcome = try await Self.score(ingestion, "p.csv")
        #expect(outcome.rowCount == 400 && outcome.badRows.isEmpty && outcome.unknownCategoryCount == 0)
        #expect((150..<250).contains(outcome.positiveCount))
    }

    /// As pandas writes them, and as people do.
    @Test(arguments: [("True", "False"), ("yes", "no"), ("true", "false"), ("T", "F")])
    func `true and false are scored as they were learned, however they are spelled`(yes: String, no: String)
        async throws
    {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows(yes, no), "p.csv")
        _ = try await ingestion.train("source: p.csv\ntarget: y")
        let outcome = try await Self.score(ingestion, "p.csv")
        #expect(outcome.unknownCategoryCount == 0)
        #expect((150..<250).contains(outcome.positiveCount))
    }

    @Test func `what was missing in training is missing in scoring, too`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(
            "x,flag,y\n" + (0..<40).map { "\($0 % 4 == 0 ? "nan" : "\($0)"),red,\($0 % 2)\n" }.joined(), "n.csv")
        _ = try await ingestion.train("source: n.csv\ntarget: y")
        #expect(try await Self.score(ingestion, "n.csv").badRows.isEmpty)
        try ingestion.write("x,flag\ninf,red\nten,red\n,red\n", "bad.csv")
        #expect(try await Self.score(ingestion, "bad.csv").badRows.map(\.row) == [1, 2])
    }

    @Test func `training's quote is scoring's`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write("x,flag,y\n" + (0..<40).map { "\($0),'a,\($0 % 3)',\($0 % 2)\n" }.joined(), "q.csv")
        _ = try await ingestion.train("source: {path: q.csv, quote: \"'\"}\ntarget: y")
        let outcome = try await Self.score(ingestion, "q.csv")
        #expect(outcome.rowCount == 40 && outcome.unknownCategoryCount == 0)
    }
}
