import LeewayCore
import LeewayLearn
import LeewayMonitor
import LeewayStats
import Testing

@Suite struct DriftCheckTests {
    /// Numbers from 0 to 1, evenly spread, moved by a shift; NaN for the first so many.
    private static func even(_ count: Int, shift: Double = 0, missing: Int = 0) -> [Double] {
        (0..<count).map { $0 < missing ? .nan : (Double($0) + 0.5) / Double(count) + shift }
    }

    private static func pair(
        _ name: String, _ reference: [Double], _ window: [Double], importance: Double? = nil
    ) -> ColumnPair {
        let counts = ReferenceCounts(Dataset.Column(name, .numeric(reference)))
        var counted = WindowCounts(WindowBins([counts], labels: []))
        for number in window { counted.add(number: number, to: 0) }
        counted.endRows(window.count)
        return ColumnPair(counts, counted, importance: importance)
    }

    private static func categories(_ name: String, _ reference: [String], _ window: [String]) -> ColumnPair {
        let counts = ReferenceCounts(Dataset.Column(name, .categorical(Categorical(reference))))
        let bins = WindowBins([counts], labels: [])
        var counted = WindowCounts(bins)
        for text in window { counted.add(code: bins.code(of: text, in: 0), to: 0) }
        counted.endRows(window.count)
        return ColumnPair(counts, counted, importance: nil)
    }

    private static func check(_ pairs: [ColumnPair], _ change: (inout DriftSettings) -> Void = { _ in }) -> DriftReport
    {
        var settings = DriftSettings()
        change(&settings)
        return DriftCheck(settings).evaluate(pairs, referenceRows: 1000, windowRows: 500)
    }

    private static func halves(_ count: Int) -> [String] { (0..<count).map { $0.isMultiple(of: 2) ? "a" : "b" } }

    private static let quiet = pair("quiet", even(1000), even(500))
    /// Half a standard deviation of an even distribution.
    private static let moved = pair("moved", even(1000), even(500, shift: 0.144))

    @Test func `what did not move is no drift`() {
        let report = Self.check([Self.quiet, Self.categories("c", Self.halves(40), Self.halves(20))])
        #expect(report.verdict == .noDrift && report.drifted.isEmpty && report.hypotheses == 2)
    }

    @Test func `what moved is found, and only that`() throws {
        let report = Self.check([Self.quiet, Self.moved])
        #expect(report.verdict == .drift && report.drifted.map(\.name) == ["moved"])
        let column = try #require(report.drifted.first)
        #expect(column.shift > 0.2 && column.shift < 0.8)
        let interval = try #require(column.values.shiftInterval)
        #expect(interval.lower <= column.shift && column.shift <= interval.upper)
    }

    @Test func `a sure but tiny shift stays below the floor`() {
        let tiny = Self.pair("tiny", Self.even(60_000), Self.even(60_000, shift: 0.012))
        let report = Self.check([tiny])
        #expect(report.columns[0].values.adjustedPValue ?? 1 < 0.01)
        #expect(report.verdict == .noDrift)
        #expect(Self.check([tiny]) { $0.effectFloor = 0 }.verdict == .drift)
        #expect(DriftCheck(.classic).evaluate([tiny], referenceRows: 60_000, windowRows: 60_000).verdict == .drift)
    }

    @Test func `the correction counts every test of the check`() throws {
        let alone = Self.check([Self.moved])
        let among = Self.check([Self.moved] + (0..<9).map { Self.pair("q\($0)", Self.even(1000), Self.even(500)) })
        let (one, ten) = (
            try #require(alone.columns[0].values.adjustedPValue), try #require(among.columns[0].values.adjustedPValue)
        )
        #expect(abs(ten - min(1, 10 * one)) < 1e-15)
    }

    @Test func `values that go missing are drift of their own`() throws {
        let report = Self.check([Self.pair("x", Self.even(1000), Self.even(500, missing: 100))])
        let column = try #require(report.columns.first)
        #expect(column.missing?.isDrift == true && column.isDrift && report.verdict == .drift)
        #expect(column.sides == .init(reference: 1000, referenceMissing: 0, window: 400, windowMissing: 100))
        #expect(Self.check([Self.quiet]).columns[0].missing == nil)
    }

    @Test func `a new category is drift`() {
        let reference = (0..<1000).map { $0 % 2 == 0 ? "a" : "b" }
        let window = (0..<500).map { $0 % 10 == 0 ? "new" : $0 % 2 == 0 ? "a" : "b" }
        let report = Self.check([Self.categories("c", reference, window)])
        #expect(report.verdict == .drift && report.columns[0].shape?.newRows == 50)
    }

    @Test(arguments: [
        ([Double](), NoEvidence.emptyWindow), ([.nan, .nan], .allMissing), ([0.5], .tooFewRows),
        ([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, .nan], .tooFewRows),
    ])
    func `no evidence is neither drift nor calm`(_ window: [Double], _ reason: NoEvidence) {
        let report = Self.check([Self.quiet, Self.pair("x", Self.even(1000), window)]) { $0.effectFloor = 5 }
        #expect(report.columns[1].noEvidence == reason)
        #expect(report.verdict == .noEvidence)
        #expect(report.columns[1].values.adjustedPValue == nil)
    }

    @Test func `a reference without a value is no evidence either`() {
        let report = Self.check([Self.pair("x", [.nan, .nan], Self.even(100))])
        // Its values say nothing; that none is missing any more does.
        #expect(report.columns[0].noEvidence == .emptyReference && report.verdict == .drift)
        #expect(Self.check([]).verdict == .noEvidence)
    }

    @Test func `a drift elsewhere stays drift where something can't be judged`() {
        let report = Self.check([Self.moved, Self.pair("x", Self.even(10), [])])
        #expect(report.verdict == .drift && report.unjudged.map(\.name) == ["x"])
    }

    @Test func `the data set's rule weighs columns by importance`() {
        let pairs = [
            Self.pair("moved", Self.even(1000), Self.even(500, shift: 0.144), importance: 0.3),
            Self.pair("quiet", Self.even(1000), Self.even(500), importance: 0.7),
        ]
        #expect(abs(Self.check(pairs).driftedShare - 0.3) < 1e-15)
        #expect(Self.check(pairs) { $0.datasetRule = .share(0.4) }.verdict == .noDrift)
        #expect(Self.check(pairs) { $0.datasetRule = .share(0.3) }.verdict == .drift)
        #expect(Self.check(pairs) { $0.datasetRule = .count(2) }.verdict == .noDrift)
        #expect(Self.check(pairs) { $0.datasetRule = .count(1) }.verdict == .drift)
        #expect(abs(Self.check([Self.quiet, Self.moved]).driftedShare - 0.5) < 1e-15)
    }

    @Test func `the tests are Anderson-Darling and the combined one, and the published rule's Kolmogorov-Smirnov`() {
        let pairs = [Self.quiet, Self.categories("c", Self.halves(40), Self.halves(20))]
        #expect(Self.check(pairs).columns.map(\.values.outcome.result?.method) == [.andersonDarling, .combined])
        let classic = DriftCheck(.classic).evaluate(pairs, referenceRows: 1000, windowRows: 500)
        #expect(classic.columns.map(\.values.outcome.result?.method) == [.kolmogorovSmirnov])
    }

    @Test(arguments: DriftMethod.numeric)
    func `every test of numbers can decide`(_ method: DriftMethod) {
        let report = Self.check([Self.quiet, Self.moved]) { $0.numericTest = method }
        #expect(report.drifted.map(\.name) == ["moved"])
        #expect(report.columns[1].values.outcome.result?.method == method)
    }

    @Test(arguments: DriftMethod.categorical)
    func `every test of categories can decide`(_ method: DriftMethod) {
        let reference = (0..<1000).map { ["a", "b", "c", "d"][$0 % 4] }
        let window = (0..<500).map { ["a", "a", "a", "d"][$0 % 4] }
        let report = Self.check(
            [Self.categories("moved", reference, window), Self.categories("quiet", reference, reference)]
        ) { $0.categoricalTest = method }
        #expect(report.drifted.map(\.name) == ["moved"])
    }
}
