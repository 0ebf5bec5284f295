extension LogCore {
    /// What an append has waited for when it returns.
    package enum Durability: String, Sendable, CaseIterable, Codable {
        /// For nothing: written within 20 ms. After a failed write, appends wait until one succeeds.
        case none
        /// For the operating system: the lines survive the process.
        case os
        /// For the disk: they survive a power cut.
        case fsync
    }

    /// How a log is kept.
    package struct Options: Sendable {
        package var durability: Durability
        /// A segment is sealed before it grows longer than this; one group of lines may be longer.
        package var segmentBytes: Int
        /// A segment is sealed when its first line is so old.
        package var segmentSeconds: Int

        /// Takes the options; each has a default.
        package init(durability: Durability = .os, segmentBytes: Int = 64 << 20, segmentSeconds: Int = 3600) {
            self.durability = durability
            self.segmentBytes = segmentBytes
            self.segmentSeconds = segmentSeconds
        }
    }
}
