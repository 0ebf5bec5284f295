package import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The steps on files by which a sealed segment becomes Parquet; who takes them holds the folder's `ProcessLock`.
///
/// The lines are removed last, so that at any moment either they or the whole Parquet file are there.
extension LogFolder {
    /// Where a compaction writes before the file is complete; made here, for this user alone.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func makeTemporary(for segment: Segment, _ suffix: String) throws(LeewayError) -> String {
        let path = FileSystem.temporaryName(for: "\(segment.folder)/\(segment.name)\(suffix)")
        unlink(path)
        try FileSystem.write([], to: path, isSecret: true)
        return path
    }

    /// Copies parts of a segment's lines to the end of a file.
    ///
    /// - Throws: `fileNotAccessible`, `diskFull`.
    package static func copy(_ ranges: [Range<Int>], of segment: Segment, to path: String) throws(LeewayError) {
        guard let file = try LineFile(ifThere: segment.compactedPath) else { return }
        let target = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard target >= 0 else { throw FileSystem.failure("write", path) }
        defer { close(target) }
        for range in ranges {
            var place = range.lowerBound
            while place < range.upperBound {
                let bytes = file.read(at: place, min(1 << 20, range.upperBound - place))
                guard !bytes.isEmpty else { throw FileSystem.failure("read", segment.compactedPath) }
                var written = 0
                while written < bytes.count {
                    let count = bytes.withUnsafeBytes { buffer in
                        systemWrite(target, buffer.baseAddress?.advanced(by: written), bytes.count - written)
                    }
                    if count > 0 {
                        written += count
                    } else if errno != EINTR {
                        throw FileSystem.failure("write", path)
                    }
                }
                place += bytes.count
            }
        }
    }

    /// Makes sure that a segment's ids stand beside it: without its lines, nothing else knows them quickly.
    ///
    /// - Throws: `diskFull`, `logNotWritable`, `fileNotAccessible`.
    package static func completeIDs(of segment: Segment, count: Int) throws(LeewayError) {
        if case .file(let bytes)? = FileSystem.kind(of: segment.idsPath), bytes == count * 16 { return }
        guard let file = try LineFile(ifThere: segment.compactedPath) else { return }
        try SegmentSeal.write(LineFile.sortedIDs(of: file.descriptor, bytes: file.bytes), to: segment.idsPath)
    }

    /// Puts a complete Parquet file, and the lines that are not in it, in the place of a segment's lines.
    ///
    /// - Returns: The segment as it is now.
    /// - Throws: `diskFull`, `logNotWritable`, `fileNotAccessible`; the lines are there then, and it may be tried again.
    package static func replaceLines(
        of segment: Segment, by parquet: String, damaged: String?
    ) throws(LeewayError) -> Segment {
        if let damaged {
            try FileSystem.sync(damaged)
            try FileSystem.move(damaged, to: segment.damagedPath)
        }
        try FileSystem.sync(parquet)
        try FileSystem.move(parquet, to: segment.parquetPath)
        try OpenSegment.syncFolder(segment.folder)
        try removeLines(of: segment)
        guard case .file(let bytes)? = FileSystem.kind(of: segment.parquetPath) else {
            throw FileSystem.failure("read", segment.parquetPath)
        }
        return Segment(segment.name, in: segment.folder, state: .sealed, format: .parquet, bytes: bytes)
    }

    /// Does what compactions that were interrupted have left: removes lines that Parquet files have, and incomplete files.
    ///
    /// - Returns: The segments whose compaction was finished.
    /// - Throws: `fileNotAccessible`.
    package func finishCompactions() throws(LeewayError) -> [Segment] {
        var finished: [Segment] = []
        for date in try dates() {
            let folder = "\(path)/\(Segment.folderPrefix)\(date)"
            // A file gets its name once it is complete and on the disk, so the lines beside it are in it.
            for segment in try segments(of: date) where segment.format == .parquet {
                guard FileSystem.kind(of: segment.compactedPath) != nil else { continue }
                try OpenSegment.syncFolder(folder)
                try Self.removeLines(of: segment)
                finished.append(segment)
            }
            for name in try Self.names(in: folder) where Self.isIncomplete(name) { unlink("\(folder)/\(name)") }
        }
        return finished
    }

    private static func removeLines(of segment: Segment) throws(LeewayError) {
        guard unlink(segment.compactedPath) == 0 || errno == ENOENT else {
            throw FileSystem.failure("remove", segment.compactedPath)
        }
        try OpenSegment.syncFolder(segment.folder)
    }

    private static func isIncomplete(_ name: String) -> Bool {
        [Segment.parquetSuffix, Segment.goodSuffix, Segment.damagedSuffix].contains { name.contains("\($0).part-") }
    }
}

extension Segment {
    package static let parquetSuffix = ".parquet"
    /// Of lines that can be read, where some of a segment's can't.
    package static let goodSuffix = ".good.jsonl"
    /// Of lines that can't be read and are no part of the Parquet file.
    package static let damagedSuffix = ".damaged.jsonl"

    /// Where the lines are kept that could not be read when the segment became Parquet; there may be none.
    package var damagedPath: String { "\(folder)/\(name)\(Self.damagedSuffix)" }

    /// Where the segment is once it is Parquet.
    package var parquetPath: String { "\(folder)/\(name)\(Self.parquetSuffix)" }
}

#if canImport(Glibc)
    private let systemWrite = Glibc.write
#else
    private let systemWrite = Darwin.write
#endif
