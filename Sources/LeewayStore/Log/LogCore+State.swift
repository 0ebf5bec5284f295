package import LeewayCore

extension LogCore {
    /// How a log is doing: for metrics and for the health of a server.
    package struct State: Sendable {
        /// The open segment; nil where none could be opened.
        package let segment: Segment.Name?
        /// The bytes of the open segment.
        package let segmentBytes: Int
        /// Bytes that were appended and are not written yet.
        package let pendingBytes: Int
        /// Lines committed since the log began.
        package let lines: Int
        /// Bytes committed since the log began.
        package let bytes: Int
        /// Groups that could not be written.
        package let failures: Int
        /// Lines that were lost though their append had returned: only with durability none.
        package let lostLines: Int
        /// Whether the last group could not be written.
        ///
        /// The log tries every second, also when nothing is appended, so that
        /// a server that asks for no requests while this holds gets out of it.
        package let isFailing: Bool
        /// The last failure, also when it is over.
        package let lastFailure: LeewayError?
        /// The age in seconds of the oldest line that is not written, or not synced, yet; 0 where there is none.
        package let lag: Double
        /// Segments that wait to be sealed.
        package let unsealed: Int
        /// Why the last attempt to seal failed; nil where it did not.
        package let sealFailure: LeewayError?
    }
}
