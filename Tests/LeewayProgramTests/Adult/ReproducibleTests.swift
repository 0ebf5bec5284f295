import Foundation
import Testing

extension ProgramTests {
    /// The same data, configuration and seed give the same bytes, at any number of threads.
    @Suite(.tags(.slow)) struct ReproducibleTests {
        @Test(.enabled(if: AdultProject.isThere, AdultProject.isMissing), arguments: ["leeway.yaml", "published.yaml"])
        func `the Adult table`(example: String) async throws {
            let workspace = try AdultProject.make(example)
            try await Self.expectSameBytes(workspace)
        }

        @Test func `a table of several row groups`() async throws {
            let workspace = try Workspace()
            try BigTable(rows: 300_000, seed: 7).write(to: workspace.url("data.csv"))
            try workspace.write(
                """
                source: data.csv
                target: income
                features: {impute_numeric: mean, impute_categorical: keep}
                model: {class_weight: balanced}
                evaluation: {bootstrap: 20}
                """, to: "leeway.yaml")
            try await Self.expectSameBytes(workspace)
            let report = try workspace.artifact("ingestion_report.json", of: workspace.runs.first)
            #expect(report["rows"] == .number(300_000))
            #expect(report["duplicate_rows"].number > 1000)
        }

        @Test func `another seed gives other bytes`() async throws {
            let workspace = try Workspace(csv: Tables.people(200))
            try await workspace.leewayWorks("run", "--quiet")
            try workspace.write(Workspace.configuration + "seed: 43\n", to: "leeway.yaml")
            try await workspace.leewayWorks("run", "--quiet")
            let (one, other) = (
                try workspace.artifacts(of: workspace.runs[0]), try workspace.artifacts(of: workspace.runs[1])
            )
            #expect(one["ingestion_report.json"] == other["ingestion_report.json"])
            #expect(one["training_metrics.json"] != other["training_metrics.json"])
        }

        @Test func `rows in another order give the same split and the same fingerprint`() async throws {
            let workspace = try Workspace(csv: Tables.people(200))
            try await workspace.leewayWorks("run", "--quiet")
            let lines = Tables.people(200).split(separator: "\n")
            let turned = [lines[0]] + lines.dropFirst().reversed()
            try workspace.write(turned.joined(separator: "\n") + "\n", to: "data.csv")
            try await workspace.leewayWorks("run", "--quiet")
            let (one, other) = (workspace.runs[0], workspace.runs[1])
            let report = "ingestion_report.json"
            #expect(try workspace.artifacts(of: one)[report] == workspace.artifacts(of: other)[report])
            let metadata = "training_metadata.json"
            #expect(
                try workspace.artifact(metadata, of: one)["split"] == workspace.artifact(metadata, of: other)["split"])
        }

        private static func expectSameBytes(_ workspace: Workspace) async throws {
            for threads in ["1", "2", "2"] { try await workspace.leewayWorks("run", "--quiet", "--threads", threads) }
            let runs = workspace.runs
            try #require(runs.count == 3)
            let first = try workspace.artifacts(of: runs[0])
            #expect(first.count == 15)
            for run in runs.dropFirst() {
                let other = try workspace.artifacts(of: run)
                #expect(first.keys.sorted() == other.keys.sorted())
                for name in first.keys.sorted() where name != "run.json" {
                    #expect(first[name] == other[name], "\(name)")
                }
            }
            let hashes = try runs.map { try workspace.artifact("run.json", of: $0)["content_hash"].text }
            #expect(Set(hashes).count == 1)
            #expect(hashes[0]?.count == 64)
        }
    }
}
