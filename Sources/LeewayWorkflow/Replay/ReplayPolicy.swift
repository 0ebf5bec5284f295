package import LeewayMonitor

/// A way to decide when to train again, and what takes the champion's place.
package struct ReplayPolicy: Sendable {
    package enum Kind: Sendable {
        /// The first version for good.
        case never
        /// Any drift of any column, by the plain test, replaces the version.
        case classic
        /// The clock replaces the version.
        case scheduled(CronSchedule)
        /// What `monitoring:` and `retraining:` of the configuration say.
        case configured
    }

    package let name: String
    package let kind: Kind

    package init(_ name: String, _ kind: Kind) { (self.name, self.kind) = (name, kind) }
}
