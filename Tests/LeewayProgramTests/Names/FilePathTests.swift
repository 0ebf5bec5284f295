import Foundation
import Testing

extension ProgramTests {
    /// Paths are texts like any other.
    @Suite struct FilePathTests {
        @Test(arguments: [
            "two words.csv", "it's.csv", "say \"so\".csv", "données 年齢 👩‍👩‍👧‍👦.csv", "[brackets].csv", "100 %.csv",
            "a;b,c.csv", "x'; DROP TABLE leeway_source; --.csv", "-dash.csv", "#hash.csv", "back\\slash.csv",
            "no ending", "UPPER.CSV", "question?.csv", "star*.csv", "colon: and space.csv", "two\nlines.csv",
        ])
        func `of a source, of an output and of a project`(name: String) async throws {
            let workspace = try Workspace()
            let folder = "a folder of " + name.replacing("\n", with: " ")
            try FileManager.default.createDirectory(
                at: workspace.url(folder), withIntermediateDirectories: false)
            try workspace.write(Tables.people(), to: "\(folder)/\(name)")
            let (source, configuration) = ("./\(folder)/\(name)", "./\(folder)/leeway.yaml")
            try await workspace.leewayWorks("init", source, "--target", "income", "--config", configuration)
            try await workspace.leewayWorks("run", "--quiet", "--config", configuration)
            let output = "./\(folder)/scored \(name).csv"
            try await workspace.leewayWorks("predict", source, "-o", output, "--config", configuration)
            #expect(try workspace.text(output).split(separator: "\n").count == 61)
            #expect(workspace.names("\(folder)/.leeway/runs").count == 1)
            #expect(workspace.names(".leeway") == [])
        }

        @Test func `absolute, upward and by glob`() async throws {
            let workspace = try Workspace()
            try FileManager.default.createDirectory(
                at: workspace.url("data/2020"), withIntermediateDirectories: true)
            try FileManager.default.createDirectory(at: workspace.url("project"), withIntermediateDirectories: true)
            try workspace.write(Tables.people(40), to: "data/2020/a.csv")
            try workspace.write(Tables.people(60), to: "data/2020/b.csv")
            for path in ["../data/2020/*.csv", workspace.url("data/2020").path + "/?.csv"] {
                try workspace.write("source: '\(path)'\ntarget: income\n", to: "project/leeway.yaml")
                let ending = try await workspace.leewayWorks("run", "--dry-run", "--json", "-c", "project/leeway.yaml")
                #expect(try JSON(ending.output)["rows"] == .number(100))
            }
        }
    }
}
