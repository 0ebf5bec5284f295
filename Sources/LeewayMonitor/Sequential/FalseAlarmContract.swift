package import LeewayCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a sequential detector promises about false alarms, however often it is looked at.
///
/// Each bet multiplies its stake by a factor e ≥ 0 whose mean is 1 as long as nothing changed. At row t a new stake γ(t) is
/// laid beside what the older ones have become: R(t) = (R(t − 1) + γ(t)) · e(t). The alarm is raised where R reaches the
/// threshold.
///
/// - Source: Shin, Ramdas & Rinaldo, E-detectors (2022), arXiv:2203.03532: a Shiryaev-Roberts e-detector.
package enum FalseAlarmContract: Sendable, Equatable, Codable {
    /// At most one false alarm per N rows: without a change the mean time to the alarm is N rows or more.
    ///
    /// γ(t) = 1 and the threshold is N: R(t) − t is a martingale, so the mean of t at the alarm is that of R, which is N at least.
    case runLength(Double)
    /// With probability 1 − α never a false alarm, however long the stream.
    ///
    /// γ(t) = 1 / ln(t − 1 + e) − 1 / ln(t + e), which sum to 1, and the threshold is 1 / α (Ville's inequality); what was
    /// not staked yet counts too.
    case level(Double)

    /// The contract itself where it can be kept.
    ///
    /// - Throws: `invalidSetting` unless a run length is a finite number of 1 or more, and a level above 0 and below 1.
    package func checked() throws(LeewayError) -> FalseAlarmContract {
        switch self {
        case .runLength(let rows):
            guard rows.isFinite, rows >= 1 else {
                throw LeewayError(
                    .invalidSetting, "At most one false alarm per \(rows) rows can't be promised.",
                    hint: "Give a number of rows of 1 or more.")
            }
        case .level(let level):
            guard level > 0, level < 1 else {
                throw LeewayError(
                    .invalidSetting, "A level of \(level) can't be promised.", hint: "Give one above 0 and below 1.")
            }
        }
        return self
    }

    /// Evidence of so much raises the alarm.
    package var threshold: Double {
        switch self {
        case .runLength(let rows): rows
        case .level(let level): 1 / level
        }
    }

    /// The new stake γ(t) before row t, counted from 1.
    @inline(__always)
    func stake(atRow row: Int) -> Double {
        switch self {
        case .runLength: 1
        case .level: Self.unstaked(row - 1) - Self.unstaked(row)
        }
    }

    /// What is not staked after t rows: it counts as evidence under `level`.
    @inline(__always)
    func reserve(afterRows rows: Int) -> Double {
        switch self {
        case .runLength: 0
        case .level: Self.unstaked(rows)
        }
    }

    /// 1 / ln(t + e): 1 before the first row.
    private static func unstaked(_ rows: Int) -> Double { rows == 0 ? 1 : 1 / log(Double(rows) + M_E) }
}
