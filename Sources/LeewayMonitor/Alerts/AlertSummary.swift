import LeewayCore

/// A notice in a sentence.
enum AlertSummary {
    /// Names model and version, and what is the matter; at most ten causes by name.
    static func text(_ notice: AlertNotice, of check: AlertEvent.Check, at time: Timestamp) -> String {
        let name = "\(check.model) version \(check.version)"
        switch (notice.kind, notice.subject) {
        case (.drift, _):
            guard !notice.causes.isEmpty else { return "\(name): drift." }
            let isMore = notice.newCauses.count < notice.causes.count
            let more = isMore && !notice.newCauses.isEmpty ? "; new: \(list(notice.newCauses))" : ""
            return "\(name): drift in \(list(notice.causes))\(more)."
        case (.failure, _): return "\(name): the check failed: \(list(notice.causes))."
        case (.retraining, _): return "\(name): retraining: \(list(notice.causes))."
        case (.recovery, .failure): return "\(name): checks work again, after \(length(notice, time))."
        case (.recovery, _): return "\(name): no more drift, after \(length(notice, time))."
        }
    }

    private static func list(_ causes: [String]) -> String {
        let named = causes.prefix(10).joined(separator: ", ")
        return causes.count > 10 ? "\(named) and \(causes.count - 10) more" : named
    }

    /// How long the alarm was on: `5 h 30 min`.
    private static func length(_ notice: AlertNotice, _ time: Timestamp) -> String {
        let minutes = max(0, (time.milliseconds - notice.since.milliseconds) / 60_000)
        let (days, hours) = (minutes / 1440, minutes / 60 % 24)
        if days > 0 { return "\(days) d \(hours) h" }
        return hours > 0 ? "\(hours) h \(minutes % 60) min" : "\(minutes) min"
    }
}
