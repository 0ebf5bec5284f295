import Foundation
import LeewayCore
import Testing

@testable import LeewayMonitor

@Suite struct RetrainPolicyTests {
    @Test func `a retraining that failed has learned nothing: its cause and its labels are heard again`() {
        var rules = RetrainRules()
        (rules.cooldown, rules.minimumLabels, rules.minimumGrowth) = (.seconds(3_600), 100, 0)
        var policy = RetrainPolicy(rules)
        let material = RetrainMaterial(rows: 500, labels: 500, trainedRows: 1_000, isSourceChanged: false)
        func decide(_ hour: Int64) -> RetrainDecision {
            policy.handle(.tick, material, at: Timestamp(milliseconds: hour * 3_600_000))
        }
        policy.note(.init(isDrift: true, causes: ["age"]))
        policy.note(.init(isDrift: true, causes: ["age"]))
        for (hour, wait) in [(0, 1), (2, 3), (6, 7)] as [(Int64, Int64)] {
            let noted = policy.state
            #expect(decide(hour).action == .retrain)
            policy.noteFailure(since: noted)
            // The cooldown doubles each time: 2, 4, 8 hours.
            #expect(decide(wait).obstacle == .cooldown)
        }
        #expect(decide(14).action == .retrain)
        // One that succeeded has used them up.
        policy.noteEnd(isRefused: false)
        #expect(decide(30).action == .nothing)
    }

    /// What a policy says of a timeline, an hour a sign.
    ///
    /// Signs of events: `-` a quiet check, `D` drift, `H` harm, `E` an estimated drop, `?` no evidence, `M` by hand, `.` time alone.
    /// Signs of answers: `R` retrain, `c` cooldown, `b` budget, `l` too few labels, `r` too few rows, `x` cannot help, `-` nothing.
    ///
    /// What is kept between two events is enough: the state is written and read after each.
    private static func decisions(
        _ timeline: String, labelsPerHour: Int = 1_000, _ edit: (inout RetrainRules) -> Void = { _ in }
    ) -> String {
        var rules = RetrainRules()
        (rules.cooldown, rules.minimumLabels, rules.minimumGrowth, rules.perDay) = (.zero, 0, 0, 1_000)
        edit(&rules)
        var (state, said) = (RetrainPolicy.State(), "")
        for (hour, sign) in timeline.enumerated() {
            var policy = RetrainPolicy(rules, state: state)
            let event: RetrainEvent =
                switch sign {
                case "-": .check(.init(isDrift: false))
                case "D": .check(.init(isDrift: true, causes: ["age"]))
                case "H": .check(.init(isDrift: false, isRealisedDrop: true))
                case "E": .check(.init(isDrift: false, isEstimatedDrop: true))
                case "?": .check(.init(isDrift: nil))
                case "M": .request("why not")
                default: .tick
                }
            let material = RetrainMaterial(
                rows: hour * 1_000, labels: hour * labelsPerHour, trainedRows: 10_000, isSourceChanged: false)
            let decision = policy.handle(event, material, at: Timestamp(milliseconds: Int64(hour) * 3_600_000))
            switch (decision.action, decision.obstacle) {
            case (.retrain, _): said += "R"
            case (.cannotHelp, _): said += "x"
            case (.wait, .cooldown): said += "c"
            case (.wait, .budget): said += "b"
            case (.wait, .tooFewLabels): said += "l"
            case (.wait, _): said += "r"
            case (.nothing, _): said += "-"
            }
            let bytes = try? JSONEncoder().encode(policy.state)
            state = bytes.flatMap { try? JSONDecoder().decode(RetrainPolicy.State.self, from: $0) } ?? .init()
        }
        return said
    }

    @Test(arguments: [
        ("--D-D--", "----R--", "drift must be confirmed"),
        ("--D--D-", "-------", "by two of the last three checks"),
        ("--DD-DD", "---R--R", "and anew after each retraining"),
        ("--D?D--", "----R--", "what is no evidence is no check"),
        ("---H---", "---R---", "harm needs no confirmation"),
        ("---E---", "---R---", "nor does an estimate"),
        ("--M----", "--R----", "by hand at once"),
        ("-------", "-------", "quiet"),
    ])
    func `timelines`(events: String, decisions: String, why: Comment) {
        #expect(Self.decisions(events) == decisions, why)
    }

    @Test func `the cooldown is waited for, and what lasts is heard then`() {
        #expect(Self.decisions("-DDDDDDDD") { $0.cooldown = .seconds(4 * 3600) } == "--R-ccR-c")
        #expect(Self.decisions("-HHHMHHHH") { $0.cooldown = .seconds(3 * 3600) } == "-RccRccRc")
    }

    @Test func `the budget of a day`() {
        let events = String(repeating: "H", count: 30)
        #expect(Self.decisions(events) { $0.perDay = 3 } == "xRRR" + String(repeating: "b", count: 21) + "RRRbb")
    }

    @Test func `labels are waited for`() {
        #expect(Self.decisions("-HHHHH") { $0.minimumLabels = 3_000 } == "-llRll")
        // A tenth of 10,000 rows, at 300 an hour.
        #expect(Self.decisions("-HHHHHH", labelsPerHour: 300) { $0.minimumGrowth = 0.1 } == "-lllRll")
    }

    @Test func `so many labels call for a retraining, and rows are waited for`() {
        #expect(Self.decisions("-------") { $0.labels = 2_000 } == "--R-R-R")
        #expect(Self.decisions("-HHHHHH") { $0.minimumRows = 2_500 } == "-rrRrrR")
    }

    @Test func `without a label it cannot help`() {
        #expect(Self.decisions("-DD-M", labelsPerHour: 0) == "--xxx")
    }

    @Test func `a schedule over a year`() throws {
        let schedule = try CronSchedule("0 3 1 * *")
        let said = Self.decisions(String(repeating: ".", count: 365 * 24)) { $0.schedule = schedule }
        #expect(said.count { $0 == "R" } == 12)
        // On the first of January at three.
        #expect(said.prefix(4) == "---R")
    }

    @Test func `what the clock missed is made up for once`() throws {
        var rules = RetrainRules()
        (rules.schedule, rules.minimumLabels, rules.minimumGrowth) = (try CronSchedule("@daily"), 0, 0)
        var policy = RetrainPolicy(rules)
        func tick(day: Double) -> RetrainDecision.Action {
            let material = RetrainMaterial(rows: 0, labels: Int(day * 10) + 1, isSourceChanged: false)
            return policy.handle(.tick, material, at: Timestamp(milliseconds: Int64(day * 86_400_000))).action
        }
        #expect(tick(day: 0.5) == .nothing)
        #expect(tick(day: 7.5) == .retrain)
        #expect(tick(day: 7.6) == .nothing)
        // A clock that steps back misses nothing and makes nothing due twice.
        #expect(tick(day: 2.5) == .nothing)
        #expect(tick(day: 8.1) == .retrain)
    }

    @Test func `refused challengers double the cooldown, a promoted one ends that`() {
        var rules = RetrainRules()
        (rules.cooldown, rules.minimumLabels, rules.minimumGrowth, rules.perDay) = (.seconds(3600), 0, 0, 1_000)
        var policy = RetrainPolicy(rules)
        var hours: [Int] = []
        for hour in 1..<40 {
            let check = RetrainEvent.Check(isDrift: false, isRealisedDrop: true)
            let material = RetrainMaterial(rows: hour, labels: hour, isSourceChanged: false)
            let time = Timestamp(milliseconds: Int64(hour) * 3_600_000)
            guard policy.handle(.check(check), material, at: time).action == .retrain else { continue }
            hours.append(hour)
            policy.noteEnd(isRefused: hours.count < 5)
        }
        #expect(hours == [1, 3, 7, 15, 31, 32, 33, 34, 35, 36, 37, 38, 39])
    }

    @Test func `another version forgets the checks of the one before`() {
        var rules = RetrainRules()
        (rules.minimumLabels, rules.minimumGrowth) = (0, 0)
        var policy = RetrainPolicy(rules)
        let material = RetrainMaterial(rows: 1, labels: 1, isSourceChanged: true)
        for version in [1, 2, 3] {
            let check = RetrainEvent.Check(version: version, isDrift: true)
            #expect(policy.handle(.check(check), material, at: Timestamp(milliseconds: 0)).action == .nothing)
        }
    }

    @Test func `reasons say what was seen and what follows`() {
        var policy = RetrainPolicy(RetrainRules())
        func reason(_ event: RetrainEvent, labels: Int) -> String {
            policy.handle(
                event, .init(rows: 10, labels: labels, trainedRows: 5_000, isSourceChanged: false),
                at: Timestamp(milliseconds: 0)
            ).reason
        }
        let drift = RetrainEvent.check(.init(isDrift: true, causes: ["age", "hours"]))
        #expect(reason(drift, labels: 0) == "Nothing calls for a retraining.")
        #expect(
            reason(drift, labels: 0)
                == "Drift in 2 of the last 2 checks (age, hours), but no label came since the last training and the source is as it was: retraining cannot help."
        )
        #expect(
            reason(drift, labels: 300)
                == "Drift in 3 of the last 3 checks (age, hours), but 300 of 500 labels came since the last training.")
        #expect(reason(drift, labels: 500) == "Drift in 3 of the last 3 checks (age, hours).")
    }
}
