package import LeewayCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A log as it lies on the disk, with the segments of all processes: to read, to recover and to thin out.
///
/// It may be read while processes write to it. What changes meanwhile is seen as it was before or after, and a line that
/// is not complete never.
package struct LogFolder: Sendable {
    /// The log's folder; there may be none yet.
    package let path: String
    let ranges = SegmentRanges()

    /// Takes the folder of a log.
    package init(_ path: String) { self.path = path }

    /// All segments, in the order of their names.
    ///
    /// One that has a Parquet file is listed as that alone, even if its lines are still there.
    /// - Throws: `fileNotAccessible`.
    package func segments() throws(LeewayError) -> [Segment] {
        var segments: [Segment] = []
        for date in try dates() { segments += try self.segments(of: date) }
        return segments
    }

    /// The dates that have a folder, ascending, such as `2026-11-23`.
    ///
    /// - Throws: `fileNotAccessible`.
    package func dates() throws(LeewayError) -> [String] {
        try Self.names(in: path).filter { $0.hasPrefix(Segment.folderPrefix) }
            .map { String($0.dropFirst(Segment.folderPrefix.count)) }
    }

    /// The segments of one date, in the order of their names.
    ///
    /// - Throws: `fileNotAccessible`.
    package func segments(of date: String) throws(LeewayError) -> [Segment] {
        let folder = "\(path)/\(Segment.folderPrefix)\(date)"
        var segments: [Segment] = []
        for file in try Self.names(in: folder) {
            guard let id = UUIDv7(file.prefix(UUIDv7.textLength)),
                let segment = Self.segment(Segment.Name(id), file.dropFirst(UUIDv7.textLength), in: folder)
            else { continue }
            // A compaction that was interrupted leaves both, and an open segment may be sealed while we look.
            if segments.last?.name == segment.name {
                if segment.format == .parquet { segments[segments.count - 1] = segment }
            } else {
                segments.append(segment)
            }
        }
        return segments
    }

    private static func segment(_ name: Segment.Name, _ suffix: Substring, in folder: String) -> Segment? {
        let format: Segment.Format
        switch suffix {
        case ".\(Segment.Format.parquet.rawValue)": format = .parquet
        case ".\(Segment.Format.jsonLines.rawValue)": format = .jsonLines
        case Segment.openSuffix:
            let open = Segment(name, in: folder, state: .open, bytes: 0)
            if let (bytes, isLocked) = probe(open.path) {
                return Segment(name, in: folder, state: isLocked ? .open : .abandoned, bytes: bytes)
            }
            format = .jsonLines
        default: return nil
        }
        let sealed = Segment(name, in: folder, state: .sealed, format: format, bytes: 0)
        guard case .file(let bytes)? = FileSystem.kind(of: sealed.path) else { return nil }
        return Segment(name, in: folder, state: .sealed, format: format, bytes: bytes)
    }

    /// A file's length and whether someone holds its lock; nil where there is none.
    private static func probe(_ path: String) -> (bytes: Int, isLocked: Bool)? {
        guard case .file(let bytes)? = FileSystem.kind(of: path) else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        // One that can't be opened is not ours to recover either.
        guard descriptor >= 0 else { return errno == ENOENT ? nil : (bytes, true) }
        defer { close(descriptor) }
        return (bytes, flock(descriptor, LOCK_SH | LOCK_NB) != 0)
    }

    /// The names in a folder, sorted; none where there is no folder.
    package static func names(in folder: String) throws(LeewayError) -> [String] {
        do throws(LeewayError) {
            return try FileSystem.names(in: folder)
        } catch {
            if error.code == .fileNotFound { return [] }
            throw error
        }
    }
}

/// The first and last ids of sealed segments, which never change.
final class SegmentRanges: Sendable {
    private static let most = 100_000
    private let known = Mutex<[Segment.Name: ClosedRange<UUIDv7>]>([:])

    subscript(name: Segment.Name) -> ClosedRange<UUIDv7>? {
        get { known.withLock { $0[name] } }
        set {
            known.withLock { known in
                if known.count >= Self.most { known = [:] }
                known[name] = newValue
            }
        }
    }
}
