/// What a time or a timestamp counts.
package enum ArrowTimeUnit: String, Sendable {
    case second = "s"
    case millisecond = "ms"
    case microsecond = "us"
    case nanosecond = "ns"

    /// How many of the unit make a second.
    var perSecond: Double {
        switch self {
        case .second: 1
        case .millisecond: 1e3
        case .microsecond: 1e6
        case .nanosecond: 1e9
        }
    }
}
