import Foundation
import Testing

extension ProgramTests {
    /// The many forms in which the same rows may stand in a CSV file.
    @Suite struct FileFormTests {
        private static let plain = Tables.people()

        /// The forms, each with what to say in the configuration.
        static let forms: [(name: String, text: String, options: String)] = [
            ("as it is", plain, ""),
            ("CRLF", plain.replacing("\n", with: "\r\n"), ""),
            ("a mark of UTF-8", "\u{FEFF}" + plain, ""),
            ("a mark of UTF-8 and quotes", "\u{FEFF}" + quoted(plain), ""),
            ("no newline at the end", String(plain.dropLast()), ""),
            ("empty lines at the end", plain + "\n\n", ""),
            ("semicolons", plain.replacing(",", with: ";"), ""),
            ("tabs", plain.replacing(",", with: "\t"), ""),
            ("bars", plain.replacing(",", with: "|"), ""),
            ("semicolons, given", plain.replacing(",", with: ";"), ", delimiter: ';'"),
            ("tabs, given", plain.replacing(",", with: "\t"), ", delimiter: '\\t'"),
            ("every cell quoted", quoted(plain), ""),
            ("apostrophes for quotes", quoted(plain).replacing("\"", with: "'"), ", quote: \"'\""),
            ("spaces after commas", plain.replacing(",", with: ", "), ", trim: true"),
            (
                "no header", String(plain.drop { $0 != "\n" }.dropFirst()), ", names: [age, city, income]"
            ),
            ("a line before the header", "exported yesterday\n" + plain, ", skip_lines: 1"),
        ]

        @Test(arguments: forms.map(\.name)) func `give the same model`(form: String) async throws {
            let (_, text, options) = try #require(Self.forms.first { $0.name == form })
            let workspace = try Workspace(
                csv: text, configuration: Self.configuration("data.csv", options))
            try workspace.write(Self.plain, to: "plain.csv")
            try workspace.write(Self.configuration("plain.csv", ""), to: "plain.yaml")
            try await workspace.leewayWorks("run", "--quiet")
            try await workspace.leewayWorks("run", "--quiet", "--config", "plain.yaml")
            let (one, other) = (workspace.runs[0], workspace.runs[1])
            for name in [
                "ingestion_report.json", "schema.json", "preprocessor.json", "model.json", "training_metrics.json",
            ] {
                #expect(try workspace.artifacts(of: one)[name] == workspace.artifacts(of: other)[name], "\(name)")
            }
        }

        @Test func `gzip`() async throws {
            let workspace = try Workspace(csv: Self.plain)
            let zip = try await RunningProgram(
                ["gzip", "data.csv"], in: workspace.folder, environment: ProcessInfo.processInfo.environment
            ).ending()
            try #require(zip.status == 0)
            try workspace.write(Self.configuration("data.csv.gz", ""), to: "leeway.yaml")
            try await workspace.leewayWorks("run", "--quiet")
            #expect(try workspace.artifact("ingestion_report.json")["rows"] == .number(60))
        }

        @Test func `a cell of a megabyte, and newlines in quotes`() async throws {
            let huge = String(repeating: "long ", count: 200_000)
            let csv = Tables.csv("age,note,income", 60) {
                "\($0),\(Tables.cell($0 == 30 ? huge : "two\nlines, \"\($0 % 2)\"")),\(Tables.income($0))"
            }
            let workspace = try Workspace(csv: csv)
            let ending = try await workspace.leewayWorks("run")
            #expect(ending.output.utf8.count < 20_000)
            let column = try workspace.artifact("schema.json")["columns"].element(where: "name", is: "note")
            #expect(column["categories"].list.map(\.text) == [huge, "two\nlines, \"0\"", "two\nlines, \"1\""])
            let scored = try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
            #expect(scored.output.hasPrefix("60 rows scored"))
            #expect(scored.errors == "")
        }

        private static func configuration(_ path: String, _ options: String) -> String {
            "name: forms\nsource: {path: \(path)\(options)}\ntarget: income\nevaluation: {bootstrap: 0}\n"
        }

        private static func quoted(_ csv: String) -> String {
            csv.split(separator: "\n").map { line in
                Tables.line(line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)) + "\n"
            }.joined()
        }
    }
}
