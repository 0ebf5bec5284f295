import LeewayCore
import LeewayMonitor
import Testing

@Suite struct SequentialColumnTests {
    private typealias Draw = @Sendable (inout SequentialDraws) -> Double

    /// Rows after the change at row `change` until the alarm; nil where none came, below 1 where it came before.
    private static func delay(
        _ stream: UInt64, reference: Int = 400, change: Int = 100, limit: Int = 2_000,
        contract: FalseAlarmContract = .runLength(1_000), before: Draw = { $0.normal() }, after: Draw
    ) throws -> Int? {
        var draws = SequentialDraws(stream)
        let counts = ReferenceCounts.numbers((0..<reference).map { _ in before(&draws) })
        var column = try SequentialColumn(counts, contract: contract, seed: stream)
        for row in 1...limit {
            column.add(number: row <= change ? before(&draws) : after(&draws))
            if column.isAlarm { return row - change }
        }
        return nil
    }

    private static func median(_ delays: [Int?]) -> Int {
        delays.map { $0 ?? .max }.sorted()[delays.count / 2]
    }

    @Test func `changes of numbers are found soon`() throws {
        let changes: [(String, Int, Draw)] = [
            ("mean .25", 220, { $0.normal() + 0.25 }), ("mean -.5", 80, { $0.normal() - 0.5 }),
            ("mean 1", 30, { $0.normal() + 1 }), ("scale 1.5", 60, { $0.normal() * 1.5 }),
            ("scale 2", 30, { $0.normal() * 2 }), ("scale .5", 50, { $0.normal() * 0.5 }),
            ("stuck in a tenth", 250, { $0.uniform() < 0.1 ? 0.3 : $0.normal() }),
            ("missing in a tenth", 60, { $0.uniform() < 0.1 ? .nan : $0.normal() }),
        ]
        for (name, limit, after) in changes {
            let delays = try (0..<21).map { try Self.delay($0, after: after) }
            #expect(Self.median(delays) <= limit && delays.count { $0 ?? 0 < 1 } <= 4, "\(name): \(delays)")
        }
    }

    @Test func `the mean time to a false alarm is the one promised or longer`() throws {
        let streams: [(String, Draw)] = [
            ("normal", { $0.normal() }), ("three values", { Double($0.place([0.6, 0.3, 0.1])) }),
            ("often missing", { $0.uniform() < 0.3 ? .nan : $0.normal() }),
            ("often zero", { $0.uniform() < 0.5 ? 0 : $0.uniform() }),
        ]
        for (name, draw) in streams {
            var (rows, alarms) = (0, 0)
            for run in 0..<120 {
                let alarm = try Self.delay(
                    UInt64(run), reference: 100, change: 0, limit: 1_200, contract: .runLength(200), before: draw,
                    after: draw)
                rows += alarm ?? 1_200
                alarms += alarm == nil ? 0 : 1
            }
            // Rows an alarm: of exponential times its standard error is a tenth.
            #expect(rows / alarms > 170, "\(name): \(rows / alarms)")
        }
    }

    @Test func `a stream rarely alarms at all under a level`() throws {
        let alarms = try (0..<100).count { run in
            try Self.delay(
                UInt64(run), reference: 100, change: 0, limit: 1_500, contract: .level(0.1), after: { $0.normal() })
                != nil
        }
        #expect(alarms <= 10)
        let delays = try (0..<11).map { try Self.delay($0, contract: .level(0.05), after: { $0.normal() + 1 }) }
        #expect(Self.median(delays) <= 40)
    }

    @Test func `rows that follow each other are taken for a change`() throws {
        var alarms = 0
        for run in 0..<20 {
            var draws = SequentialDraws(UInt64(run))
            var last = draws.normal()
            func next() -> Double {
                last = 0.9 * last + 0.19.squareRoot() * draws.normal()
                return last
            }
            var column = try SequentialColumn(
                .numbers((0..<400).map { _ in next() }), contract: .runLength(10_000), seed: UInt64(run))
            for _ in 0..<500 where !column.isAlarm { column.add(number: next()) }
            alarms += column.isAlarm ? 1 : 0
        }
        #expect(alarms >= 18)
    }

    private static func categories(_ count: Int, _ draws: inout SequentialDraws, _ shares: [Double]) -> [String?] {
        (0..<count).map { _ in "c\(draws.place(shares))" }
    }

    @Test func `a category that gains, a new one and missing ones are found soon`() throws {
        let shares = [0.5, 0.3, 0.15, 0.05]
        let changes: [(String, Int, [Double])] = [
            ("a rare one gains a tenth", 130, [0.45, 0.26, 0.14, 0.15, 0, 0]),
            ("new ones in a twentieth", 110, [0.48, 0.28, 0.14, 0.05, 0.05, 0]),
            ("missing in a twentieth", 110, [0.48, 0.28, 0.14, 0.05, 0, 0.05]),
            ("one vanishes", 60, [0.7, 0, 0.22, 0.08, 0, 0]),
        ]
        for (name, limit, after) in changes {
            var delays: [Int] = []
            for run in 0..<21 {
                var draws = SequentialDraws(UInt64(run))
                let reference = ReferenceCounts.categories(Self.categories(1_000, &draws, shares))
                var column = try SequentialColumn(reference, contract: .runLength(1_000), seed: UInt64(run))
                var row = 0
                while row < 1_000, !column.isAlarm {
                    row += 1
                    let place = draws.place(row <= 100 ? shares : after)
                    column.add(code: place < 5 ? column.code(of: "c\(place)") : WindowCounts.missingCode)
                }
                delays.append(row - 100)
            }
            #expect(delays.sorted()[10] <= limit && delays.count { $0 < 1 } <= 4, "\(name): \(delays)")
        }
    }

    @Test(arguments: [2, 30, 400]) func `categories raise no more false alarms than promised, few or many`(count: Int)
        throws
    {
        var shares = (1...count).map { 1 / Double($0) }
        let sum = shares.reduce(0, +)
        shares = shares.map { $0 / sum }
        var (rows, alarms) = (0, 0)
        for run in 0..<100 {
            var draws = SequentialDraws(UInt64(run))
            let reference = ReferenceCounts.categories(Self.categories(300, &draws, shares))
            var column = try SequentialColumn(reference, contract: .runLength(200), seed: UInt64(run))
            let codes = (0..<count).map { column.code(of: "c\($0)") }
            var row = 0
            while row < 1_200, !column.isAlarm {
                row += 1
                column.add(code: codes[draws.place(shares)])
            }
            rows += row
            alarms += column.isAlarm ? 1 : 0
        }
        #expect(rows / alarms > 170, "\(rows / alarms)")
    }

    @Test func `one value, ties, infinities and no reference at all can be`() throws {
        for reference in [[], [5], [5, 5, 5], [-.infinity, 0, .infinity], [.nan, .nan]] as [[Double]] {
            var column = try SequentialColumn(.numbers(reference), contract: .runLength(1e6), seed: 1)
            for number in [5, .infinity, -.infinity, .nan, 0, -0.0, 1e308] as [Double] { column.add(number: number) }
            #expect(column.evidence.isFinite && column.evidence > 0 && column.rows == 7)
        }
        var column = try SequentialColumn(.categories([]), contract: .runLength(1e6), seed: 1)
        for code in [WindowCounts.newCode, WindowCounts.missingCode] { column.add(code: code) }
        #expect(column.evidence.isFinite && column.code(of: "a") == WindowCounts.newCode)
    }

    @Test func `quantiles that stand for more values than are kept do as well as all`() throws {
        // The largest of each ten rows stands for them.
        var draws = SequentialDraws(1)
        let sorted = draws.normals(2_000).sorted()
        let values = stride(from: 9, to: 2_000, by: 10).map { sorted[$0] }
        let reference = try ReferenceCounts(
            column: "x", nullCount: 0,
            values: .numbers(values: values, counts: values.map { _ in 10 }, isExact: false))
        var column = try SequentialColumn(reference, contract: .runLength(10_000), seed: 1)
        for _ in 0..<500 { column.add(number: draws.normal()) }
        #expect(!column.isAlarm)
        for _ in 0..<60 where !column.isAlarm { column.add(number: draws.normal() + 1) }
        #expect(column.isAlarm)
    }

    @Test func `a reset keeps the rows or goes back to the reference`() throws {
        for keepingRows in [true, false] {
            var draws = SequentialDraws(4)
            var column = try SequentialColumn(.numbers(draws.normals(100)), contract: .runLength(1_000), seed: 1)
            for _ in 0..<1_000 { column.add(number: draws.normal() + 2) }
            column.reset(keepingRows: keepingRows)
            #expect(column.evidence == 0 && column.rows == 1_000)
            for _ in 0..<20 { column.add(number: draws.normal() + 2) }
            // A thousand rows of the new kind make it normal; the reference alone does not.
            #expect(column.isAlarm == !keepingRows)
        }
    }
}
