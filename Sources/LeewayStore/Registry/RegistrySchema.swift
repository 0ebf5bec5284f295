import GRDB

/// The registry's tables, as migrations: one that has shipped never changes, a new one is added after it.
enum RegistrySchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs, versions, aliases, events") { db in
            try db.execute(
                sql: """
                    CREATE TABLE run (
                        run_id TEXT PRIMARY KEY NOT NULL, model TEXT NOT NULL, started_at TEXT NOT NULL,
                        finished_at TEXT NOT NULL, leeway_version TEXT NOT NULL, content_hash TEXT NOT NULL
                    ) STRICT;
                    CREATE TABLE version (
                        model TEXT NOT NULL, number INTEGER NOT NULL, run_id TEXT NOT NULL UNIQUE REFERENCES run,
                        content_hash TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (model, number)
                    ) STRICT;
                    CREATE TABLE alias (
                        model TEXT NOT NULL, alias TEXT NOT NULL, number INTEGER NOT NULL,
                        PRIMARY KEY (model, alias), FOREIGN KEY (model, number) REFERENCES version
                    ) STRICT;
                    CREATE TABLE event (
                        id INTEGER PRIMARY KEY, time TEXT NOT NULL, model TEXT NOT NULL, kind TEXT NOT NULL, alias TEXT,
                        from_number INTEGER, to_number INTEGER, actor TEXT NOT NULL, reason TEXT NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("2 window counts, tokens, feedback") { db in
            try db.execute(
                sql: """
                    CREATE TABLE segment (
                        segment TEXT PRIMARY KEY NOT NULL, counted_bytes INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE window (
                        segment TEXT NOT NULL, model TEXT NOT NULL, number INTEGER NOT NULL, hour INTEGER NOT NULL,
                        rows INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (segment, model, number, hour)
                    ) STRICT;
                    CREATE INDEX window_hour ON window (model, hour);
                    CREATE TABLE token (
                        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL UNIQUE,
                        scopes TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT, revoked_at TEXT
                    ) STRICT;
                    CREATE TABLE feedback (
                        id BLOB PRIMARY KEY NOT NULL, label TEXT NOT NULL, time INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("3 monitoring") { db in
            try db.execute(
                sql: """
                    CREATE TABLE monitor_check (
                        id INTEGER PRIMARY KEY, time INTEGER NOT NULL, model TEXT NOT NULL, number INTEGER NOT NULL,
                        first_hour INTEGER NOT NULL, end_hour INTEGER NOT NULL, rows INTEGER NOT NULL,
                        verdict TEXT NOT NULL, document BLOB NOT NULL
                    ) STRICT;
                    CREATE INDEX monitor_check_time ON monitor_check (model, time);
                    CREATE TABLE monitor_state (
                        model TEXT NOT NULL, name TEXT NOT NULL, state BLOB NOT NULL, updated_at TEXT NOT NULL,
                        PRIMARY KEY (model, name)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE alert (
                        id INTEGER PRIMARY KEY, model TEXT NOT NULL, created_at TEXT NOT NULL, sink TEXT NOT NULL,
                        payload TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at INTEGER NOT NULL, outcome TEXT
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("4 retrainings") { db in
            try db.execute(
                sql: """
                    CREATE TABLE retraining (
                        id INTEGER PRIMARY KEY, model TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
                        cause TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, state TEXT NOT NULL,
                        champion INTEGER NOT NULL, challenger INTEGER, run_id TEXT NOT NULL, document BLOB
                    ) STRICT;
                    CREATE INDEX retraining_model ON retraining (model, id);
                    CREATE TABLE decision (
                        id INTEGER PRIMARY KEY, model TEXT NOT NULL, time INTEGER NOT NULL, last_time INTEGER NOT NULL,
                        count INTEGER NOT NULL, action TEXT NOT NULL, cause TEXT, obstacle TEXT, reason TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX decision_model ON decision (model, id);
                    CREATE TABLE lease (
                        name TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL, expires_at INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE serving_count (
                        model TEXT NOT NULL, number INTEGER NOT NULL, hour INTEGER NOT NULL, requests INTEGER NOT NULL,
                        refused INTEGER NOT NULL, failed INTEGER NOT NULL, PRIMARY KEY (model, number, hour)
                    ) STRICT, WITHOUT ROWID;
                    ALTER TABLE event ADD COLUMN retraining INTEGER;
                    """)
        }
        return migrator
    }
}
