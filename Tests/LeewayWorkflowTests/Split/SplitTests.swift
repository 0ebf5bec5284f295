import LeewayCore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct SplitTests {
    private static let rows = "a,y\n" + (0..<200).map { "\($0 % 90),\(["no", "yes", ""][$0 % 3])\n" }.joined()

    private static func split(_ ingestion: Ingestion, _ yaml: String) async throws -> Split.Output {
        let yaml = "source: p.csv\ntarget: y\n" + yaml
        return try await Split().run(try await ingestion.run(yaml), in: try ingestion.context(yaml))
    }

    private static func refusal(_ ingestion: Ingestion, _ yaml: String) async -> String {
        do {
            _ = try await split(ingestion, yaml)
            return "nothing was refused"
        } catch {
            return "\(error)".replacing(ingestion.folder.path + "/", with: "")
        }
    }

    @Test func `every labelled row is on one side, and duplicates on the same`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        let split = try await Self.split(ingestion, "split: {test_share: 0.3}")
        let data = try await ingestion.run("source: p.csv\ntarget: y")
        let labelled = (0..<200).filter { $0 % 3 != 2 }
        #expect((split.trainRows + split.testRows).sorted() == labelled)
        #expect(split.trainRows == split.trainRows.sorted() && split.testRows == split.testRows.sorted())
        let train = Set(split.trainRows.map { data.rowHashes[$0] })
        #expect(split.testRows.allSatisfy { !train.contains(data.rowHashes[$0]) })
        #expect(labelled.allSatisfy { split.labels[$0] == ($0 % 3 == 1) })
        #expect(split.classes.positive == "yes" && split.classes.negative == "no")
    }

    @Test func `a test row stays a test row when rows are added, and another seed draws others`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        let before = try await Self.split(ingestion, "")
        let other = try await Self.split(ingestion, "seed: 7")
        #expect(before.testRows != other.testRows)
        try ingestion.write(Self.rows + (0..<50).map { "\(1_000 + $0),\(["no", "yes"][$0 % 2])\n" }.joined(), "p.csv")
        let after = try await Self.split(ingestion, "")
        #expect(after.testRows.filter { $0 < 200 } == before.testRows)
    }

    @Test func `a file of row numbers decides, whatever its white space`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        try ingestion.write("0\n 4 \n\n1\n7\n1\n2", "rows.txt")
        let split = try await Self.split(ingestion, "split: {test_rows: rows.txt}")
        // Row 2 has no target.
        #expect(split.testRows == [0, 1, 4, 7])
        #expect(split.trainRows.count == 133 + 1 - 4)
    }

    @Test func `a file with Windows line ends is read as well`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        try ingestion.write("0\r\n1\r\n4\r\n", "rows.txt")
        let split = try await Self.split(ingestion, "split: {test_rows: rows.txt}")
        #expect(split.testRows == [0, 1, 4])
    }

    @Test(arguments: [
        ("0\n1\nx\n", 3), ("0\n-1\n", 2), ("200\n", 1), ("0\n1\n1.5\n", 3), ("0,1\n", 1), ("99999999999999999999\n", 1),
    ])
    func `a line that is no row number is told`(text: String, line: Int) async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        try ingestion.write(text, "rows.txt")
        #expect(
            await Self.refusal(ingestion, "split: {test_rows: rows.txt}")
                == "invalid_setting: rows.txt, line \(line): a row number from 0 to 199 is needed. "
                + "Rows are counted from 0, in the order of the source's files.")
    }

    @Test func `a file that is not there`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        #expect(
            await Self.refusal(ingestion, "split: {test_rows: no.txt}")
                == "file_not_found: There is no no.txt. Check the path.")
    }

    @Test func `both sides need both classes`() async throws {
        let ingestion = try Ingestion()
        try ingestion.write(Self.rows, "p.csv")
        let hint = "More rows are needed, or another split."
        try ingestion.write("", "none.txt")
        #expect(
            await Self.refusal(ingestion, "split: {test_rows: none.txt}")
                == "unusable_target: The test side has 0 rows, but not of both classes. \(hint)")
        try ingestion.write("0\n3\n", "no.txt")
        #expect(
            await Self.refusal(ingestion, "split: {test_rows: no.txt}")
                == "unusable_target: The test side has 2 rows, but not of both classes. \(hint)")
        try ingestion.write((0..<200).filter { $0 % 3 == 1 }.map { "\($0)\n" }.joined() + "0\n", "yes.txt")
        #expect(
            await Self.refusal(ingestion, "split: {test_rows: yes.txt}")
                == "unusable_target: The training side has 66 rows, but not of both classes. \(hint)")
    }
}
