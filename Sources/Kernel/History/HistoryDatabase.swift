import GRDB

/// The history's tables and queries.
package struct HistoryDatabase {
    private let queue: DatabaseQueue
    /// This session's number.
    package let session: Int

    /// Opens or makes the database and begins a session in it.
    ///
    /// - Parameter path: The file; `nil` for one in memory.
    package init(path: String?) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.label = "history"
        queue =
            try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
            ?? DatabaseQueue(configuration: configuration)
        session = try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS session (
                        id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
                    CREATE TABLE IF NOT EXISTS cell (
                        id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session, line INTEGER NOT NULL,
                        source TEXT NOT NULL, output TEXT);
                    CREATE INDEX IF NOT EXISTS cell_by_session ON cell (session, line);
                    INSERT INTO session DEFAULT VALUES;
                    """)
            return Int(database.lastInsertedRowID)
        }
    }

    package func write(_ entries: [(line: Int, source: String, output: String?)]) throws {
        try queue.write { database in
            let insert = try database.cachedStatement(
                sql: "INSERT INTO cell (session, line, source, output) VALUES (?, ?, ?, ?)")
            for entry in entries {
                try insert.execute(arguments: [session, entry.line, entry.source, entry.output])
            }
        }
    }

    package func tail(_ count: Int) throws -> [HistoryEntry] {
        try entries("SELECT * FROM cell ORDER BY id DESC LIMIT ?", [max(count, 0)]).reversed()
    }

    package func range(session number: Int, from start: Int, to stop: Int?) throws -> [HistoryEntry] {
        try entries(
            "SELECT * FROM cell WHERE session = ? AND line >= ? AND line < ? ORDER BY line, id",
            [number > 0 ? number : session + number, start, stop ?? Int.max])
    }

    package func search(_ pattern: String, last count: Int?, unique: Bool) throws -> [HistoryEntry] {
        let latest = unique ? "AND id IN (SELECT max(id) FROM cell GROUP BY source)" : ""
        return try entries(
            "SELECT * FROM cell WHERE source GLOB ? \(latest) ORDER BY id DESC LIMIT ?",
            [pattern, count.map { max($0, 0) } ?? -1]
        ).reversed()
    }

    private func entries(_ sql: String, _ arguments: StatementArguments) throws -> [HistoryEntry] {
        try queue.read { database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
                HistoryEntry(session: row["session"], line: row["line"], source: row["source"], output: row["output"])
            }
        }
    }
}
