import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct SequentialHarmTests {
    // Oracle: scipy 1.17.1, beta.ppf(confidence, errors + 1, rows - errors).
    @Test(arguments: [
        (565, 5_000, 0.95, 0.12063244418582474), (0, 100, 0.95, 0.029513049607039925),
        (3, 10, 0.9, 0.551730832383599), (99, 100, 0.95, 0.9994871985837377),
        (12_345, 1_000_000, 0.99, 0.01260430640255584), (40_000_000, 90_000_000, 0.95, 0.44453060592235677),
    ]) func `the bound of errors is Clopper and Pearson's`(
        errors: Int, rows: Int, confidence: Double, expected: Double
    ) {
        let tolerance = 1e-11
        #expect(abs(RiskBound.ofErrors(errors, rows: rows, confidence: confidence) / expected - 1) < tolerance)
    }

    // Oracle: scipy 1.17.1, brentq(lambda u: n * kl(s / n, u) + log(1 - confidence), s / n + 1e-9, 1 - 1e-9).
    @Test func `the bound of losses is Chernoff's`() {
        #expect(abs(RiskBound.ofLosses(565.5, rows: 5_000, confidence: 0.95) - 0.12437136140343315) < 1e-12)
        #expect(abs(RiskBound.ofLosses(0, rows: 100, confidence: 0.95) - 0.02951304960704) < 1e-12)
        #expect(RiskBound.ofLosses(100, rows: 100, confidence: 0.95) == 1)
        #expect(RiskBound.ofErrors(100, rows: 100, confidence: 0.95) == 1)
    }

    @Test(arguments: [FalseAlarmContract.runLength(1_000), .level(0.1)])
    func `evidence grows by the stake on average where the risk is just tolerated`(contract: FalseAlarmContract) throws
    {
        var harm = try SequentialHarm(errors: 100, rows: 1_000, tolerance: 0.01, contract: contract)
        var draws = SequentialDraws(1)
        for _ in 0..<300 {
            var (right, wrong) = (harm, harm)
            right.add(loss: 0)
            wrong.add(loss: 1)
            let mean = (1 - harm.toleratedRisk) * right.evidence + harm.toleratedRisk * wrong.evidence
            #expect(abs(mean / (harm.evidence + (contract == .level(0.1) ? 0 : 1)) - 1) < 1e-12)
            // A loss between is paid between: no bet profits from spread.
            var half = harm
            half.add(loss: 0.5)
            #expect(abs(half.evidence - (right.evidence + wrong.evidence) / 2) < 1e-9 * (1 + wrong.evidence))
            harm.add(loss: draws.uniform() < 0.2 ? 1 : draws.uniform() * 0.2)
        }
    }

    /// Error rates of a boosted classifier on SEA's concepts before and after the change: .113 and .170.
    private static func run(_ stream: UInt64, after: Double, limit: Int) throws -> Int? {
        var draws = SequentialDraws(stream)
        let errors = (0..<5_000).count { _ in draws.uniform() < 0.113 }
        var harm = try SequentialHarm(errors: errors, rows: 5_000, contract: .runLength(10_000))
        for row in 1...limit {
            harm.add(loss: draws.uniform() < (row <= 500 ? 0.113 : after) ? 1 : 0)
            if harm.isAlarm { return row - 500 }
        }
        return nil
    }

    @Test func `a risk that rises by half is found within 350 rows at one false alarm per 10,000`() throws {
        let delays = try (0..<60).map { try Self.run($0, after: 0.17, limit: 5_000) ?? .max }.sorted()
        #expect(delays[30] <= 350 && delays[0] > 0, "\(delays)")
    }

    @Test func `a risk that stays raises few alarms, one that falls none`() throws {
        #expect(try (0..<40).count { try Self.run($0, after: 0.113, limit: 2_500) != nil } <= 4)
        #expect(try (0..<10).count { try Self.run($0, after: 0.05, limit: 2_500) != nil } == 0)
    }

    @Test func `losses that spread little are found sooner than errors of the same risk`() throws {
        var (errors, losses) = (
            try SequentialHarm(losses: 500, rows: 5_000, contract: .runLength(10_000)),
            try SequentialHarm(losses: 500, rows: 5_000, contract: .runLength(10_000))
        )
        var draws = SequentialDraws(8)
        var (errorRow, lossRow) = (0, 0)
        for row in 1...2_000 {
            errors.add(loss: draws.uniform() < 0.14 ? 1 : 0)
            losses.add(loss: 0.14 + 0.02 * draws.normal().clamped)
            if errors.isAlarm, errorRow == 0 { errorRow = row }
            if losses.isAlarm, lossRow == 0 { lossRow = row }
        }
        #expect(lossRow > 0 && lossRow < 100 && (errorRow == 0 || errorRow > lossRow))
    }

    @Test func `goes on after a stop as if there had been none`() throws {
        var (whole, draws) = (try SequentialHarm(errors: 3, rows: 50, contract: .level(0.05)), SequentialDraws(2))
        var stopped = whole
        for row in 0..<200 {
            let loss = draws.uniform()
            whole.add(loss: loss)
            stopped.add(loss: loss)
            if row % 50 == 7 {
                var next = try SequentialHarm(errors: 3, rows: 50, contract: .level(0.05))
                try next.restore(stopped.encoded())
                stopped = next
            }
            #expect(stopped == whole)
        }
        whole.reset()
        #expect(whole.evidence == 1 && whole.rows == 200)
        var other = try SequentialHarm(errors: 4, rows: 50, contract: .level(0.05))
        #expect(throws: LeewayError.self) { try other.restore(stopped.encoded()) }
    }

    @Test func `the recent risk is that of the labels, before and after an alarm`() throws {
        var harm = try SequentialHarm(errors: 4, rows: 50, contract: .runLength(1000))
        #expect(harm.recentRisk == nil)
        for row in 0..<600 {
            harm.add(loss: row % 5 == 0 ? 0 : 1)
            if harm.isAlarm { harm.reset() }
        }
        let risk = try #require(harm.recentRisk)
        #expect(abs(risk - 0.8) < 0.01)
        var restored = try SequentialHarm(errors: 4, rows: 50, contract: .runLength(1000))
        try restored.restore(harm.encoded())
        #expect(restored.recentRisk == risk)
    }

    @Test func `settings that can't be are refused`() {
        let contract = FalseAlarmContract.runLength(100)
        #expect(throws: LeewayError.self) { try SequentialHarm(errors: 5, rows: 4, contract: contract) }
        #expect(throws: LeewayError.self) { try SequentialHarm(errors: 0, rows: 0, contract: contract) }
        #expect(throws: LeewayError.self) { try SequentialHarm(errors: 4, rows: 4, contract: contract) }
        #expect(throws: LeewayError.self) {
            try SequentialHarm(errors: 1, rows: 4, confidence: 1, contract: contract)
        }
        #expect(throws: LeewayError.self) {
            try SequentialHarm(errors: 1, rows: 40, tolerance: -0.1, contract: contract)
        }
        #expect(throws: LeewayError.self) { try SequentialHarm(losses: .nan, rows: 4, contract: contract) }
    }
}

extension Double {
    fileprivate var clamped: Double { Swift.min(Swift.max(self, -3), 3) }
}
