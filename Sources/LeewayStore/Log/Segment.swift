package import LeewayCore

/// One file of a log: JSON Lines while it is written and after, or the Parquet file that a compaction made of it.
package struct Segment: Sendable, Hashable {
    /// What names a segment, whatever its state: smaller than the id of every line in it, larger than those before.
    package struct Name: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// The name as a UUID: its time is that of the segment's beginning.
        package let id: UUIDv7

        /// Takes a UUID as a name.
        package init(_ id: UUIDv7) { self.id = id }

        /// The UUID's 36 characters.
        package var description: String { id.description }

        /// The one begun first comes first.
        package static func < (left: Name, right: Name) -> Bool { left.id < right.id }
    }

    /// Who may still add to a segment.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// A living process writes to it.
        case open
        /// Complete; its ids stand beside it.
        case sealed
        /// Its process ended without sealing it: `LogFolder.recover` does.
        case abandoned
    }

    /// How a segment's lines are kept.
    package enum Format: String, Sendable, Codable, CaseIterable {
        case jsonLines = "jsonl"
        case parquet
    }

    /// The segment's name, which it keeps through all states and formats.
    package let name: Name
    /// The folder of its date, such as `log/predictions/date=2026-11-23`.
    package let folder: String
    package let state: State
    package let format: Format
    /// The file's length when it was looked at.
    package let bytes: Int

    /// Describes a segment whose file lies in `folder`.
    package init(_ name: Name, in folder: String, state: State, format: Format = .jsonLines, bytes: Int) {
        self.name = name
        self.folder = folder
        self.state = state
        self.format = format
        self.bytes = bytes
    }

    /// Where the file is: an open segment is renamed when it is sealed.
    package var path: String {
        let suffix = state == .sealed ? ".\(format.rawValue)" : Self.openSuffix
        return "\(folder)/\(name)\(suffix)"
    }

    /// Where a sealed segment's ids are: 16 bytes each, big-endian, sorted.
    package var idsPath: String { Self.idsPath(of: name, in: folder) }

    /// The UTC date of its folder, `2026-11-23`.
    package var date: String { String(folder[folder.index(after: folder.lastIndex(of: "=") ?? folder.startIndex)...]) }

    /// What the names of a segment's files begin with, of the name of its file while it is open; nil for another name.
    package static func stem(ofOpen file: String) -> String? {
        file.hasSuffix(openSuffix) ? String(file.dropLast(openSuffix.count)) : nil
    }

    static let openSuffix = ".open.jsonl"
    static let folderPrefix = "date="
    static func idsPath(of name: Name, in folder: String) -> String { "\(folder)/\(name).ids" }
    static func folderName(of time: Timestamp) -> String { folderPrefix + time.description.prefix(10) }
}
