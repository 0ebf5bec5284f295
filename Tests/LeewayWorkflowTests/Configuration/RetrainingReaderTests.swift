import LeewayCore
import LeewayMonitor
import Testing

@testable import LeewayWorkflow

@Suite struct RetrainingReaderTests {
    private static func read(_ text: String) throws -> RetrainingConfiguration {
        try configuration(with: "retraining:\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined()).retraining
    }

    @Test func `what nobody wrote is the default`() throws {
        #expect(try configuration(with: "").retraining == RetrainingConfiguration())
        #expect(try Self.read("every: 1m") == RetrainingConfiguration())
    }

    @Test func `all that can be said is read`() throws {
        let read = try Self.read(
            """
            every: 10s
            on: {drift: 3, realised_drop: false, estimated_drop: false, labels: 500, schedule: "0 3 * * 1"}
            cooldown: 2h
            min_rows: 7
            min_labels: 8
            min_growth: 0.3
            per_day: 2
            data: log
            history: {half_life: 30d}
            time: at
            key: [id, branch]
            gate: {metric: brier_score, tolerance: 0.01, level: 0.01, rows: 500, min_roc_auc: 0.6, slices: [job], slice_rows: 99}
            promote: canary
            trial: {share: 0.2, level: 0.01, at_most: 3d}
            probation: {for: 2d, tolerance: 0.05, errors: 0.1, latency_factor: 5}
            memory_limit: 1GB
            """)
        var rules = RetrainRules()
        (rules.driftChecks, rules.onRealisedDrop, rules.onEstimatedDrop, rules.labels) = (3, false, false, 500)
        rules.schedule = try CronSchedule("0 3 * * 1")
        (rules.cooldown, rules.minimumRows, rules.minimumLabels) = (.seconds(7_200), 7, 8)
        (rules.minimumGrowth, rules.perDay) = (0.3, 2)
        #expect(read.rules == rules)
        #expect(read.every == .seconds(10) && read.material == .log && read.history == .halfLife(.seconds(30 * 86_400)))
        #expect(read.time == "at" && read.key == ["id", "branch"])
        #expect(read.gate.metric == .brierScore && read.gate.sliceColumns == ["job"] && read.gate.sliceRows == 99)
        #expect(read.gateRows == 500 && read.promotion == .canary && read.trial.share == 0.2)
        #expect(read.trial.longest == .seconds(3 * 86_400) && read.probation.latencyFactor == 5)
        #expect(read.memoryLimit?.bytes == 1_000_000_000)
    }

    @Test func `the classic policy asks for nothing`() throws {
        let read = try Self.read("policy: classic")
        #expect(read.policy == .classic && read.rules.driftChecks == 1 && read.rules.minimumGrowth == 0)
        #expect(read.rules.cooldown == .zero && read.rules.minimumLabels == 0)
    }

    @Test(arguments: [
        ("on: {drift: false}", Int?.none), ("on: {drift: true}", 2), ("on: {drift: 1}", 1),
    ])
    func `drift is a number of checks, or a word`(_ text: String, _ checks: Int?) throws {
        #expect(try Self.read(text).rules.driftChecks == checks)
    }

    @Test(arguments: [
        "every: 0s", "every: soon", "policy: gatted", "on: {drift: 0}", "on: {drift: maybe}", "on: {drift: 1000}",
        "on: {labels: 0}", "on: {schedule: '61 * * * *'}", "on: {schedule: daily}", "on: {drifts: 2}", "on: 3",
        "cooldown: -1h", "min_rows: -1", "min_growth: 11", "min_growth: .nan", "per_day: 0", "data: all",
        "history: {window: 0d}", "history: {window: 1d, half_life: 1d}", "history: some", "key: []",
        "gate: {metric: auc}", "gate: {tolerance: -1}", "gate: {level: 0}", "gate: {level: 1}", "gate: {rows: 0}",
        "gate: {min_roc_auc: 1.5}", "gate: {slice: [a]}", "promote: now", "trial: {share: 0}", "trial: {share: 1.1}",
        "trial: {level: 2}", "probation: {for: x}", "probation: {errors: 2}", "probation: {latency_factor: 0.5}",
        "memory_limit: 3", "memory: 1GB",
    ])
    func `what makes no sense is refused, with its line`(_ text: String) throws {
        let error = #expect(throws: LeewayError.self) { _ = try Self.read(text) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.hasPrefix("leeway.yaml, line 4") ?? false, "\(error?.message ?? "")")
    }

    @Test func `words and bytes at random are read or refused, and nothing else`() throws {
        let words = [
            "on", "drift", "gate", "history", "window", "half_life", "key", "trial", "probation", ":", "{", "}", "[",
            "]", ",", "1", "-3", "0.5", "true", "2h", "\"", "~", "&a", "*a", "|", "\n  ", "é", "\u{0}",
        ]
        var bits: UInt64 = 7
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<12 {
                bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += words[Int(bits >> 33) % words.count] + (bits >> 60 > 7 ? " " : "")
            }
            do {
                _ = try Self.read(text)
            } catch let error as LeewayError {
                #expect(error.code == .invalidConfiguration)
            }
        }
    }
}
