import Foundation
import Testing

extension ProgramTests {
    /// `leeway drift`, as somebody runs it who wants to know whether new data still are what a model was trained on.
    @Suite struct DriftTests {
        private static func columns(_ report: JSON) -> [String: JSON] {
            Dictionary(uniqueKeysWithValues: report["columns"].list.map { ($0["name"].text ?? "", $0) })
        }

        @Test func `rows of the same population`() async throws {
            let workspace = try await DriftProject.make(window: DriftProject.csv(DriftProject.rows(2000, seed: 2)))
            let ending = try await workspace.leeway("drift", "--current", "new.csv")
            #expect(ending.status == 0 && ending.errors == "")
            for part in [
                "Drift  new.csv (2,000 rows) against people version 1, champion", "income (target)", "importance",
                "now, estimated", "now, 2,000 labels", "✓ No drift in 6 columns.",
                "p < 0.05 after Holm's correction over", "a shift of at least 0.1 sd",
            ] {
                #expect(ending.output.contains(part), "\(part)")
            }
            #expect(!ending.output.contains("where:"))
        }

        @Test func `a window that moved`() async throws {
            let workspace = try await DriftProject.make(
                window: DriftProject.csv(DriftProject.rows(2000, seed: 3, older: 6)))
            let ending = try await workspace.leeway("drift", "--current", "new.csv", "--html", "report.html", "--json")
            #expect(ending.status == 4)
            let report = try JSON(ending.output)
            #expect(report["verdict"] == .text("drift"))
            #expect(Set(report["drifted"].list.compactMap(\.text)) == ["age", "income", "score", "prediction"])
            let columns = Self.columns(report)
            // Six years are half a standard deviation.
            expectClose(columns["age"]?["values"]["shift"].number ?? .nan, 0.5, within: 0.1)
            #expect(columns["age"]?["importance"].number ?? 0 > 0.9)
            #expect(columns["city"]?["values"]["drift"] == .bool(false))
            #expect(report["together"]["domain_classifier"]["drift"] == .bool(true))
            #expect(report["segments"][0]["text"].text?.hasPrefix("age ") == true)
            let performance = report["performance"]
            for side in ["reference", "estimated", "realised"] {
                expectClose(performance[side]["metrics"]["roc_auc"]["value"].number, 0.86, within: 0.03, side)
            }

            let page = try workspace.text("report.html")
            #expect(page.hasPrefix("<!doctype html>") && page.contains("<svg") && page.contains("prefers-color-scheme"))
            for foreign in ["<script", "http://", "https://", "<link", "<img", "@import", "url("] {
                #expect(!page.contains(foreign), "\(foreign)")
            }
            #expect(workspace.names("") == [".leeway", "data.csv", "leeway.yaml", "new.csv", "report.html"])
        }

        @Test func `a window without a header, without a feature, and columns that are not there`() async throws {
            let rows = DriftProject.csv(DriftProject.rows(300, seed: 2))
            let body = rows.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
            let workspace = try await DriftProject.make(window: body)
            expectFailure(
                try await workspace.leeway("drift", "--current", "new.csv"), 1,
                """
                error: new.csv has none of the 3 columns of people version 1, champion.
                  → Where its first line is no header, say --no-header; where the table begins later, --skip-lines.
                """)
            try workspace.write(rows.replacing("age,", with: "years,"), to: "years.csv")
            let lacking = try await workspace.leeway("drift", "--current", "years.csv")
            #expect(lacking.status == 3)
            #expect(lacking.output.contains("performance are not told: it can't answer without 'age'."))
            #expect(lacking.output.contains("no drift where it could be judged. Nothing can be said of age."))
            let unknown = "error: There is no column 'agee' to drop.\n  → Did you mean 'age'?"
            expectFailure(
                try await workspace.leeway("drift", "--current", "years.csv", "--drop", "agee"), 1, unknown)
            expectFailure(try await workspace.leeway("drift", "calibrate", "--drop", "agee"), 1, unknown)
        }

        @Test func `a report replaces no data`() async throws {
            let workspace = try await DriftProject.make(window: DriftProject.csv(DriftProject.rows(300, seed: 2)))
            let ending = try await workspace.leeway("drift", "--current", "new.csv", "--html", "new.csv")
            #expect(ending.status == 2 && ending.errors.contains("--html needs a name that ends in .html"))
            #expect(try workspace.text("new.csv").hasPrefix("age,"))
            expectFailure(
                try await workspace.leeway("drift", "--current", "new.csv", "--html", "no/report.html", "-q"), 1,
                "error: There is no folder for no/report.html.\n  → Make the folder, or check the path.")
        }

        @Test func `two files, no project`() async throws {
            let workspace = try Workspace()
            try workspace.write(DriftProject.csv(DriftProject.rows(1500, seed: 4)), to: "january.csv")
            try workspace.write(DriftProject.csv(DriftProject.rows(1500, seed: 5)), to: "february.csv")
            let quiet = try await workspace.leeway(
                "drift", "--reference", "january.csv", "--current", "february.csv", "--json")
            #expect(quiet.status == 0, "\(quiet.errors)")
            let report = try JSON(quiet.output)
            #expect(report["columns"].list.map { $0["name"].text } == ["age", "hours", "city", "income"])
            #expect(report["performance"] == .null)
            #expect(workspace.names("") == ["february.csv", "january.csv"])
        }

        @Test func `the published rule, to the letter`() async throws {
            let workspace = try await DriftProject.make(window: DriftProject.csv(DriftProject.rows(2000, seed: 2)))
            let ending = try await workspace.leeway("drift", "--current", "new.csv", "--policy", "classic", "--json")
            let report = try JSON(ending.output)
            #expect(report["columns"].list.map { $0["name"].text } == ["age", "hours"])
            #expect(report["columns"].list.allSatisfy { $0["values"]["method"] == .text("ks") })
            let isBelow = report["columns"].list.contains { $0["values"]["p_value"].number < 0.05 }
            #expect(ending.status == (isBelow ? 4 : 0))
        }

        @Test func `what a server answered`() async throws {
            let workspace = try await DriftProject.make()
            try workspace.write(try workspace.text("leeway.yaml") + "serving: {port: 0}\n", to: "leeway.yaml")
            do {
                let server = try await Server(in: workspace)
                for seed in [6, 7] {
                    let rows = DriftProject.rows(600, seed: UInt64(seed), older: 6).filter {
                        (20...70).contains(Int($0[0]) ?? 0)
                    }.prefix(500).map {
                        #"{"age":\#($0[0]),"hours":\#($0[1]),"city":"\#($0[2])"}"#
                    }
                    #expect(
                        try server.post("/v1/models/people/predict", "[\(rows.joined(separator: ","))]").status == 200)
                }
                #expect(await server.stop().status == 0)
            }
            let ending = try await workspace.leeway("drift", "--window", "1h", "--json")
            #expect(ending.status == 4, "\(ending.errors)")
            let report = try JSON(ending.output)
            #expect(report["window"]["rows"] == .number(1000))
            #expect(report["drifted"].list.contains(.text("age")))
            #expect(report["performance"]["estimated"]["rows"] == .number(1000))
        }

        @Test func `how often the rules cry wolf`() async throws {
            let workspace = try await DriftProject.make()
            let ending = try await workspace.leeway(
                "drift", "calibrate", "--json", "--repetitions", "60", "--stream-rows", "20000")
            #expect(ending.status == 0, "\(ending.errors)")
            let report = try JSON(ending.output)
            #expect(report["windows"] == .number(60) && report["alarms"].number <= 8, "\(report)")
            let classic = try JSON(
                try await workspace.leeway(
                    "drift", "calibrate", "--json", "--repetitions", "60", "--stream-rows", "0", "--policy", "classic"
                ).output)
            #expect(classic["columns"]["age"] != .null && classic["columns"]["hours"] != .null)
            #expect(classic["columns"]["city"] == .null, "The published rule knows numbers alone.")
        }

        @Test(arguments: ["check", "calibrate"])
        func `explains itself`(command: String) async throws {
            let workspace = try Workspace()
            let ending = try await workspace.leeway("drift", command, "--help")
            #expect(ending.status == 0 && ending.output.contains("leeway drift"))
        }
    }
}
