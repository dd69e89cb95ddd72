import CellLanguage
import Dispatch
import GRDB
import GRDBSQLite
import JupyterKernel
import Presentation
import TransferGraphCore

/// A zoo's tables in an SQLite database in memory, made for one query.
struct ZooDatabase {
    private let queue: DatabaseQueue

    /// The longest text or row a query may make, in bytes.
    private static let longestValue: Int32 = 16 << 20

    /// The most models, and the most datasets, per node in the table `neighbours`.
    static let neighbourLimit = 100

    /// A database with the tables that `question` mentions filled; the others exist but are empty.
    ///
    /// - Parameters:
    ///   - embedding: the source of `neighbours`; without it, a query that mentions that table finds none.
    ///   - isCancelled: called while tables are filled.
    /// - Throws: ``Cancelled``; `DatabaseError`.
    init(
        _ zoo: Zoo, for question: String, embedding: LearnedEmbedding? = nil,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // A query is about the zoo: it opens no other file and fills no memory with one value.
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Self.longestValue)
            database.add(function: Self.has)
        }
        queue = try DatabaseQueue(configuration: configuration)
        let words = Self.words(of: question)
        let asksNeighbours = words.contains(ZooTable.neighbours)
        let neighbours = try (asksNeighbours ? embedding : nil).map { learned in
            (
                try EmbeddingNeighbours(
                    of: learned.embedding, in: learned.graph, count: Self.neighbourLimit,
                    work: Work(isCancelled: isCancelled, report: { _, _ in })), learned.graph
            )
        }
        try queue.write { database in
            for name in ZooTable.names {
                if name == ZooTable.neighbours, asksNeighbours, neighbours == nil { continue }
                let table = ZooTable.named(name, of: zoo, neighbours: neighbours)
                let columns = table.columns.map { "\(Self.quoted($0.name)) \($0.type)" }
                try database.execute(sql: "create table \(name)(\(columns.joined(separator: ", ")))")
                if words.contains(name) { try Self.fill(database, table, isCancelled) }
            }
        }
    }

    /// `has(languages, 'nob')`: whether a set, written with `;`, contains an element.
    private static let has = DatabaseFunction("has", argumentCount: 2, pure: true) { values in
        guard let set = String.fromDatabaseValue(values[0]), let element = String.fromDatabaseValue(values[1]) else {
            return nil
        }
        return Facts.Value.elements(of: set).contains(element)
    }

    /// Whether a query needs an embedding.
    static func asksNeighbours(_ question: String) -> Bool { words(of: question).contains(ZooTable.neighbours) }

    /// The words of a text in lower case, as far as they can be a table's name.
    private static func words(of text: String) -> Set<String> {
        Set(text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    private static func fill(_ database: Database, _ table: ZooTable, _ isCancelled: () -> Bool) throws {
        let marks = Array(repeating: "?", count: table.columns.count).joined(separator: ",")
        let statement = try database.makeStatement(sql: "insert into \(table.name) values (\(marks))")
        let handle = statement.sqliteStatement
        // SQLite copies what it gets.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for row in 0..<table.rowCount {
            if row & 0x3ff == 0, isCancelled() { throw Cancelled() }
            for (index, column) in table.columns.enumerated() {
                let position = Int32(index + 1)
                switch column.cell(row) {
                case .text(let text): sqlite3_bind_text(handle, position, text, -1, copied)
                case .number(let value), .interval(let value, _, _): sqlite3_bind_double(handle, position, value)
                case .integer(let value): sqlite3_bind_int64(handle, position, Int64(value))
                case .truth(let value): sqlite3_bind_int64(handle, position, value ? 1 : 0)
                case .missing: sqlite3_bind_null(handle, position)
                }
            }
            let status = sqlite3_step(handle)
            sqlite3_reset(handle)
            if status != SQLITE_DONE { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
        }
    }

    /// The positions of a table's rows that meet a condition.
    ///
    /// - Throws: `UserError` named `SQLError`.
    func rows(
        of table: String, where condition: SQLCondition, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [Int] {
        let answer = try answer(
            "select rowid from \(table) where (\(condition.sql)\n) order by rowid", limit: .max,
            variables: condition.variables,
            isCancelled: isCancelled)
        return answer.rows.compactMap { row in if case .integer(let id) = row[0] { id - 1 } else { nil } }
    }

    /// The rows that `query` returns: the first `limit` of them, and the count of all.
    ///
    /// - Parameters:
    ///   - variables: the values of the names after dollar signs; they are bound as values, whatever they hold.
    ///   - isCancelled: called every 20 ms; the query fails soon after it returns true.
    /// - Throws: `DatabaseError`; `UserError` named `SQLError` for what is not a query, `UnknownVariable`.
    func answer(
        _ query: String, limit: Int, variables: [String: any SessionValue] = [:],
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> Presentation.Table {
        let queue = queue
        let watch = DispatchSource.makeTimerSource(queue: .global())
        watch.schedule(deadline: .now() + .milliseconds(20), repeating: .milliseconds(20))
        watch.setEventHandler { if isCancelled() { queue.interrupt() } }
        watch.resume()
        defer { watch.cancel() }
        return try queue.read { database in
            let statement = try database.makeStatement(sql: SQLQuestion.endingCommentsAtAnyLineEnd(query))
            guard statement.columnCount > 0, SQLQuestion(query).asksOnly else {
                throw UserError(
                    "SQLError",
                    "This is not a query: it would change something, and the zoo's tables are read-only.",
                    hint: "Write a query, such as select * from models; pragma table_info(models) lists columns.")
            }
            try Self.bind(variables, to: statement)
            let names = statement.columnNames
            let cursor = try Row.fetchCursor(statement)
            var rows: [[Presentation.Table.Cell]] = []
            var total = 0
            while let row = try cursor.next() {
                if total < limit { rows.append(names.indices.map { Self.cell(row[$0]) }) }
                total += 1
            }
            let columns = names.indices.map { index -> Presentation.Table.Column in
                let isNumber = rows.contains { row in
                    switch row[index] {
                    case .number, .integer: true
                    default: false
                    }
                }
                return isNumber ? .number(names[index]) : .init(names[index])
            }
            return Presentation.Table(columns: columns, rows: rows, total: total)
        }
    }

    /// Binds each `$x` of a query to the value of the variable x: a number if it is one, else a text.
    private static func bind(_ variables: [String: any SessionValue], to statement: GRDB.Statement) throws {
        let count = sqlite3_bind_parameter_count(statement.sqliteStatement)
        guard count > 0 else { return }
        var bound: [String: (any DatabaseValueConvertible)?] = [:]
        for position in 1...count {
            let written = sqlite3_bind_parameter_name(statement.sqliteStatement, position).map { String(cString: $0) }
            guard let written, written.hasPrefix("$") else {
                throw UserError(
                    "SQLError", "Nothing gives '\(written ?? "?")' a value.",
                    hint: "$x stands for the value of the variable x.")
            }
            let name = String(written.dropFirst())
            guard let value = variables[name] else {
                throw UserError(
                    "UnknownVariable", "There is no variable '\(name)'.",
                    hint: NearestNames.hint(for: name, in: variables.keys.sorted(), listing: "%who"))
            }
            if let list = value as? ListValue {
                throw UserError(
                    "SQLError", "$\(name) is a list of \(list.items.count) texts, and $x stands for one value.",
                    hint: "Give each a variable of its own: family in ($a, $b).")
            }
            bound[name] = Int(value.text) ?? Double(value.text) ?? value.text
        }
        try statement.setArguments(StatementArguments(bound))
    }

    private static func cell(_ value: DatabaseValue) -> Presentation.Table.Cell {
        switch value.storage {
        case .null: .missing
        case .int64(let number): .integer(Int(number))
        case .double(let number): .number(number)
        case .string(let text): .text(text)
        case .blob(let data): .text("\(data.count) bytes")
        }
    }

    /// SQLite's error about a condition on a table's rows, in words for its author; a missing column is named beside
    /// similarly spelt ones, or is a text without its quotes.
    static func userError(_ error: DatabaseError, of table: ZooTable) -> UserError {
        guard let column = missingColumn(error) else { return userError(error) }
        let (names, listing) = (table.columns.map(\.name), "%%sql with pragma table_info(\(table.name))")
        return UserError(
            "UnknownColumn", "The zoo's \(table.name) have no column '\(column)'.",
            hint: NearestNames.nearest(to: column, in: names).isEmpty
                ? "\(textHint(column)) \(listing) lists the columns."
                : NearestNames.hint(for: column, in: names, listing: listing))
    }

    /// The column that a query names and no table has; `nil` where that is not the error.
    private static func missingColumn(_ error: DatabaseError) -> String? {
        let start = "no such column: "
        guard let said = error.message, said.hasPrefix(start) else { return nil }
        return String(said.dropFirst(start.count).prefix { $0 != " " }).trimmed
    }

    /// In SQL what stands in double quotes, or in none, is a column's name.
    private static func textHint(_ name: String) -> String {
        "A text stands in single quotes: '\(name.singleLine(limit: 40).replacing("'", with: "''"))'."
    }

    /// SQLite's error about a query, in words for its author.
    static func userError(_ error: DatabaseError) -> UserError {
        // The library's own message for this one addresses programmers.
        let said =
            error.resultCode == .SQLITE_MISUSE
            ? "There is more than one query here" : (error.message ?? error.description).trimmed
        let tables = "Tables: \(ZooTable.names.joined(separator: ", ")); %help sql lists their columns."
        return UserError(
            "SQLError", "\(said).",
            hint: said.lowercased().hasSuffix("no such table: \(ZooTable.neighbours)")
                ? "The table \(ZooTable.neighbours) is made from an embedding: use %%sql, which learns one."
                : missingColumn(error).map { "\(textHint($0)) \(tables)" } ?? tables)
    }
}
