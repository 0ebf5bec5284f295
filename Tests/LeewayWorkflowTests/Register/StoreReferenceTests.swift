import LeewayCore
import LeewayMonitor
import LeewayStore
import Testing

@testable import LeewayWorkflow

@Suite struct StoreReferenceTests {
    private static let rows =
        "x,city,y\n"
        + (0..<200).map { "\($0 % 7 == 0 ? "" : "\($0 % 30).5"),\(["", "b", "a"][$0 % 3]),\($0 % 2)\n" }.joined()

    private static func train(_ threads: Int) async throws -> (Ingestion, TrainingOutcome, [UInt8]) {
        let ingestion = try Ingestion()
        try ingestion.write(rows, "p.csv")
        let outcome = try await ingestion.train("source: p.csv\ntarget: y", threads: threads)
        let bytes = try FileSystem.read(try #require(outcome.folder) + "/" + ReferenceFile.name)
        return (ingestion, outcome, bytes)
    }

    @Test func `equal runs write equal bytes, and every training row is in every column`() async throws {
        let (_, outcome, bytes) = try await Self.train(1)
        #expect(try await Self.train(2).2 == bytes)
        let columns = try ReferenceFile.decode(bytes, path: "f")
        #expect(columns.map(\.column) == ["x", "city", "y"])
        for column in columns {
            let counts =
                switch column.values {
                case .numbers(_, let counts, isExact: true), .categories(_, let counts): counts
                case .numbers: [0]
                }
            #expect(counts.reduce(column.nullCount, +) == outcome.split.trainRows.count)
        }
    }

    @Test func `Parquet and JSON say the same`() async throws {
        let (ingestion, outcome, bytes) = try await Self.train(2)
        let path = try #require(outcome.folder) + "/reference_counts.parquet"
        let table = try await ingestion.run("source: \(path)\ntarget: column")
        let names = try table.texts("column")
        let (numbers, counts) = (try table.dataset.column("number"), try table.dataset.column("count"))
        let categories = try table.texts("category")
        let told = names.indices.map { "\(names[$0] ?? "") \(numbers[$0]) \(categories[$0] ?? "-") \(counts[$0])" }
        let expected = try ReferenceFile.decode(bytes, path: "f").flatMap { column -> [String] in
            let lines: [String] =
                switch column.values {
                case .numbers(let values, let counts, isExact: _):
                    zip(values, counts).map { "\(column.column) \($0) - \(Double($1))" }
                case .categories(let values, let counts):
                    zip(values, counts).map { "\(column.column) nan \($0) \(Double($1))" }
                }
            return column.nullCount == 0 ? lines : lines + ["\(column.column) nan - \(Double(column.nullCount))"]
        }
        #expect(told == expected)
    }
}
