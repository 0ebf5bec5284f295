/// Lines for a log, one after the other.
///
/// Each begins with `{"id":"`, then 36 bytes that the log overwrites with the line's id, then `"`; each ends in a line
/// feed and has no other.
package struct LogLines: Sendable {
    /// The lines, one after the other.
    package var bytes: [UInt8]
    /// Where each line begins, ascending; the first at 0.
    package var starts: [Int]

    /// Takes lines and where they begin.
    package init(bytes: [UInt8] = [], starts: [Int] = []) {
        self.bytes = bytes
        self.starts = starts
    }

    /// What every line begins with.
    package static let prefix: [UInt8] = Array("{\"id\":\"".utf8)
    /// What may stand where the id will be.
    package static let placeholder = [UInt8](repeating: 0x30, count: 36)
    /// The place of the id's first byte within a line.
    static let idOffset = 7
    /// The shortest line: `{"id":"…"}` and a line feed.
    static let shortest = 46
}
