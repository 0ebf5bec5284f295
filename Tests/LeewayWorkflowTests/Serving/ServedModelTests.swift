import Foundation
import LeewayCore
import LeewayStore
import LeewayTestSupport
import LeewayValidate
import LeewayWire
import Testing

@testable import LeewayWorkflow

@Suite struct ServedModelTests {
    /// A field of a CSV file, as JSON.
    private static func json(_ name: String, _ text: String) -> String {
        switch name {
        case _ where text.isEmpty || text == "?": "\"\(name)\":null"
        case "age", "rate", "member": "\"\(name)\":\(text)"
        default: "\"\(name)\":\"\(text.replacing("\"", with: "\\\""))\""
        }
    }

    @Test func `scores are those of the batch program, to the last bit`() async throws {
        let served = try await ServedProject()
        let ingestion = try Ingestion()
        let model = try served.session { $0.contract = .coerce }.catalog.find("credit")
        let names = ["age", "rate", "job", "city", "member"]
        let lines = [
            ["30", "0.125", "clerk", "c17", "true"], ["77", "", "smith", "", "false"],
            ["18", "?", "caf\u{E9}", "never seen", "true"], ["45", "124.875", "Sales, \"x\"", "c3", "false"],
            ["46", "1e-3", "baker", "c999", "true"], ["1000000", "-7", "clerk", "c1", "false"],
        ]
        let csv = lines.map { line in
            line.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        }
        try ingestion.write(names.joined(separator: ",") + "\n" + csv.joined(), "in.csv")
        let bundle = try ModelBundle.load(nil, model: nil, in: served.project)
        _ = try await PredictionRun(bundle, options: FileOptions(), isStrict: false)
            .run([ingestion.folder / "in.csv"], to: ingestion.folder / "out.parquet", on: ingestion.engine)
        let batch = try await ingestion.engine.texts(
            "SELECT CAST(probability AS VARCHAR) FROM \((ingestion.folder / "out.parquet").sqlLiteral)")
        let lenient = try served.session().catalog.find("credit")
        let body = lines.map { line in
            "{" + zip(names, line).map { Self.json($0, $1) }.joined(separator: ",") + "}"
        }
        let rows = try ServedRows.read("[\(body.joined(separator: ","))]", lenient)
        let scores = model.score(rows)
        #expect(scores.probabilities.map(\.bitPattern) == batch.compactMap { Double($0[0])?.bitPattern })
        #expect(scores.isPositive == scores.probabilities.map { $0 >= model.threshold })
        #expect(Set(scores.probabilities).count == lines.count)
        #expect(model.classes.positive == "yes" && model.classes.negative == "no" && model.threshold == 0.5)
    }

    @Test func `an explanation names every feature, and sums to the log-odds`() async throws {
        let model = try await ServedProject().session().catalog.find("credit")
        let rows = try ServedRows.read(#"[{"age":30,"job":"clerk"},{"born":"x"}]"#, model)
        let (scores, explanations) = (model.score(rows), model.explain(rows))
        for (probability, explanation) in zip(scores.probabilities, explanations) {
            #expect(explanation.contributions.map(\.field) == ["age", "rate", "job", "city", "member"])
            let sum = explanation.contributions.reduce(explanation.intercept) { $0 + $1.logOdds }
            #expect(isClose(1 / (1 + exp(-sum)), probability, tolerance: 1e-12))
        }
    }
}
