package import LeewayCore
import LeewayStore

/// How a log is doing, for metrics.
package struct LogState: Sendable {
    package let lines: Int
    package let bytes: Int
    package let pendingBytes: Int
    /// Groups of lines that could not be written.
    package let failures: Int
    /// Lines that were lost though they had been answered: only without durability.
    package let lostLines: Int
    package let isFailing: Bool
    /// The age in seconds of the oldest line that is not written, or not synced, yet.
    package let lag: Double
    /// Segments that wait to be sealed.
    package let unsealed: Int
    /// The last failure, also when it is over.
    package let lastFailure: LeewayError?

    init(_ state: SegmentedLog<CountedRows>.State) {
        (lines, bytes, pendingBytes) = (state.lines, state.bytes, state.pendingBytes)
        (failures, lostLines, isFailing, lag) = (state.failures, state.lostLines, state.isFailing, state.lag)
        (unsealed, lastFailure) = (state.unsealed, state.isFailing ? state.lastFailure : state.sealFailure)
    }
}
