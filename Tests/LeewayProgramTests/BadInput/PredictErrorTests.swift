import Foundation
import Testing

extension ProgramTests {
    /// What `predict` says of rows that it can't score.
    @Suite struct PredictErrorTests {
        /// A project with a version, and `new.csv`, whose rows 5 and 8 hold a text for an age.
        private static func project() async throws -> Workspace {
            let workspace = try Workspace(csv: Tables.people())
            try await workspace.leewayWorks("run", "--quiet")
            let rows = Tables.csv("age,city", 10) {
                [4, 7].contains($0) ? "\(Tables.secret),Bergen" : "\(30 + $0),Bergen"
            }
            try workspace.write(rows, to: "new.csv")
            return workspace
        }

        @Test func `a missing column`() async throws {
            let workspace = try await Self.project()
            try workspace.write(Tables.csv("age,citty", 3) { "\($0),\(Tables.secret)" }, to: "misspelt.csv")
            try workspace.write(Tables.csv("age", 3) { "\($0)" }, to: "short.csv")
            expectFailure(
                try await workspace.leeway("predict", "misspelt.csv", "-o", "out.csv"), 1,
                "error: misspelt.csv has no column 'city', which the model needs.\n  → Did you mean 'citty'?")
            expectFailure(
                try await workspace.leeway("predict", "short.csv", "-o", "out.csv"), 1,
                """
                error: short.csv has no column 'city', which the model needs.
                  → Has the file a header? If not, say --no-header.
                """)
            #expect(!workspace.names("").contains("out.csv"))
        }

        @Test func `texts where numbers are needed are named by row, and the others scored`() async throws {
            let workspace = try await Self.project()
            let ending = try await workspace.leewayWorks("predict", "new.csv", "-o", "out.csv")
            #expect(
                ending.errors
                    == "! 2 rows could not be scored, a text stands where a number is needed: 5 ('age'), 8 ('age')\n")
            let lines = try workspace.text("out.csv").split(separator: "\n")
            #expect(lines[0] == "age,city,probability,label,version")
            #expect(lines[5] == "\(Tables.secret),Bergen,,,model:1")
            let scored = lines.dropFirst().map { Double($0.split(separator: ",", omittingEmptySubsequences: false)[2]) }
            #expect(scored.indices.filter { scored[$0] == nil } == [4, 7])
            #expect(scored.compactMap(\.self).allSatisfy { $0 > 0 && $0 < 1 })
            let report = try JSON(
                await workspace.leewayWorks("predict", "new.csv", "-o", "out.csv", "--json").output)
            #expect(report["bad_rows"] == .list([.number(5), .number(8)]))
            #expect(report["rows"] == .number(10))
        }

        @Test func `strictness refuses them`() async throws {
            let workspace = try await Self.project()
            expectFailure(
                try await workspace.leeway("predict", "new.csv", "-o", "out.csv", "--strict"), 3,
                """
                error: 2 rows can't be scored; the first is row 5, where column 'age' holds no number.
                  → Mend them, or leave out --strict: then such rows come out without a probability.
                """)
            #expect(!workspace.names("").contains("out.csv"))
        }

        @Test func `an output of another kind`() async throws {
            let workspace = try await Self.project()
            expectFailure(
                try await workspace.leeway("predict", "new.csv", "-o", "out.txt"), 2,
                "error: The output out.txt must end in .csv or .parquet.\n  → The ending tells the format.")
        }

        @Test func `an output in a folder that is not there`() async throws {
            let workspace = try await Self.project()
            expectFailure(
                try await workspace.leeway("predict", "new.csv", "-o", "nowhere/out.csv"), 1,
                "error: There is no folder for nowhere/out.csv.\n  → Make the folder, or check the path.")
        }

        @Test func `inputs that can't be read`() async throws {
            let workspace = try await Self.project()
            expectFailure(
                try await workspace.leeway("predict", "none.csv", "-o", "out.csv"), 1,
                "error: There is no none.csv.\n  → Check the path.")
            try workspace.write("", to: "empty.csv")
            expectFailure(
                try await workspace.leeway("predict", "empty.csv", "-o", "out.csv"), 1,
                "error: empty.csv is empty.\n  → It needs a header and some rows.")
            let ragged = Tables.csv("age,city", 30) { $0 == 20 ? "1,\(Tables.secret),2" : "1,\(Tables.secret)" }
            try workspace.write(ragged, to: "ragged.csv")
            expectFailure(
                try await workspace.leeway("predict", "ragged.csv", "-o", "out.csv"), 1,
                "error: Line 22 of the CSV file 'ragged.csv': Expected Number of Columns: 2 Found: 3.")
        }

        @Test func `a header without rows gives a header without rows`() async throws {
            let workspace = try await Self.project()
            try workspace.write("age,city\n", to: "none.csv")
            let ending = try await workspace.leewayWorks("predict", "none.csv", "-o", "out.csv")
            #expect(ending.output == "0 rows scored with model version 1: 0 positive. out.csv\n")
            #expect(try workspace.text("out.csv") == "age,city,probability,label,version\n")
        }

        @Test func `a category that training did not see counts as nothing, and it is said`() async throws {
            let workspace = try await Self.project()
            try workspace.write(Tables.csv("age,city", 3) { "\($0),\(Tables.secret)\(Tables.secret)" }, to: "far.csv")
            let ending = try await workspace.leewayWorks("predict", "far.csv", "-o", "out.csv")
            #expect(ending.errors == "! 3 values of categories that training did not see count as nothing\n")
        }
    }
}
