import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct StorePerformanceTests {
    private static let rows =
        "x,noise,city,y\n"
        + (0..<600).map { row in
            let x = row * 7_919 % 600
            return "\(x),\(row * 31 % 97),\(["a", "b", "c"][row % 3]),\(x + row * 104_729 % 200 > 400 ? "yes" : "no")\n"
        }.joined()

    private struct Trained {
        let ingestion: Ingestion
        let outcome: TrainingOutcome
        var project: Project { Project(folder: ingestion.folder.path) }
        var folder: String { outcome.folder ?? "" }

        func bundle() throws -> ModelBundle { try ModelBundle.load(nil, model: nil, in: project) }
        func bytes(_ name: String) throws -> [UInt8] { try FileSystem.read("\(folder)/\(name)") }
    }

    private static func train(threads: Int = 1) async throws -> Trained {
        let ingestion = try Ingestion()
        try ingestion.write(rows, "p.csv")
        return Trained(
            ingestion: ingestion,
            outcome: try await ingestion.train("source: p.csv\ntarget: y", threads: threads))
    }

    @Test func `equal runs write equal bytes`() async throws {
        let (one, other) = (try await Self.train(), try await Self.train(threads: 2))
        for name in ["feature_importance.json", "performance_reference.json"] {
            #expect(try one.bytes(name) == other.bytes(name), "\(name)")
        }
    }

    @Test func `a version knows how it performed and by which columns`() async throws {
        let trained = try await Self.train()
        let bundle = try trained.bundle()
        let importance = try #require(bundle.importance)
        #expect(importance.columns.map(\.column).sorted() == ["city", "noise", "x"])
        #expect(importance.columns[0].column == "x" && importance.columns[0].weight > 0.9)
        #expect(importance.weights["x"] == importance.columns[0].weight)
        let performance = try #require(bundle.performance)
        let test = try #require(trained.outcome.trained).metrics.test.metrics
        #expect(performance.rows == test.rowCount && performance.rows == trained.outcome.split.testRows.count)
        #expect(Double(performance.errors) == (Double(test.rowCount) * (1 - test.accuracy)).rounded())
        #expect(performance.threshold == test.threshold)
        #expect((performance.negative.name, performance.positive.name) == ("no", "yes"))
        #expect(performance.positive.rows == test.confusionMatrix.positives)
        for metric in [BinaryMetric.accuracy, .rocAUC, .f1, .logLoss, .brierScore] {
            let figure = try #require(performance.realised[metric]?.figure)
            let expected = try #require(test[metric])
            #expect(abs(figure.value - expected) < 1e-12, "\(metric)")
            #expect(figure.interval.lower <= expected && expected <= figure.interval.upper)
        }
    }

    @Test func `a version of an earlier Leeway has neither, and loads`() async throws {
        let trained = try await Self.train()
        let new = try trained.bundle().version
        let path = "\(trained.folder)/run.json"
        let manifest = try ArtifactCoding.decode(RunManifest.self, from: try FileSystem.read(path), name: path)
        let kept = manifest.artifacts.filter {
            $0.name != "feature_importance.json" && $0.name != "performance_reference.json"
        }
        #expect(kept.count == manifest.artifacts.count - 2)
        let hash = RunFolder.contentHash(of: kept)
        let earlier = RunManifest(
            runID: manifest.runID, model: manifest.model, leewayVersion: manifest.leewayVersion,
            startedAt: manifest.startedAt, finishedAt: manifest.finishedAt, contentHash: hash, stages: manifest.stages,
            artifacts: kept)
        try FileSystem.write(try ArtifactCoding.encode(earlier), to: path)
        let version = ModelVersion(
            model: new.model, number: new.number, runID: new.runID, contentHash: hash, createdAt: new.createdAt,
            aliases: new.aliases)
        let bundle = try ModelBundle.load(version, in: trained.project)
        #expect(bundle.importance == nil && bundle.performance == nil)
        #expect(bundle.reference != nil)
    }

    @Test func `a damaged file is told`() async throws {
        let trained = try await Self.train()
        try FileSystem.write(Array("{}".utf8), to: "\(trained.folder)/performance_reference.json")
        #expect {
            try trained.bundle()
        } throws: {
            ($0 as? LeewayError)?.code == .damagedArtifact
        }
    }
}
