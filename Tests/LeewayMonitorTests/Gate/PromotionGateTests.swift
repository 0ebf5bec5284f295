import LeewayCore
import LeewayLearn
import LeewayStats
import Testing

@testable import LeewayMonitor

@Suite struct PromotionGateTests {
    /// Forty rows, every third positive, on which the challenger is better.
    private static let labels = (0..<40).map { $0 % 3 == 0 }
    private static let champion = [
        0.8, 0.39, 0.41, 0.79, 0.26, 0.46, 0.83, 0.06, 0.51, 0.54, 0.29, 0.09, 0.72, 0.18, 0.52, 0.47, 0.34, 0.24, 0.67,
        0.12, 0.11, 0.75, 0.45, 0.34, 0.85, 0.12, 0.51, 0.4, 0.58, 0.37, 0.66, 0.58, 0.47, 0.77, 0.03, 0.22, 0.35, 0.12,
        0.13, 0.82,
    ]
    private static let challenger = [
        0.55, 0.14, 0.48, 0.85, 0.06, 0.26, 0.79, 0.1, 0.44, 0.57, 0.23, 0.31, 0.76, 0.35, 0.44, 0.99, 0.17, 0.39, 0.92,
        0.18, 0.01, 0.99, 0.18, 0.19, 0.99, 0.35, 0.28, 0.96, 0.02, 0.42, 0.72, 0.05, 0.4, 0.99, 0.12, 0.38, 0.68, 0.45,
        0.43, 0.63,
    ]

    private static func pair(turned: Bool = false) throws -> PairedScores {
        try PairedScores(
            labels: labels, champion: turned ? challenger : champion, challenger: turned ? champion : challenger)
    }

    // Oracle: scipy 1.17.1, ttest_rel(champion's losses, challenger's losses, alternative="greater"), and its two-sided
    // confidence_interval(0.95).
    @Test(arguments: [
        (
            GateMetric.logLoss, 0.4071870892491264, 0.2904909930817673, 0.019055390819671964,
            0.006731293326752555, 0.22666089900796565
        ),
        (.brierScore, 0.12557, 0.0799, 0.02244053748531248, 0.001096284143701172, 0.09024371585629884),
    ])
    func `losses are compared as by scipy`(
        metric: GateMetric, champion: Double, challenger: Double, pValue: Double, lower: Double, upper: Double
    ) throws {
        let found = try #require(PairedComparison(metric, try Self.pair()))
        #expect(abs(found.champion - champion) < 1e-12 && abs(found.challenger - challenger) < 1e-12)
        #expect(abs(found.pValue() - pValue) < 1e-12)
        #expect(abs(found.interval().lower - lower) < 1e-10 && abs(found.interval().upper - upper) < 1e-10)
        let turned = try #require(PairedComparison(metric, try Self.pair(turned: true)))
        #expect(abs(turned.improvement + found.improvement) < 1e-15)
        #expect(abs(turned.pValueOfHarm(beyond: 0) - found.pValue()) < 1e-12)
    }

    // Oracle: numpy 2.4, DeLong's components by their definition: the mean over all pairs of a positive and a negative row, and the
    // variance of the differences of the rows' means.
    @Test func `areas are compared as DeLong has it`() throws {
        let found = try #require(PairedComparison(.rocAUC, try Self.pair()))
        #expect(abs(found.champion - 0.9244505494505495) < 1e-12 && found.challenger == 1)
        #expect(abs(found.standardError - 0.043300398682037874) < 1e-12)
        #expect(abs(found.pValue() - 0.04051202623183728) < 1e-12)
    }

    @Test func `equal models are no better, and few rows say nothing`() throws {
        let same = try PairedScores(labels: Self.labels, champion: Self.champion, challenger: Self.champion)
        for metric in GateMetric.allCases {
            #expect(PairedComparison(metric, same)?.pValue() == 1)
            #expect(PairedComparison(metric, same)?.pValue(toleratingLoss: 0.01) == 0)
            #expect(PairedComparison(metric, try Self.pair().rows(Array(0..<29))) == nil)
        }
        #expect(throws: LeewayError.self) { try PairedScores(labels: [true], champion: [0.5], challenger: [1.5]) }
        #expect(throws: LeewayError.self) { try PairedScores(labels: [true], champion: [], challenger: [0.5]) }
    }

    private static func report(
        _ edit: (inout GateEvidence) throws -> Void = { _ in }, rules: (inout GateRules) -> Void = { _ in }
    ) throws -> GateReport {
        var (evidence, settings) = (GateEvidence(), GateRules())
        evidence.oldTest = try pair()
        evidence.window = try pair()
        evidence.latency = .init(champion: 10, challenger: 12)
        evidence.contractProblems = []
        evidence.isSandboxed = true
        try edit(&evidence)
        rules(&settings)
        return try PromotionGate(settings, threshold: 0.5, seed: 1).evaluate(evidence)
    }

    @Test func `what is better everywhere passes`() throws {
        let report = try Self.report()
        #expect(report.isPassed && report.failures.isEmpty)
        #expect(report.criteria.map(\.name) == GateReport.Criterion.Name.allCases)
        #expect(
            report.criteria[1].reason == "log loss 0.4072 → 0.2905 on the newest 40 rows; better (p 0.0191).")
        #expect(report.criteria[3].outcome == .notJudged)
    }

    @Test func `each criterion can refuse alone`() throws {
        func failures(
            _ edit: (inout GateEvidence) throws -> Void, rules: (inout GateRules) -> Void = { _ in }
        ) throws -> [GateReport.Criterion.Name] {
            try Self.report(edit, rules: rules).failures.map(\.name)
        }
        #expect(try failures({ $0.oldTest = try Self.pair(turned: true) }) == [.oldTest])
        #expect(
            try failures({ $0.window = try Self.pair(turned: true) }, rules: { $0.calibrationTolerance = 1 }) == [
                .window
            ])
        #expect(try failures({ _ in }, rules: { $0.floor = 1 }) == [.floor])
        let worse = GateEvidence.Slice(name: "sex = Female", scores: try Self.pair(turned: true))
        #expect(
            try failures({ $0.slices = [worse] }, rules: { ($0.sliceRows, $0.sliceTolerance) = (30, 0) }) == [.slices])
        #expect(try failures({ $0.latency = .init(champion: 10, challenger: 36) }) == [.latency])
        #expect(try failures({ $0.contractProblems = ["'age' is not known any more."] }) == [.contract])
        #expect(try failures({ $0.sandboxProblem = "it was killed by signal 11." }) == [.sandbox])
        // Without new rows it must be better on the old ones; without any nothing shows it.
        #expect(try failures({ $0.window = nil }).isEmpty)
        #expect(try failures({ ($0.window, $0.oldTest) = (nil, nil) }) == [.window])
    }

    @Test func `of challengers that are no better one in twenty passes the window`() throws {
        var passed = 0
        for seed in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(seed))
            func draw() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
            let truth = (0..<200).map { _ in 0.1 + 0.8 * draw() }
            let labels = truth.map { draw() < $0 }
            func noisy() -> [Double] { truth.map { min(max($0 + 0.2 * (draw() - 0.5), 0.02), 0.98) } }
            let scores = try PairedScores(labels: labels, champion: noisy(), challenger: noisy())
            if try #require(PairedComparison(.logLoss, scores)).pValue() <= 0.05 { passed += 1 }
        }
        // 20 are expected; 35 or more come once in a thousand times.
        #expect((8..<35).contains(passed), "\(passed)")
    }

    @Test func `evidence on paired labels grows for the better model, and hardly ever without a reason`() {
        var alarms = 0
        for seed in 0..<200 {
            var (generator, evidence) = (SeededGenerator(seed: UInt64(seed)), PairedEvidence())
            func draw() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
            for _ in 0..<2_000 {
                let truth = 0.1 + 0.8 * draw()
                evidence.add(
                    first: min(max(truth + 0.3 * (draw() - 0.5), 0), 1),
                    second: min(max(truth + 0.3 * (draw() - 0.5), 0), 1),
                    label: draw() < truth)
            }
            if evidence.peak >= 20 { alarms += 1 }
        }
        #expect(alarms <= 18, "\(alarms) of 200, where 10 are promised at most on average")
        var evidence = PairedEvidence()
        var rows = 0
        while evidence.value < 20, rows < 5_000 {
            evidence.add(first: 0.8, second: 0.6, label: rows % 10 < 8)
            rows += 1
        }
        #expect((50..<600).contains(rows), "\(rows)")
    }
}
