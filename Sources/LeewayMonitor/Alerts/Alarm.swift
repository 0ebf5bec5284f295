import LeewayCore

/// An alarm of one kind: whether it is on, since when, and what people were told of it.
struct Alarm: Sendable, Equatable, Codable {
    /// When it began, in milliseconds since 1970; nil while all is well.
    private var since: Int64?
    /// The version that it is about.
    private var version: Int?
    /// Whether people were told of it since it began.
    private var isTold = false
    /// What the last notice named.
    private var lastCauses: Set<String> = []
    /// What the notices named since the cooldown began, or since the alarm did.
    private var told: Set<String> = []
    /// When the last notice was sent, in milliseconds since 1970.
    private var lastNotice: Int64?
    private var heldBackCount = 0

    init() {}

    /// The alarm is on; gives the notice where there is to be one.
    mutating func raise(
        _ kind: AlertNotice.Kind, _ causes: Set<String>, version: Int, at time: Timestamp, cooldown: Duration
    ) -> AlertNotice? {
        let start = since ?? time.milliseconds
        since = start
        if self.version != version { told = [] }
        self.version = version
        if !isTold, isCool(time, cooldown) { told = [] }
        let news = causes.subtracting(told)
        guard !news.isEmpty || (!isTold && isCool(time, cooldown)) else {
            heldBackCount += 1
            return nil
        }
        let notice = AlertNotice(
            kind, causes: causes.sorted(), newCauses: news.sorted(), since: Timestamp(milliseconds: start),
            heldBackCount: heldBackCount)
        told.formUnion(causes)
        (isTold, lastCauses, lastNotice, heldBackCount) = (true, causes, time.milliseconds, 0)
        return notice
    }

    /// The alarm is over, if it was on; gives the notice where people knew of it.
    mutating func end(_ kind: AlertNotice.Kind) -> AlertNotice? {
        guard let start = since else { return nil }
        defer { (since, isTold, heldBackCount, lastCauses) = (nil, false, 0, []) }
        guard isTold else { return nil }
        return AlertNotice(
            .recovery, of: kind, causes: lastCauses.sorted(), newCauses: [], since: Timestamp(milliseconds: start),
            heldBackCount: heldBackCount)
    }

    /// Whether so much time has gone by since the last notice; so it is where the clock says that it lies ahead.
    private func isCool(_ time: Timestamp, _ cooldown: Duration) -> Bool {
        guard let lastNotice, time.milliseconds >= lastNotice else { return true }
        return time.milliseconds - lastNotice >= cooldown.milliseconds
    }
}

extension Duration {
    /// Whole milliseconds, and the most there are where there are more.
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isOver) = seconds.multipliedReportingOverflow(by: 1000)
        return isOver ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000).partialValue
    }
}
