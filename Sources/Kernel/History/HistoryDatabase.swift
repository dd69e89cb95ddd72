import GRDB

/// The history's tables and queries.
///
/// Cells that cannot be written to the file are kept in memory; queries see both.
package struct HistoryDatabase {
    package typealias Cell = (line: Int, source: String, output: String?)

    private let queue: DatabaseQueue
    /// This session's number.
    package let session: Int

    /// The schema version, as `PRAGMA user_version` gives it; 0 in files that predate it.
    private static let format = 1

    /// Opens or makes the database and begins a session in it.
    ///
    /// - Parameter path: The file; `nil` for one in memory.
    /// - Throws: SQLite's error; ``KernelError`` if a later version of the program wrote the file.
    package init(path: String?) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.label = "history"
        configuration.prepareDatabase { database in
            // When the disk is full, no temporary file can be written either.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        queue =
            try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
            ?? DatabaseQueue(configuration: configuration)
        session = try queue.write { database in
            let written = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard written <= Self.format else {
                throw KernelError(
                    "The history's file is of a later version (\(written)) than this program knows (\(Self.format)).")
            }
            if written < Self.format { try database.execute(sql: "PRAGMA user_version = \(Self.format)") }
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
        // After the session's row: the table is not part of the file.
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    CREATE TEMP TABLE unwritten (
                        id INTEGER PRIMARY KEY, session INTEGER, line INTEGER, source TEXT, output TEXT);
                    CREATE TEMP VIEW entry AS
                        SELECT id, session, line, source, output FROM main.cell
                        UNION ALL SELECT id + (1 << 60), session, line, source, output FROM temp.unwritten;
                    """)
        }
    }

    /// Writes cells to the file, after those that could not be written before.
    ///
    /// - Throws: SQLite's error if they cannot be written; then none was.
    package func write(_ cells: [Cell]) throws {
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO main.cell (session, line, source, output)
                        SELECT session, line, source, output FROM temp.unwritten ORDER BY id;
                    DELETE FROM temp.unwritten;
                    """)
            try insert(cells, into: "main.cell", database)
        }
    }

    /// Keeps in memory cells that could not be written.
    package func keep(_ cells: [Cell]) throws {
        // Without a transaction, which would access the file.
        try queue.writeWithoutTransaction { try insert(cells, into: "temp.unwritten", $0) }
    }

    private func insert(_ cells: [Cell], into table: String, _ database: Database) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO \(table) (session, line, source, output) VALUES (?, ?, ?, ?)")
        for cell in cells { try insert.execute(arguments: [session, cell.line, cell.source, cell.output]) }
    }

    /// The cells that a query asks for, oldest first.
    package func entries(_ query: HistoryQuery) throws -> [HistoryEntry] {
        switch query {
        case .tail(let count): try tail(count ?? 1_000)
        case .range(let session, let start, let stop): try range(session: session, from: start, to: stop)
        case .search(let pattern, let count, let unique): try search(pattern, last: count, unique: unique)
        }
    }

    private func tail(_ count: Int) throws -> [HistoryEntry] {
        try rows("SELECT * FROM entry ORDER BY id DESC LIMIT ?", [max(count, 0)]).reversed()
    }

    private func range(session number: Int, from start: Int, to stop: Int?) throws -> [HistoryEntry] {
        try rows(
            "SELECT * FROM entry WHERE session = ? AND line >= ? AND line < ? ORDER BY line, id",
            [number > 0 ? number : session + number, start, stop ?? Int.max])
    }

    private func search(_ pattern: String, last count: Int?, unique: Bool) throws -> [HistoryEntry] {
        let latest = unique ? "AND id IN (SELECT max(id) FROM entry GROUP BY source)" : ""
        return try rows(
            "SELECT * FROM entry WHERE source GLOB ? \(latest) ORDER BY id DESC LIMIT ?",
            [pattern, count.map { max($0, 0) } ?? -1]
        ).reversed()
    }

    private func rows(_ sql: String, _ arguments: StatementArguments) throws -> [HistoryEntry] {
        try queue.read { database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
                HistoryEntry(session: row["session"], line: row["line"], source: row["source"], output: row["output"])
            }
        }
    }
}
