import LeewayCore
import LeewayMonitor
import LeewayStore

/// What a server counted of a version's rows, over some hours.
struct LoggedWindow: Sendable {
    let hours: Range<Int>
    let counts: WindowCounts

    /// Adds up the registry's counts.
    ///
    /// - Throws: `registryFailed`; `damagedArtifact` where counts are of other bins than the version's.
    init(
        of version: ModelVersion, in bins: WindowBins, hours: Range<Int>, _ registry: Registry
    ) throws(LeewayError) {
        var counts = WindowCounts(bins)
        for row in try registry.windows(model: version.model, number: version.number, hours: hours) {
            try counts.merge(decoding: row.counts)
        }
        (self.hours, self.counts) = (hours, counts)
    }

    /// The window in words.
    var name: String {
        let (from, to) = (Timestamp(hour: hours.lowerBound), Timestamp(hour: hours.upperBound))
        return "log from \(from.minute) to \(to.minute)"
    }
}

extension Timestamp {
    /// The beginning of an hour since 1970.
    init(hour: Int) { self.init(milliseconds: Int64(hour) * 3_600_000) }

    /// The time to the minute: `2026-11-23 18:00`.
    var minute: String { String(description.prefix(16).replacing("T", with: " ")) }
}
