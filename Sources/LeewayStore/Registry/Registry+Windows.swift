import GRDB
package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was counted of the rows that were answered: of each log segment while it grows, and of all finished ones together.
///
/// A segment's windows say how far into it they count, so that after a crash the rest of it can be counted again. The
/// totals are the windows of the segment whose name is empty.
extension Registry {
    /// The counted bytes of a segment that is part of the totals.
    package static let finished = -1
    private static let totals = ""

    /// Replaces what was counted of a segment: its first `countedBytes` bytes, in one transaction.
    ///
    /// - Returns: false, and nothing is changed, where the segment is part of the totals already, or more of it is counted.
    /// - Throws: `registryFailed`, `diskFull`.
    @discardableResult
    package func checkpoint(
        segment: String, countedBytes: Int, windows: [WindowRow]
    ) throws(LeewayError) -> Bool {
        precondition(segment != Self.totals && countedBytes >= 0, "A segment has a name and a length.")
        return try Self.mapping(database.path) {
            try database.write { db in
                if let stored = try Self.countedBytes(of: segment, db) {
                    // One that comes late must not undo what another process has counted since.
                    guard stored != Self.finished, stored <= countedBytes else { return false }
                }
                try Self.mark(segment, countedBytes, db)
                try Self.removeWindows(of: segment, db)
                for window in windows { try Self.insert(window, segment, db) }
                return true
            }
        }
    }

    /// Adds the windows of a finished segment to the totals and marks it, in one transaction; `merge` adds counts.
    ///
    /// - Returns: false, and nothing is changed, where the segment is part of the totals already.
    /// - Throws: what `merge` throws, `registryFailed`, `diskFull`; then nothing is changed.
    @discardableResult
    package func fold(
        segment: String, merge: (_ total: WindowRow, _ window: WindowRow) throws(LeewayError) -> [UInt8]
    ) throws(LeewayError) -> Bool {
        precondition(segment != Self.totals, "A segment has a name.")
        return try Self.mapping(database.path) { () -> Result<Bool, LeewayError> in
            do {
                return .success(try database.write { try Self.fold(segment, $0, merge) })
            } catch let error as LeewayError {
                return .failure(error)
            }
        }.get()
    }

    /// How many bytes of a segment are counted; `finished` where it is part of the totals, nil where none are known.
    ///
    /// - Throws: `registryFailed`.
    package func countedBytes(of segment: String) throws(LeewayError) -> Int? {
        try Self.mapping(database.path) { try database.read { try Self.countedBytes(of: segment, $0) } }
    }

    /// The segments that are counted and not part of the totals yet.
    ///
    /// - Throws: `registryFailed`.
    package func unfinishedSegments() throws(LeewayError) -> [String] {
        try Self.mapping(database.path) {
            try database.read { db in
                try String.fetchAll(
                    db, sql: "SELECT segment FROM segment WHERE counted_bytes <> ? ORDER BY segment",
                    arguments: [Self.finished])
            }
        }
    }

    /// Forgets that a segment is part of the totals, where nobody can count it again.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func forget(segment: String) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(
                    sql: "DELETE FROM segment WHERE segment = ? AND counted_bytes = ?",
                    arguments: [segment, Self.finished])
            }
        }
    }

    /// The windows of a model's hours, by hour and version: totals and growing segments, each with a row of its own.
    ///
    /// - Throws: `registryFailed`.
    package func windows(
        model: String, number: Int? = nil, hours: Range<Int>
    ) throws(LeewayError) -> [WindowRow] {
        try Self.mapping(database.path) {
            try database.read { db in
                try Self.windows(
                    db,
                    where: """
                        model = :model AND hour >= :first AND hour < :end AND (:number IS NULL OR number = :number)
                        """,
                    ["model": model, "first": hours.lowerBound, "end": hours.upperBound, "number": number])
            }
        }
    }

    /// What was counted of a segment that is not part of the totals yet.
    ///
    /// - Throws: `registryFailed`.
    package func windows(segment: String) throws(LeewayError) -> [WindowRow] {
        try Self.mapping(database.path) {
            try database.read { try Self.windows($0, where: "segment = :segment", ["segment": segment]) }
        }
    }

    private static func fold(
        _ segment: String, _ db: GRDB.Database,
        _ merge: (_ total: WindowRow, _ window: WindowRow) throws(LeewayError) -> [UInt8]
    ) throws -> Bool {
        guard try countedBytes(of: segment, db) != finished else { return false }
        for window in try windows(db, where: "segment = :segment", ["segment": segment]) {
            let total = try windows(
                db, where: "segment = :totals AND model = :model AND number = :number AND hour = :hour",
                ["totals": totals, "model": window.model, "number": window.number, "hour": window.hour]
            ).first
            guard let total else {
                try insert(window, totals, db)
                continue
            }
            try db.execute(
                sql: """
                    UPDATE window SET rows = rows + ?, counts = ?
                    WHERE segment = ? AND model = ? AND number = ? AND hour = ?
                    """,
                arguments: [
                    window.rows, Data(try merge(total, window)), totals, window.model, window.number,
                    window.hour,
                ])
        }
        try removeWindows(of: segment, db)
        try mark(segment, finished, db)
        return true
    }

    private static func countedBytes(of segment: String, _ db: GRDB.Database) throws -> Int? {
        try Int.fetchOne(db, sql: "SELECT counted_bytes FROM segment WHERE segment = ?", arguments: [segment])
    }

    private static func mark(_ segment: String, _ countedBytes: Int, _ db: GRDB.Database) throws {
        try db.execute(
            sql: """
                INSERT INTO segment (segment, counted_bytes) VALUES (?, ?)
                ON CONFLICT (segment) DO UPDATE SET counted_bytes = excluded.counted_bytes
                """,
            arguments: [segment, countedBytes])
    }

    private static func removeWindows(of segment: String, _ db: GRDB.Database) throws {
        try db.execute(sql: "DELETE FROM window WHERE segment = ?", arguments: [segment])
    }

    private static func insert(_ window: WindowRow, _ segment: String, _ db: GRDB.Database) throws {
        try db.execute(
            sql: "INSERT INTO window (segment, model, number, hour, rows, counts) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                segment, window.model, window.number, window.hour, window.rows, Data(window.counts),
            ])
    }

    private static func windows(
        _ db: GRDB.Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [WindowRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT model, number, hour, rows, counts FROM window WHERE \(condition)
                ORDER BY hour, number, segment
                """,
            arguments: arguments
        ).map { row in
            WindowRow(
                model: row["model"], number: row["number"], hour: row["hour"], rows: row["rows"],
                counts: Array(row["counts"] as Data))
        }
    }
}
