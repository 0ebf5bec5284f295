import LeewayCore
import LeewayEngine
import LeewayMonitor
import Testing

@testable import LeewayWorkflow

/// What the engine computes is what the pure definitions say.
@Suite struct SimulationSQLTests {
    private static func numbers(_ sql: String, _ ingestion: Ingestion) async throws -> [Double] {
        try await ingestion.engine.table("SELECT v FROM (\(sql)) AS q ORDER BY k").numbers("v")
    }

    @Test(arguments: [(0, "a"), (42, "row null 0 job"), (.max, "sample")])
    func `draws`(seed: UInt64, name: String) async throws {
        let ingestion = try Ingestion()
        let draw = RowDraw(seed: seed, name: name)
        for start in [1, 4_294_960_000] {
            var levels = QueryLevels("SELECT range AS k FROM range(\(start), \(start + 5_000))")
            levels.add([(name: "v", draw: draw)], row: "k")
            let expected = (start..<start + 5_000).map { draw.uniform(UInt32($0)) }
            #expect(try await Self.numbers(levels.sql, ingestion) == expected)
        }
    }

    @Test(arguments: [(1, 1), (1, 10), (5, 1), (5, 7), (40, 3)])
    func `strengths`(start: Int, ramp: Int) async throws {
        let ingestion = try Ingestion()
        let onset = ChangeOnset(start: start, ramp: ramp)
        let sql = "SELECT range AS k, \(onset.sql(row: "range")) AS v FROM range(1, 31)"
        #expect(try await Self.numbers(sql, ingestion) == (1...30).map { onset.strength(at: $0) })
    }

    @Test func `rows drawn by weight`() async throws {
        let ingestion = try Ingestion()
        let text = (1...100).map { "\($0),\(["a", "b", "c", "d"][$0 % 4]),\($0 % 3)\n" }.joined()
        try ingestion.write("id,c,e\n" + text, "w.csv")
        try await ingestion.simulate(
            "w.csv", to: "out.csv", [("reweight", "c=b:3"), ("reweight", "e=0:0.5"), ("drop-category", "c=d")],
            start: 11,
            ramp: 50, rows: 500)
        // Groups by their bits: c = b is 1, e = 0 is 2, c = d is 4; a row's place is its group's, then its own.
        let groups = (1...100).map { ($0 % 4 == 1 ? 1 : 0) + ($0 % 3 == 0 ? 2 : 0) + ($0 % 4 == 3 ? 4 : 0) }
        let order = (1...100).sorted { (groups[$0 - 1], $0) < (groups[$1 - 1], $1) }
        let kinds = Set(groups).sorted()
        let weights = SamplingWeights(
            kinds.map { kind in
                let factor = (kind & 1 > 0 ? 3 : 1) * (kind & 2 > 0 ? 0.5 : 1) * (kind & 4 > 0 ? 0 : 1)
                return .init(rowCount: groups.count { $0 == kind }, factor: factor)
            })
        let (draw, onset) = (RowDraw(seed: 42, name: "sample"), ChangeOnset(start: 11, ramp: 50))
        let expected = (1...500).map { row in
            order[weights.row(for: draw.uniform(UInt32(row)), strength: onset.strength(at: row))]
        }
        #expect(try ingestion.column(0, "out.csv") == expected.map { "\($0)" })
    }

    @Test func `kinds of columns`() {
        #expect(ColumnKind(engineType: "TINYINT") == .whole(type: "TINYINT", least: "-128", most: "127"))
        #expect(ColumnKind(engineType: "DECIMAL(5,2)") == .fraction(type: "DECIMAL(5,2)", most: "999.99"))
        #expect(ColumnKind(engineType: "DECIMAL(2,2)") == .fraction(type: "DECIMAL(2,2)", most: "0.99"))
        #expect(
            ColumnKind(engineType: "DECIMAL(38,0)")
                == .fraction(
                    type: "DECIMAL(38,0)", most: String(repeating: "9", count: 38)))
        #expect(ColumnKind(engineType: "VARCHAR") == .text)
        for type in ["DATE", "BOOLEAN", "INTEGER[]", "STRUCT(a INTEGER)", "HUGEINT"] {
            #expect(ColumnKind(engineType: type) == .other)
        }
    }
}
