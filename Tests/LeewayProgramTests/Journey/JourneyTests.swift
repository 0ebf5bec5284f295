import Foundation
import Testing

extension ProgramTests {
    /// From a table to scored rows, as the README tells it.
    @Suite struct JourneyTests {
        @Test func `init, run, predict and look at what is registered`() async throws {
            let workspace = try Workspace()
            try workspace.write(Tables.people(200), to: "people.csv")

            let start = try await workspace.leewayWorks("init", "people.csv", "--target", "income")
            #expect(start.output.hasPrefix("Wrote leeway.yaml: 3 columns, target 'income' with two classes.\n"))
            #expect(workspace.names("") == ["leeway.yaml", "people.csv"])
            #expect(try workspace.text("leeway.yaml").contains("  path: people.csv"))

            let run = try await workspace.leewayWorks("run")
            let stages = run.errors.split(separator: "\n").map { $0.split(separator: " ")[1] }
            #expect(
                stages == ["ingest", "validate", "split", "features", "train", "evaluate", "performance", "register"])
            for part in ["Data  200 rows, 3 columns", "Target", "Metrics", "Version people 1 (champion)", "Next"] {
                #expect(run.output.contains(part))
            }
            let name = try #require(workspace.runs.first)
            #expect(run.output.contains("  .leeway/runs/\(name)/\n"))
            #expect(
                workspace.names(".leeway/runs/\(name)") == [
                    "feature_engineering_metadata.json", "feature_importance.json", "ingestion_report.json",
                    "model.json", "performance_reference.json", "preprocessor.json",
                    "reference_counts.json", "reference_counts.parquet", "run.json", "schema.json",
                    "test_reference.parquet", "train_reference.parquet", "training_metadata.json",
                    "training_metrics.json",
                    "validation_report.json",
                ])

            let scored = try await workspace.leewayWorks("predict", "people.csv", "-o", "scored.csv")
            #expect(scored.output.hasPrefix("200 rows scored with people version 1: "))
            let lines = try workspace.text("scored.csv").split(separator: "\n")
            #expect(lines.count == 201 && lines[0] == "age,city,income,probability,label,version")
            for line in lines.dropFirst() {
                let cells = line.split(separator: ",")
                let probability = try #require(Double(cells[3]))
                #expect(cells[4] == (probability >= 0.5 ? "low" : "high") && cells[5] == "people:1")
            }

            let list = try await workspace.leewayWorks("models")
            #expect(list.output.split(separator: "\n")[1].hasPrefix("people        1  champion  "))
            #expect(try await workspace.leewayWorks("models", "show").output.contains("people 1 (champion)"))
            #expect(
                try await workspace.leewayWorks("models", "verify").output
                    == "✓ people 1 is whole: 14 files as registered.\n")
        }

        @Test func `a second version does not become the champion by itself`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            for _ in 0..<2 { try await workspace.leewayWorks("run", "--quiet") }
            let versions = try JSON(await workspace.leewayWorks("models", "list", "--json").output)
            #expect(versions.list.map { $0["version"].number } == [2, 1])
            #expect(versions.list.map { $0["aliases"] } == [.list([]), .list([.text("champion")])])
            #expect(versions[0]["content_hash"] == versions[1]["content_hash"])
            try await workspace.leewayWorks("predict", "data.csv", "-o", "a.csv")
            try await workspace.leewayWorks("predict", "data.csv", "-o", "b.csv", "--model-version", "2")
            let (one, two) = (try workspace.text("a.csv"), try workspace.text("b.csv"))
            #expect(one.contains("model:1") && two == one.replacing("model:1", with: "model:2"))
        }

        @Test func `what JSON says`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            let run = try JSON(await workspace.leewayWorks("run", "--json").output)
            #expect(run["run_id"].text == workspace.runs.first)
            #expect(run["version"] == .number(1) && run["model"].text == "model")
            #expect(run["aliases"] == .list([.text("champion")]))
            #expect(run["rows"] == .number(60))
            #expect(run["train_rows"].number + run["test_rows"].number == 60)
            #expect(run["warnings"] == .list([]))
            #expect(run["test_metrics"]["roc_auc"].number <= 1)
            #expect(run["folder"].text == ".leeway/runs/\(workspace.runs[0])")

            let shown = try JSON(await workspace.leewayWorks("models", "show", "--json").output)
            #expect(shown.keys == ["manifest", "metrics", "version"])
            #expect(shown["manifest"]["content_hash"] == shown["version"]["content_hash"])
            #expect(shown["metrics"]["test"]["metrics"]["roc_auc"] == run["test_metrics"]["roc_auc"])
            #expect(shown["manifest"]["artifacts"].list.count == 14)

            let check = try JSON(await workspace.leewayWorks("models", "verify", "--json").output)
            #expect(check["artifacts"] == .number(14) && check["missing"] == .list([]))

            let scored = try JSON(
                await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv", "--json").output)
            #expect(scored["rows"] == .number(60) && scored["version"] == .number(1))
            #expect(scored["positives"].number >= 0 && scored["bad_rows"] == .list([]))
        }

        @Test func `a quiet run says nothing`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            #expect(try await workspace.leewayWorks("run", "-q") == Program.Ending(status: 0, output: "", errors: ""))
            let ending = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv", "--quiet")
            #expect(ending == Program.Ending(status: 0, output: "", errors: ""))
        }

        @Test func `nothing is coloured where nobody watches`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            let ending = try await workspace.leeway("run", environment: ["TERM": "xterm-256color"])
            #expect(!ending.output.contains("\u{1B}") && !ending.errors.contains("\u{1B}"))
        }

        @Test(arguments: [[], ["--json"]]) func `a dry run writes nothing`(flags: [String]) async throws {
            let workspace = try Workspace(csv: Tables.people())
            let ending = try await Program.run(["run", "--dry-run"] + flags, in: workspace.folder)
            #expect(ending.status == 0)
            #expect(workspace.names("") == ["data.csv", "leeway.yaml"])
            if flags.isEmpty {
                #expect(
                    ending.output.contains("Would fit a logistic regression on 2 columns (1 numeric, 1 categorical)"))
                #expect(ending.output.contains("Nothing was written."))
            } else {
                let outcome = try JSON(ending.output)
                #expect(outcome["rows"] == .number(60) && outcome["version"] == .null)
            }
        }

        @Test func `scored rows may take the place of their input`() async throws {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            for _ in 0..<2 { try await workspace.leewayWorks("predict", "data.csv", "-o", "data.csv") }
            let header = try workspace.text("data.csv").prefix { $0 != "\n" }
            #expect(
                header == "age,city,income,probability,label,version,leeway_probability,leeway_label,leeway_version")
            try await workspace.leewayWorks("predict", "data.csv", "-o", "data.csv")
            #expect(try workspace.text("data.csv").contains(",leeway_leeway_version\n"))
            #expect(workspace.names("") == [".leeway", "data.csv", "leeway.yaml"])
        }
    }
}
