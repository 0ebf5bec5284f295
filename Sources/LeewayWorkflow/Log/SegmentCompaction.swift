import LeewayCore
import LeewayEngine
package import LeewayStore

/// What became of a segment that was made Parquet.
package struct CompactedSegment: Sendable {
    package let segment: Segment
    package let lines: Int
    /// Lines that could not be read, and where they are kept.
    package let damagedLines: Int
    package let damagedPath: String?
    /// The bytes before and after.
    package let linesBytes: Int
    package let parquetBytes: Int
}

/// Makes Parquet of one sealed segment; whoever calls it holds the log's lock.
struct SegmentCompaction {
    let kind: LogKind
    let engine: any Engine

    /// Reads the lines, writes the file, holds it against the lines, and puts it in their place.
    ///
    /// - Throws: `diskFull`, `fileNotAccessible`, `engineFailed`, `interrupted`; then the lines stay, and it may be tried again.
    func run(_ segment: Segment, _ schemas: inout VersionSchemas) async throws -> CompactedSegment {
        let scan = try SegmentScan(of: segment, kind)
        guard scan.lineCount > 0 else {
            throw LeewayError(
                .damagedArtifact, "No line of \(segment.path) can be read.",
                hint: "Look at the file; if nothing in it is worth keeping, remove it.")
        }
        var temporaries: [String] = []
        defer { for path in temporaries { FileSystem.remove(path) } }
        func makeTemporary(_ suffix: String) throws(LeewayError) -> String {
            let path = try LogFolder.makeTemporary(for: segment, suffix)
            temporaries.append(path)
            return path
        }
        var (lines, damaged) = (segment.path, String?.none)
        if !scan.damaged.isEmpty {
            lines = try makeTemporary(Segment.goodSuffix)
            try LogFolder.copy(scan.good, of: segment, to: lines)
            let kept = try makeTemporary(Segment.damagedSuffix)
            try LogFolder.copy(scan.damaged, of: segment, to: kept)
            damaged = kept
        }
        let parquet = try makeTemporary(Segment.parquetSuffix)
        let types = FieldTypes(schemas.schemas(of: scan.versions), scan.inputs)
        let query = SegmentQuery(scan: scan, kind: kind, types: types, dialect: engine.dialect)
        try await engine.execute(query.copy(lines, to: parquet))
        try await check(parquet, query, scan)
        try LogFolder.completeIDs(of: segment, count: scan.idCount)
        let compacted = try LogFolder.replaceLines(of: segment, by: parquet, damaged: damaged)
        return CompactedSegment(
            segment: compacted, lines: scan.lineCount, damagedLines: scan.damagedCount,
            damagedPath: damaged == nil ? nil : segment.damagedPath, linesBytes: scan.bytes,
            parquetBytes: compacted.bytes)
    }

    /// Reads the file back: a row for each line, from the first id to the last.
    private func check(_ parquet: String, _ query: SegmentQuery, _ scan: SegmentScan) async throws {
        let table = try await engine.table(query.check(parquet))
        let (rows, ids) = (try table.integers("lines").first, try table.integers("ids").first)
        let (first, last) = (try table.texts("first").first, try table.texts("last").first)
        let expected = Int64(scan.lineCount)
        guard rows == expected, ids == expected,
            first.flatMap({ $0 }).flatMap({ UUIDv7($0) }) == scan.ids?.lowerBound,
            last.flatMap({ $0 }).flatMap({ UUIDv7($0) }) == scan.ids?.upperBound
        else {
            throw LeewayError(
                .engineFailed, "Of \(counted(scan.lineCount, "line")), the Parquet file has other than those.",
                hint: "The lines stay as they are. Please report this as a bug.")
        }
    }
}
