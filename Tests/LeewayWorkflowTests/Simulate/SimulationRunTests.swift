import LeewayCore
import LeewayMonitor
import LeewayStore
import LeewayTestSupport
import Testing

@testable import LeewayWorkflow

@Suite struct SimulationRunTests {
    private static let count = 2_000

    /// Rows with a number, whole and with a fraction, a category, a label and a name with leading zeros.
    private static func ingestion(_ count: Int = count) throws -> Ingestion {
        let ingestion = try Ingestion()
        var generator = TestGenerator(seed: 1)
        var text = "id,age,hours,job,label\n"
        for row in 1...count {
            let age = generator.next() % 20 == 0 ? "" : "\(18 + generator.next() % 60)"
            let job = ["Nurse", "Cook", "Driver", ""][Int(generator.next() % 4)]
            let zeros = String(repeating: "0", count: 6 - "\(row)".count)
            text +=
                "\(zeros)\(row),\(age),\(generator.next() % 80).50,\(job),\(generator.next() % 2 == 0 ? "yes" : "no")\n"
        }
        try ingestion.write(text, "in.csv")
        return ingestion
    }

    private static let all = [
        ("shift", "age:+0.3sd"), ("scale", "hours:1.5"), ("null", "job:0.2"), ("flip-labels", "label:0.1"),
        ("new-category", "job=Gig:0.1"), ("constant", "hours=0:0.1"), ("drop-category", "job=Cook"),
    ]

    @Test(arguments: ["out.csv", "out.parquet"])
    func `the same seed gives the same bytes, another seed others`(output: String) async throws {
        let ingestion = try Self.ingestion()
        for rows in [nil, 3_000] {
            var files: [[UInt8]] = []
            for seed: UInt64 in [42, 42, 43] {
                try await ingestion.simulate("in.csv", to: output, Self.all, rows: rows, seed: seed)
                files.append(try FileSystem.read(ingestion.folder / output))
            }
            #expect(files[0] == files[1])
            #expect(files[0] != files[2])
        }
    }

    @Test func `what is not changed stays as it is written`() async throws {
        let ingestion = try Self.ingestion()
        try await ingestion.simulate("in.csv", to: "out.csv", [("null", "job:0")])
        #expect(try FileSystem.read(ingestion.folder / "out.csv") == FileSystem.read(ingestion.folder / "in.csv"))
    }

    @Test func `nothing happens before the start, and all of it after the ramp`() async throws {
        let ingestion = try Self.ingestion()
        let changes = Self.all.filter { $0.0 != "drop-category" }
        try await ingestion.simulate("in.csv", to: "out.csv", changes, start: 501)
        let (old, new) = (try ingestion.cells("in.csv"), try ingestion.cells("out.csv"))
        #expect(new.prefix(500) == old.prefix(500))
        #expect(zip(old, new).dropFirst(500).allSatisfy { $0 != $1 || $0[1] == "" })
        try await ingestion.simulate("in.csv", to: "ramp.csv", [("shift", "age:+100")], start: 501, ramp: 1_000)
        let ages = try ingestion.cells("ramp.csv").map { Int($0[1]) }
        let moves = zip(old, ages).map { old, new -> Int? in Int(old[1]).flatMap { age in new.map { $0 - age } } }
        for (row, move) in moves.enumerated() {
            guard let move else { continue }
            let exact = row < 500 ? 0 : min(100, Double(row - 499) / 10)
            #expect(abs(Double(move) - exact) < 1, "row \(row + 1)")
        }
    }

    @Test func `a shift in deviations moves the mean by as many, and whole numbers stay whole`() async throws {
        let ingestion = try Self.ingestion(20_000)
        let outcome = try await ingestion.simulate("in.csv", to: "out.csv", [("shift", "age:+0.05sd")])
        let old = try ingestion.column(1, "in.csv").compactMap { Double($0) }
        let texts = try ingestion.column(1, "out.csv").filter { !$0.isEmpty }
        let new = texts.compactMap { Int($0) }
        #expect(new.count == old.count && outcome.changes[0].rowCount == old.count)
        let mean = old.reduce(0, +) / Double(old.count)
        let sd = (old.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(old.count)).squareRoot()
        // 0.87 goes up or not: the mean's standard error is 0.0024.
        let moved = new.reduce(0) { $0 + Double($1) } / Double(new.count) - mean
        #expect(abs(moved - 0.05 * sd) < 0.012)
        #expect(Set(zip(old, new).map { Double($1) - $0 }) == [0, 1])
    }

    @Test func `a scale keeps the mean and multiplies the deviation, and a factor multiplies both`() async throws {
        let ingestion = try Self.ingestion()
        try await ingestion.simulate("in.csv", to: "scaled.csv", [("scale", "hours:1.5")])
        try await ingestion.simulate("in.csv", to: "times.csv", [("shift", "hours:*2")])
        let old = try ingestion.column(2, "in.csv").compactMap { Double($0) }
        let mean = old.reduce(0, +) / Double(old.count)
        let scaled = try ingestion.column(2, "scaled.csv").compactMap { Double($0) }
        let times = try ingestion.column(2, "times.csv").compactMap { Double($0) }
        #expect(isClose(scaled, old.map { mean + 1.5 * ($0 - mean) }, tolerance: 1e-12))
        #expect(times == old.map { 2 * $0 })
    }

    @Test func `changes of one kind add up, and scales come before shifts`() async throws {
        let ingestion = try Self.ingestion()
        try await ingestion.simulate(
            "in.csv", to: "out.csv", [("shift", "hours:+1"), ("shift", "hours:*3"), ("scale", "hours:0")])
        let old = try ingestion.column(2, "in.csv").compactMap { Double($0) }
        let mean = old.reduce(0, +) / Double(old.count)
        let new = try ingestion.column(2, "out.csv").compactMap { Double($0) }
        #expect(isClose(new, old.map { _ in (mean + 1) * 3 }, tolerance: 1e-12))
    }

    @Test func `a change reaches the same rows whatever else is changed, and more of them where its share is larger`()
        async throws
    {
        let ingestion = try Self.ingestion()
        func reached(_ changes: [(String, String)]) async throws -> [Bool] {
            try await ingestion.simulate("in.csv", to: "out.csv", changes)
            return zip(try ingestion.column(3, "in.csv"), try ingestion.column(3, "out.csv")).map { $0 != $1 }
        }
        let alone = try await reached([("null", "job:0.1")])
        let among = try await reached([("shift", "age:+5"), ("flip-labels", "label:0.5"), ("null", "job:0.1")])
        let more = try await reached([("null", "job:0.3")])
        #expect(alone == among)
        #expect(zip(alone, more).allSatisfy { !$0 || $1 })
        #expect(abs(Double(more.count { $0 }) / (0.75 * 2_000) - 0.3) < 0.05)
    }

    @Test func `the same change twice draws twice`() async throws {
        let ingestion = try Self.ingestion()
        try await ingestion.simulate("in.csv", to: "out.csv", [("null", "label:0.5"), ("null", "label:0.5")])
        let missing = try ingestion.column(4, "out.csv").count { $0.isEmpty }
        #expect(abs(Double(missing) / 2_000 - 0.75) < 0.05)
    }

    @Test func `a flipped label is always another one, each as likely`() async throws {
        let ingestion = try Self.ingestion()
        try await ingestion.simulate("in.csv", to: "out.csv", [("flip-labels", "job:1")])
        var counts: [String: Int] = [:]
        for (old, new) in zip(try ingestion.column(3, "in.csv"), try ingestion.column(3, "out.csv")) {
            counts["\(old)→\(new)", default: 0] += 1
        }
        let jobs = ["Nurse", "Cook", "Driver"]
        #expect(counts.keys.allSatisfy { $0 == "→" || jobs.contains(String($0.prefix { $0 != "→" })) })
        for old in jobs {
            #expect(counts["\(old)→\(old)"] == nil)
            for new in jobs where new != old { #expect((190...320).contains(counts["\(old)→\(new)"] ?? 0)) }
        }
    }

    @Test func `the rows with a dropped category leave, and as many as the strength where it grows`() async throws {
        let ingestion = try Self.ingestion()
        let outcome = try await ingestion.simulate("in.csv", to: "out.csv", [("drop-category", "job=Cook")])
        #expect(try ingestion.cells("out.csv") == ingestion.cells("in.csv").filter { $0[3] != "Cook" })
        let cooks = try ingestion.column(3, "in.csv").count { $0 == "Cook" }
        #expect(outcome.rowCount == 2_000 - cooks && outcome.changes[0].rowCount == cooks)
        let half = try await ingestion.simulate("in.csv", to: "out.csv", [("drop-category", "job=Cook")], ramp: 2_000)
        #expect(abs(Double(half.changes[0].rowCount ?? 0) / Double(cooks) - 0.5) < 0.08)
    }

    @Test func `a category weighs as much as it was given, from the start on, in as many rows as asked for`()
        async throws
    {
        let ingestion = try Self.ingestion()
        func share(_ cells: [[String]]) -> Double { Double(cells.count { $0[4] == "yes" }) / Double(cells.count) }
        let old = try ingestion.cells("in.csv")
        let weighed = 3 * share(old) / (3 * share(old) + 1 - share(old))
        try await ingestion.simulate("in.csv", to: "out.csv", [("reweight", "label=yes:3")], start: 1_001)
        let new = try ingestion.cells("out.csv")
        #expect(new.count == 2_000 && new.prefix(1_000) == old.prefix(1_000))
        #expect(abs(share(Array(new.suffix(1_000))) - weighed) < 0.06)
        let outcome = try await ingestion.simulate(
            "in.csv", to: "out.csv", [("reweight", "label=yes:3"), ("drop-category", "job=Cook")], rows: 20_000)
        let drawn = try ingestion.cells("out.csv")
        #expect(drawn.count == 20_000 && abs(share(drawn) - weighed) < 0.02)
        #expect(drawn.allSatisfy { $0[3] != "Cook" })
        #expect(outcome.changes.map(\.rowCount) == [drawn.count { $0[4] == "yes" }, nil])
        // Whole rows are drawn, not cells.
        #expect(Set(drawn).isSubset(of: Set(old)))
    }
}
