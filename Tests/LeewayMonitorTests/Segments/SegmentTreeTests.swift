import LeewayCore
import LeewayMonitor
import Testing

/// People with an age, hours, a gain that is mostly 0, a sex, a class of work that may be missing, and one of 16 grades.
private struct People {
    struct Person {
        var age: Double
        var hours: Double
        var gain: Double
        var sex: String
        var work: String?
        var grade: String
    }

    private static let work = ["Private", "Private", "Private", "Private", "Self-emp", "Local-gov", "State-gov", nil]

    var rows: [Person] = []

    /// Draws people; of those that are not wanted, only some are kept.
    init(_ draws: inout Draws, _ count: Int, keeps: (Person, Double) -> Bool = { _, _ in true }) {
        while rows.count < count {
            let u = draws.fraction()
            let person = Person(
                age: (17 + 60 * u * u.squareRoot()).rounded(), hours: (40 + 10 * draws.gaussian()).rounded(),
                gain: draws.next(below: 12) > 0 ? 0 : (9_000 * draws.fraction()).rounded(),
                sex: draws.next(below: 3) == 0 ? "Female" : "Male", work: Self.work[draws.next(below: 8)],
                grade: "grade \(draws.next(below: 16))")
            if keeps(person, draws.fraction()) { rows.append(person) }
        }
    }

    func dataset() throws -> Dataset {
        try Dataset(columns: [
            .init("age", .numeric(rows.map(\.age))), .init("hours", .numeric(rows.map(\.hours))),
            .init("gain", .numeric(rows.map(\.gain))), .init("sex", .categorical(Categorical(rows.map(\.sex)))),
            .init("work", .categorical(Categorical(rows.map(\.work)))),
            .init("grade", .categorical(Categorical(rows.map(\.grade)))),
        ])
    }
}

@Suite struct SegmentTreeTests {
    private static func segments(
        _ seed: UInt64, _ count: Int = 3_000, keeps: (People.Person, Double) -> Bool
    ) throws -> [DriftSegment] {
        var draws = Draws(seed: seed)
        let reference = try People(&draws, 6_000).dataset()
        let window = try People(&draws, count, keeps: keeps).dataset()
        let finding = SegmentTree(seed: seed).evaluate(reference: reference, window: window)
        #expect(finding.noEvidence == nil && finding.leftOut.isEmpty)
        return finding.segments
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a segment of two conditions is found, and nothing else`(seed: UInt64) throws {
        let segments = try Self.segments(seed) { $0.age > 55 && $0.sex == "Female" || $1 < 1.0 / 3 }
        #expect(segments.count == 1)
        let segment = try #require(segments.first)
        #expect(segment.conditions.count == 2)
        guard case .numbers(let above?, nil) = try #require(segment.conditions.first).values else {
            Issue.record("\(segment)")
            return
        }
        #expect((53...57).contains(above) && segment.conditions[0].column == "age")
        #expect(segment.conditions[1] == SegmentCondition(column: "sex", values: .among(["Female"]), orMissing: false))
        // 8 % of the reference are old women; of the window 3 · .08 / (1 + 2 · .08).
        let ratio = try #require(segment.frequency.ratio)
        #expect(segment.frequency.lower < 2.6 && segment.frequency.upper ?? 0 > 2.3 && ratio > 2 && ratio < 3.2)
        #expect(segment.explained > 0.8 && segment.explained <= 1 && segment.pValue < 1e-20)
    }

    @Test func `the segment in words`() throws {
        let segment = try #require(try Self.segments(2) { $0.age > 55 && $0.sex == "Female" || $1 < 0.3 }.first)
        #expect(segment.description == "age > 56 and sex = Female: 2.8 times more frequent")
    }

    @Test func `what is gone and what is new are told`() throws {
        let gone = try Self.segments(7) { person, _ in person.work != "State-gov" }
        #expect(gone.map(\.description) == ["work = State-gov: only in the reference"])
        var draws = Draws(seed: 8)
        let reference = try People(&draws, 4_000).dataset()
        var window = People(&draws, 1_000)
        for row in stride(from: 0, to: 1_000, by: 10) { window.rows[row].grade = "grade 99" }
        let found = SegmentTree().evaluate(reference: reference, window: try window.dataset())
        #expect(found.segments.map(\.description) == ["grade = grade 99: only in the window"])
        for row in 0..<1_000 {
            window.rows[row].grade = "grade 1"
            if row % 3 == 0 { window.rows[row].work = nil }
        }
        let missing = SegmentTree().evaluate(
            reference: reference, window: try window.dataset().selecting(["work", "age"]))
        #expect(missing.segments.map(\.conditions) == [[.init(column: "work", values: .none, orMissing: true)]])
    }

    @Test func `several categories are one condition, and the two ends of a range are too`() throws {
        let half = ["grade 1", "grade 3", "grade 5", "grade 7", "grade 9", "grade 11", "grade 13"]
        let grades = try Self.segments(3) { person, draw in half.contains(person.grade) || draw < 0.3 }
        #expect(grades.count == 1 && grades.first?.conditions.count == 1)
        guard case .except(let others)? = grades.first?.conditions.first?.values else {
            Issue.record("\(grades)")
            return
        }
        #expect(Set(others) == Set(half))
        let range = try Self.segments(4) { person, draw in (30..<38).contains(person.age) || draw < 0.2 }
        #expect(range.count == 1 && range.first?.conditions.count == 1)
        guard case .numbers(let above?, let upTo?)? = range.first?.conditions.first?.values else {
            Issue.record("\(range)")
            return
        }
        // 29 and 37 but for the nearest edges of the reference's twentieths.
        #expect((27...30).contains(above) && (36...38).contains(upTo))
    }

    @Test func `missing numbers go with the side that they are like`() throws {
        var draws = Draws(seed: 9)
        func side(_ lowShare: Double) throws -> Dataset {
            let values = (0..<2_000).map { _ -> Double in
                let isLow = draws.fraction() < lowShare
                return draws.next(below: 5) == 0 ? (isLow ? .nan : 10) : isLow ? draws.fraction() : 1 + draws.fraction()
            }
            return try Dataset(["x": values])
        }
        let reference = try side(0.1)
        let finding = SegmentTree().evaluate(reference: reference, window: try side(0.5))
        #expect(finding.segments.count == 1)
        let condition = try #require(finding.segments.first?.conditions.first)
        guard case .numbers(nil, let upTo?) = condition.values else {
            Issue.record("\(finding)")
            return
        }
        #expect(condition.orMissing && (0.9...1.1).contains(upTo))
    }

    // 300 draws at a level of 5 %; 15 are the most that are expected.
    @Test func `nothing is reported where nothing moved`() throws {
        var found = 0
        for seed in 0..<300 as Range<UInt64> {
            var draws = Draws(seed: 100 + seed)
            let reference = try People(&draws, 150).dataset()
            let window = try People(&draws, 100).dataset()
            if !SegmentTree(seed: seed).evaluate(reference: reference, window: window).segments.isEmpty { found += 1 }
        }
        #expect(found <= 15)
    }

    @Test func `a column that says nothing, and too few rows, are no segments`() throws {
        func finding(_ reference: [Double], _ window: [Double]) throws -> SegmentTree.Finding {
            SegmentTree().evaluate(reference: try Dataset(["x": reference]), window: try Dataset(["x": window]))
        }
        let twenty = (0..<20).map(Double.init)
        #expect(try finding(twenty, []).noEvidence == .emptyWindow)
        #expect(try finding([], twenty).noEvidence == .emptyReference)
        #expect(try finding(twenty, Array(twenty.dropLast())).noEvidence == .tooFewRows)
        let still = [Double](repeating: 1, count: 40)
        let quiet = try finding(still, still)
        #expect(quiet.segments.isEmpty && quiet.noEvidence == nil && quiet.leftOut.isEmpty)
        #expect(
            try finding(still.map { _ in .nan }, still).segments.map(\.description) == [
                "x is not missing: only in the window"
            ])
        #expect(try finding(still, still.map { $0 + 1 }).segments.map(\.description) == ["x > 1: only in the window"])
        let wrong = SegmentTree().evaluate(
            reference: try Dataset(["x": twenty]),
            window: try Dataset(columns: [.init("x", .categorical(Categorical(twenty.map { "\($0)" })))]))
        #expect(wrong.noEvidence == .wrongType && wrong.leftOut == [LeftOutColumn("x", .wrongType)])
    }

    @Test func `infinities are numbers, and rows are drawn by the seed`() throws {
        let reference = (0..<200).map { Double($0 % 50) }
        let window = (0..<200).map { $0 % 2 == 0 ? Double.infinity : Double($0 % 50) }
        let tree = SegmentTree(sampleLimit: 150, seed: 3)
        let first = tree.evaluate(reference: try Dataset(["x": reference]), window: try Dataset(["x": window]))
        #expect(first == tree.evaluate(reference: try Dataset(["x": reference]), window: try Dataset(["x": window])))
        #expect(first.segments.count == 1)
        #expect(first.segments.first?.frequency.description == "only in the window")
        #expect(first.segments.first?.conditions.first?.description.hasPrefix("x > ") == true)
    }
}
