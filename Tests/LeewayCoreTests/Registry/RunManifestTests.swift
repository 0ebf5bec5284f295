import LeewayCore
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct RunManifestTests {
    private static let manifest = RunManifest(
        runID: "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", model: "credit", leewayVersion: "0.1.0",
        startedAt: "2026-11-23T12:00:00.000Z", finishedAt: "2026-11-23T12:00:01.500Z", contentHash: "ab",
        stages: [.init(name: "ingest", seconds: 0.25)],
        artifacts: [.init(name: "model.json", bytes: 12, sha256: "cd")])

    @Test func `survives JSON`() throws {
        let data = try JSONEncoder().encode(Self.manifest)
        #expect(try JSONDecoder().decode(RunManifest.self, from: data) == Self.manifest)
    }

    @Test func `its keys are those of run.json`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(
            String(decoding: try encoder.encode(Self.manifest), as: UTF8.self)
                == #"{"artifacts":[{"bytes":12,"name":"model.json","sha256":"cd"}],"content_hash":"ab","#
                + #""finished_at":"2026-11-23T12:00:01.500Z","leeway_version":"0.1.0","model":"credit","#
                + #""run_id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","stages":[{"name":"ingest","seconds":0.25}],"#
                + #""started_at":"2026-11-23T12:00:00.000Z"}"#)
    }

    @Test func `the keys of a version are those of the command line's JSON`() throws {
        let version = ModelVersion(
            model: "credit", number: 2, runID: "r", contentHash: "ab", createdAt: "t", aliases: ["champion"])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(version)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"aliases":["champion"],"content_hash":"ab","created_at":"t","model":"credit","run_id":"r","version":2}"#
        )
        #expect(try JSONDecoder().decode(ModelVersion.self, from: data) == version)
    }
}
