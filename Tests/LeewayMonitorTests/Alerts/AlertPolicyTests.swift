import LeewayCore
import LeewayStats
import Testing

@testable import LeewayMonitor

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Timelines: a character is a check, an hour after the one before; the cooldown is six hours unless said.
///
/// Checks: `-` no drift, `?` no evidence, `F` failed, `G` failed for another reason, `a` `b` `A` drift of column a, of b, of
/// both; `<` and `>` move the clock a day back and on before the next check, `^` promotes another version. Notices: `D` drift,
/// `R` recovery, `F` failure, `r` recovery from failure, `2` two at once, `.` none.
@Suite struct AlertPolicyTests {
    private static func notices(_ timeline: String, cooldown: Duration = .seconds(6 * 3600)) -> [[AlertNotice]] {
        var policy = AlertPolicy(cooldown: cooldown)
        var (time, version) = (Timestamp(milliseconds: 1_795_478_398_007), 1)
        var all: [[AlertNotice]] = []
        for check in timeline {
            let sighting: CheckSighting
            switch check {
            case "<", ">":
                time = Timestamp(milliseconds: time.milliseconds + (check == "<" ? -86_400_000 : 86_400_000))
                continue
            case "^":
                version += 1
                continue
            case "-": sighting = .noDrift
            case "?": sighting = .noEvidence
            case "F": sighting = .failed(code: "registry_failed")
            case "G": sighting = .failed(code: "damaged_artifact")
            case "a", "b": sighting = .drift(causes: ["\(check)"])
            default: sighting = .drift(causes: ["a", "b"])
            }
            all.append(policy.handle(sighting, version: version, at: time))
            time = Timestamp(milliseconds: time.milliseconds + 3_600_000)
            // What is kept in between is enough.
            let kept = try? JSONDecoder().decode(
                AlertPolicy.State.self, from: try JSONEncoder().encode(policy.state))
            policy = AlertPolicy(cooldown: cooldown, state: kept ?? AlertPolicy.State())
        }
        return all
    }

    private static func told(_ timeline: String, cooldown: Duration = .seconds(6 * 3600)) -> String {
        notices(timeline, cooldown: cooldown).map { notices in
            guard notices.count < 2 else { return "\(notices.count)" }
            return switch (notices.first?.kind, notices.first?.subject) {
            case (nil, _): "."
            case (.drift, _): "D"
            case (.failure, _): "F"
            case (.retraining, _): "X"
            case (.recovery, .failure): "r"
            case (.recovery, _): "R"
            }
        }.joined()
    }

    private static let timelines: [(checks: String, notices: String, why: Comment)] = [
        ("------", "......", "quiet"),
        ("--aa--", "..D.R.", "told once, and when it is over"),
        ("aaaaaaaaaaaaaaaa", "D...............", "the same alarm is not told again, however long it lasts"),
        ("a?a?--", "D...R.", "no evidence ends nothing"),
        ("??????", "......", "no evidence begins nothing"),
        ("aAbb-", "DD..R", "another column is news, one that was named is not"),
        ("abab-", "DD..R", "columns that take turns are named once each"),
        ("a-a-a-a-a-a-a-", "DR....DR....DR", "one that comes and goes is told once in a cooldown"),
        ("a-aaaaaaa-", "DR....D..R", "one that comes back and stays is told when the cooldown is over"),
        ("a-aaa-----", "DR........", "one that goes before it was told was never there"),
        ("a-b-", "DRDR", "another column does not wait for the cooldown"),
        ("a-^a-", "DRDR", "nor does another version"),
        ("aa^aa-", "D.D.R", "the same drift of another version is news"),
        ("aa^--", "D.R.", "a version that cures it"),
        ("FFF--", "F..r.", "failing checks are told once, and when they work again"),
        ("FF?", "F.r", "a check without evidence has worked"),
        ("F-F-F-F-F", "Fr....Fr.", "they have a cooldown, too"),
        ("FGF-", "FF.r", "another reason is news"),
        ("aFa-", "DFrR", "a check that failed ends no drift"),
        ("F-a", "FrD", "and its cooldown is not that of drift"),
        ("Fa-", "F2R", "recovered from failure into drift"),
        ("aF-", "DF2", "both over at once"),
        ("a-<aa", "DRD.", "a clock that steps back does not silence what is new"),
        ("a<aaaa-", "D....R", "nor does it tell again what lasts"),
        ("a-a>a", "DR.D", "one that leaps ends the cooldown"),
        ("a-<a-a-a-a-a", "DRDR....DR.", "and cooldowns go on by the clock as it is"),
    ]

    @Test(arguments: timelines)
    func `tell what they should`(checks: String, notices: String, why: Comment) {
        #expect(Self.told(checks) == notices, why)
    }

    @Test func `without a cooldown each alarm is told`() {
        #expect(Self.told("a-a-aa-", cooldown: .zero) == "DRDRD.R")
    }

    @Test func `an endless cooldown tells each cause once`() {
        #expect(Self.told("a-a-b-A-", cooldown: .seconds(Int64.max)) == "DR..DR..")
    }

    /// Whatever happens: no more notices of drift than cooldowns that begin and causes that are new in them, every recovery
    /// after a notice, never two in a row.
    @Test func `keeps its promises on random timelines`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let checks = (0..<60).map { _ in ["-", "a", "b", "A", "?", "F"][generator.next(below: 6)] }.joined()
            var (isTold, sent) = (false, [(hour: Int, new: Int)]())
            for (hour, notices) in Self.notices(checks).enumerated() {
                for notice in notices where notice.subject == .drift {
                    #expect(notice.kind != .recovery || isTold, "\(checks)")
                    isTold = notice.kind == .drift
                    if isTold { sent.append((hour, notice.newCauses.count)) }
                }
            }
            for window in 0..<54 {
                let inside = sent.filter { (window..<window + 6).contains($0.hour) }
                #expect(inside.count <= 3, "\(checks)")
            }
        }
    }

    @Test func `a notice says what is new, since when, and how much was held back`() {
        let notices = Self.notices("aaA--").flatMap(\.self)
        let begin = Timestamp(milliseconds: 1_795_478_398_007)
        #expect(
            notices == [
                AlertNotice(.drift, causes: ["a"], newCauses: ["a"], since: begin, heldBackCount: 0),
                AlertNotice(.drift, causes: ["a", "b"], newCauses: ["b"], since: begin, heldBackCount: 1),
                AlertNotice(
                    .recovery, of: .drift, causes: ["a", "b"], newCauses: [], since: begin, heldBackCount: 0),
            ])
    }
}
