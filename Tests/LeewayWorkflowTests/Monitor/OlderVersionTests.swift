import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

/// A version that does not say how it was tested.
@Suite struct OlderVersionTests {
    @Test func `harm and performance are left out, the rest is looked at`() async throws {
        let project = try await MonitoredProject()
        let version = try VersionLookup(project.project).find(nil, model: "credit")
        let manifest = try ModelBundle.manifest(of: version, in: project.project.run(version.runID))
        let id = UUIDv7(project.now, random: (1, 1)).description
        // The same files, but for the one.
        let artifacts = manifest.artifacts.filter { $0.name != StorePerformance.referenceFile }
        try FileSystem.makeFolder(project.project.run(id))
        for artifact in artifacts {
            try FileSystem.write(
                try FileSystem.read("\(project.project.run(version.runID))/\(artifact.name)"),
                to: "\(project.project.run(id))/\(artifact.name)")
        }
        let older = RunManifest(
            runID: id, model: "credit", leewayVersion: "0.2", startedAt: "\(project.now)", finishedAt: "\(project.now)",
            contentHash: RunFolder.contentHash(of: artifacts), stages: [], artifacts: artifacts)
        try FileSystem.write(try ArtifactCoding.encode(older), to: "\(project.project.run(id))/run.json")
        let registered = try project.registry.register(older, actor: "test")
        _ = try project.registry.moveAlias(
            Registry.champion, of: "credit", to: registered.number, actor: "test", reason: "", at: project.now)
        _ = try project.session.refresh()
        try await project.tell(project.answer(300, seed: 1))
        let outcome = try await project.check()
        #expect(outcome.version.number == registered.number && outcome.failures.isEmpty)
        #expect(outcome.verdict == .noDrift && outcome.stream.found?.rows == 300)
        #expect(outcome.window.found?.findings.performance == nil)
        guard case .leftOut = outcome.harm, case .leftOut = outcome.realised else {
            Issue.record("\(outcome.harm)")
            return
        }
    }
}
