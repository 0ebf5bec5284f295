import GRDB
package import LeewayCore

extension Registry {
    /// Takes a lease for so long, or holds it for longer; false where another one has it.
    ///
    /// One of a holder that `isDead` knows to be no more is taken over.
    /// One that claims to last for longer than a lease does was taken by a clock that has stepped: it is void.
    /// - Throws: `registryFailed`, `diskFull`.
    package func takeLease(
        _ name: String, holder: String, replacing isDead: (String) -> Bool = { _ in false }, for length: Duration,
        at time: Timestamp
    ) throws(LeewayError) -> Bool {
        let milliseconds = Int64(length.components.seconds) * 1000
        return try Self.mapping(database.path) {
            try database.write { db in
                let row = try Row.fetchOne(
                    db, sql: "SELECT holder, expires_at FROM lease WHERE name = ?", arguments: [name])
                if let row, row["holder"] as String != holder, !isDead(row["holder"]) {
                    let expiry: Int64 = row["expires_at"]
                    if time.milliseconds < expiry, expiry <= time.milliseconds + milliseconds { return false }
                }
                try db.execute(
                    sql: """
                        INSERT INTO lease (name, holder, expires_at) VALUES (?, ?, ?)
                        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
                        """, arguments: [name, holder, time.milliseconds + milliseconds])
                return true
            }
        }
    }

    /// Gives a lease back; that of another holder stays.
    ///
    /// - Throws: `registryFailed`, `diskFull`.
    package func releaseLease(_ name: String, holder: String) throws(LeewayError) {
        try Self.mapping(database.path) {
            try database.write { db in
                try db.execute(sql: "DELETE FROM lease WHERE name = ? AND holder = ?", arguments: [name, holder])
            }
        }
    }
}
