package import LeewayMonitor

/// When and how a model is trained again, and what takes the champion's place; with no argument, what is so where the
/// user wrote nothing.
///
/// No part of what makes a run reproducible, so it is not encoded.
package struct RetrainingConfiguration: Sendable, Equatable {
    /// What a new version must do to become the champion.
    package enum Policy: String, Sendable, CaseIterable {
        /// It must pass the gate.
        case gated
        /// Nothing: it replaces the champion, as the published pipeline does.
        case classic
    }

    /// What a retraining learns from.
    package enum Material: String, Sendable, CaseIterable {
        /// The source, read anew.
        case source
        /// The logged rows whose labels came in.
        case log
        case both
    }

    /// How much rows count by their age.
    package enum History: Sendable, Equatable {
        case all
        /// Rows that are older are left out.
        case window(Duration)
        /// A row counts half after so long, a quarter after twice as long.
        case halfLife(Duration)
    }

    /// What becomes of a challenger that passed the gate.
    package enum Promotion: String, Sendable, CaseIterable {
        /// It becomes the champion at once.
        case auto
        /// It scores every request beside the champion, until its labels have shown that it is better.
        case shadow
        /// It answers a share of the requests, until its labels have shown that it is better.
        case canary
        /// It waits for somebody to promote it.
        case manual
    }

    /// How a challenger is tried on requests.
    package struct Trial: Sendable, Equatable {
        /// The share of requests that a canary answers.
        package var share = 0.1
        /// The chance with which a challenger that is no better is promoted, however long it is watched.
        package var level = 0.05
        /// After so long without evidence the champion stays.
        package var longest = Duration.seconds(14 * 86_400)

        package init() {}
    }

    /// How a new champion is watched.
    package struct Probation: Sendable, Equatable {
        /// For so long; zero: not at all.
        package var length = Duration.seconds(86_400)
        /// How much more often than before it may be wrong.
        package var tolerance = 0.02
        /// The share of requests that may fail.
        package var errorShare = 0.01
        /// How many times the time of a row may be what it was before.
        package var latencyFactor = 3.0

        package init() {}
    }

    /// How often the loop takes a step, where a server takes them.
    package var every = Duration.seconds(60)
    package var policy = Policy.gated
    package var rules = RetrainRules()
    package var material = Material.both
    package var history = History.all
    /// The column of the source that tells when a row was; nil: none does.
    package var time: String?
    /// The columns that name a row; nil: rows with the same content are the same.
    package var key: [String]?
    package var gate = GateRules()
    /// The most new rows that the gate looks at, the newest.
    package var gateRows = 20_000
    package var promotion = Promotion.auto
    package var trial = Trial()
    package var probation = Probation()
    /// What a retraining may hold in memory; nil: as the machine allows.
    package var memoryLimit: ByteSize?

    package init() {}
}
