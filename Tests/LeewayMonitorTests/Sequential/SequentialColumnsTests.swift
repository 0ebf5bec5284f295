import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct SequentialColumnsTests {
    private static func reference(_ draws: inout SequentialDraws, rows: Int = 300) -> [ReferenceCounts] {
        let zeros = (0..<rows).map { _ in draws.uniform() < 0.4 ? 0 : draws.normal() }
        return [
            .numbers(draws.normals(rows), "x"), .numbers(zeros, "y"),
            .categories((0..<rows).map { _ in ["a", "b", nil][draws.place([0.6, 0.3, 0.1])] }, "c"),
        ]
    }

    private static func columns(
        _ contract: FalseAlarmContract = .runLength(500), bag: RankBag = .all,
        reset: SequentialColumns.Reset = .keepRows,
        seed: UInt64 = 1
    ) throws -> SequentialColumns {
        var draws = SequentialDraws(1)
        return try SequentialColumns(reference(&draws), contract: contract, bag: bag, reset: reset, seed: seed)
    }

    private static func add(_ draws: inout SequentialDraws, shift: Double, to columns: inout SequentialColumns) {
        columns.add(number: draws.uniform() < 0.02 ? .nan : draws.normal() + shift, to: 0)
        columns.add(number: draws.uniform() < 0.4 ? 0 : draws.normal(), to: 1)
        columns.add(code: Int32(draws.place([0.6, 0.3, 0.05, 0.05])) - 2, to: 2)
    }

    @Test func `an alarm names the column that changed`() throws {
        var (columns, draws) = (try Self.columns(.runLength(10_000)), SequentialDraws(2))
        var alarm: SequentialAlarm?
        for row in 1...400 where alarm == nil {
            columns.add(number: draws.normal() + (row > 100 ? 0.8 : 0), to: 0)
            columns.add(number: draws.uniform() < 0.4 ? 0 : draws.normal(), to: 1)
            columns.add(code: Int32(draws.place([0.1, 0.6, 0.3])) - 1, to: 2)
            alarm = columns.endRow()
        }
        let found = try #require(alarm)
        #expect(found.row > 100 && found.row < 180 && found.rowsInRun == found.row)
        #expect(found.columns.map(\.isDrift) == [true, false, false] && found.columns[0].name == "x")
        #expect(abs(found.evidence - found.columns.reduce(0) { $0 + $1.evidence } / 3) < 1e-9 * found.evidence)
        #expect(columns.evidence == 0 && columns.rowsInRun == 0 && columns.rows == found.row)
    }

    // By hand: 4 columns, threshold 100. One needs 400, two 200 each, three 133.3, all four 100.
    @Test(arguments: [
        ([500.0, 10, 20, 30], [true, false, false, false]), ([399, 10, 20, 30], [false, false, false, false]),
        ([210, 10, 200, 30], [true, true, false, false]), ([110, 500, 120, 130], [true, true, true, true]),
        ([130, 500, 90, 140], [true, false, false, false]), ([135, 500, 90, 140], [true, true, true, false]),
    ]) func `e-BH selects as many as have enough each`(evidence: [Double], expected: [Bool]) {
        let columns = evidence.enumerated().map { ("\($0.offset)", $0.element) }
        let ranking = SequentialAlarm.ranking(columns, weights: [0.25, 0.25, 0.25, 0.25], threshold: 100)
        #expect(ranking.map(\.isDrift) == expected && ranking.map(\.evidence) == evidence.sorted(by: >))
    }

    @Test func `a weighted column needs less`() {
        let ranking = SequentialAlarm.ranking([("a", 140), ("b", 140)], weights: [0.75, 0.25], threshold: 100)
        #expect(ranking.map(\.isDrift) == [true, false] && ranking.map(\.name) == ["a", "b"])
    }

    @Test(arguments: [RankBag.all, .exchanged(limit: 320), .frozen(afterRows: 50)], [true, false])
    func `goes on after a stop as if there had been none, bit for bit`(bag: RankBag, isLevel: Bool) throws {
        let contract = isLevel ? FalseAlarmContract.level(0.01) : .runLength(300)
        var whole = try Self.columns(contract, bag: bag)
        var (stopped, draws, alarms) = (whole, SequentialDraws(5), 0)
        for row in 1...400 {
            var same = draws
            Self.add(&draws, shift: row > 200 ? 0.7 : 0, to: &whole)
            Self.add(&same, shift: row > 200 ? 0.7 : 0, to: &stopped)
            let (alarm, other) = (whole.endRow(), stopped.endRow())
            #expect(alarm == other && whole.evidence.bitPattern == stopped.evidence.bitPattern)
            alarms += alarm == nil ? 0 : 1
            if row % 67 == 0 {
                let bytes = stopped.encoded()
                stopped = try Self.columns(contract, bag: bag)
                try stopped.restore(bytes)
                #expect(stopped.encoded() == bytes)
            }
        }
        #expect(alarms > 0 && whole.encoded() == stopped.encoded())
    }

    @Test func `a state that is damaged or of another detector is refused`() throws {
        var (columns, draws) = (try Self.columns(), SequentialDraws(5))
        for _ in 0..<30 {
            Self.add(&draws, shift: 0, to: &columns)
            _ = columns.endRow()
        }
        let bytes = columns.encoded()
        var fresh = try Self.columns()
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[place] ^= 0x41
            #expect(throws: LeewayError.self) { try fresh.restore(damaged) }
            #expect(throws: LeewayError.self) { try fresh.restore(Array(bytes[..<place])) }
        }
        #expect(fresh.rows == 0)
        for var other in [
            try Self.columns(.runLength(501)), try Self.columns(.level(1 / 500)),
            try Self.columns(bag: .frozen(afterRows: 1)),
            try Self.columns(seed: 2),
        ] {
            let error = #expect(throws: LeewayError.self) { try other.restore(bytes) }
            #expect(error?.code == .damagedArtifact)
        }
        try fresh.restore(bytes)
        #expect(fresh.encoded() == bytes)
    }

    @Test func `a replay is the same as rows one by one`() throws {
        var (one, replayed, draws) = (try Self.columns(), try Self.columns(), SequentialDraws(6))
        let x = (0..<300).map { draws.normal() + ($0 > 150 ? 1 : 0) }
        let texts = (0..<300).map { _ in ["b", "z", nil, "a"][draws.place([0.3, 0.01, 0.1, 0.59])] }
        let data = try Dataset(columns: [
            .init("other", .numeric(x)), .init("c", .categorical(Categorical(texts))), .init("x", .numeric(x)),
        ])
        let alarms = try replayed.replay(data)
        var expected: [SequentialAlarm] = []
        for row in 0..<300 {
            let code =
                texts[row].map { $0 == "a" ? Int32(0) : $0 == "b" ? 1 : WindowCounts.newCode }
                ?? WindowCounts.missingCode
            one.add(number: x[row], to: 0)
            one.add(code: code, to: 2)
            if let alarm = one.endRow() { expected.append(alarm) }
        }
        #expect(alarms == expected && !alarms.isEmpty && one.encoded() == replayed.encoded())
        let wrong = try Dataset(columns: [.init("c", .numeric([1]))])
        let error = #expect(throws: LeewayError.self) { try replayed.replay(wrong) }
        #expect(error?.code == .wrongColumnKind)
    }

    @Test func `the one alarm keeps its promise though all columns are the same`() throws {
        for isSame in [true, false] {
            var (rows, alarms) = (0, 0)
            for run in 0..<40 {
                var draws = SequentialDraws(UInt64(run))
                let first = draws.normals(100)
                let reference = (0..<5).map { ReferenceCounts.numbers(isSame ? first : draws.normals(100), "\($0)") }
                var columns = try SequentialColumns(reference, contract: .runLength(200), seed: UInt64(run))
                var alarm: SequentialAlarm?
                for _ in 0..<1_000 where alarm == nil {
                    let number = draws.normal()
                    for column in 0..<5 { columns.add(number: isSame ? number : draws.normal(), to: column) }
                    alarm = columns.endRow()
                }
                rows += columns.rows
                alarms += alarm == nil ? 0 : 1
            }
            #expect(rows / max(1, alarms) > 160, "\(rows) \(alarms)")
        }
    }

    @Test func `settings that can't be are refused`() {
        #expect(throws: LeewayError.self) { try SequentialColumns([], contract: .runLength(10), seed: 1) }
        #expect(throws: LeewayError.self) {
            try SequentialColumns([.numbers([1])], contract: .runLength(10), weights: [0], seed: 1)
        }
        #expect(throws: LeewayError.self) {
            try SequentialColumns([.numbers([1])], contract: .runLength(10), weights: [1, 1], seed: 1)
        }
        #expect(throws: LeewayError.self) { try SequentialColumns([.numbers([1])], contract: .level(2), seed: 1) }
    }
}
