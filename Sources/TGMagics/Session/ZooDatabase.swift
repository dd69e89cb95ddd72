import CellLanguage
import Dispatch
import GRDB
import GRDBSQLite
import JupyterKernel
import Presentation
import TransferGraphCore

/// A zoo's tables in an SQLite database in memory, made for one question.
struct ZooDatabase {
    static let tables = ["models", "datasets", "records", "scores", "similarity", "lineage"]
    private let queue: DatabaseQueue

    /// The longest text or row a question may make, in bytes.
    private static let longestValue: Int32 = 16 << 20

    init(_ zoo: Zoo) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // A question is about the zoo: it opens no file beside it and fills no memory with one value.
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Self.longestValue)
        }
        queue = try DatabaseQueue(configuration: configuration)
        try queue.write { database in
            try database.execute(
                sql: """
                    create table models(model text, family text, architecture text, parameters real, input_size real,
                        pretrained_on text, pretraining_accuracy real);
                    create table datasets(dataset text, size real, classes real, signal integer);
                    create table records(model text, dataset text, score real, normalised real, runs integer);
                    create table scores(model text, dataset text, method text, value real);
                    create table similarity(dataset_a text, dataset_b text, distance real);
                    create table lineage(model text, parent text);
                    """)
            try Self.fill(database, with: zoo)
        }
    }

    private static func fill(_ database: Database, with zoo: Zoo) throws {
        func insert(_ table: String, _ columns: Int) throws -> GRDB.Statement {
            let marks = Array(repeating: "?", count: columns).joined(separator: ",")
            return try database.makeStatement(sql: "insert into \(table) values (\(marks))")
        }
        let models = try insert("models", 7)
        for model in zoo.models {
            try models.execute(arguments: [
                model.name, model.family, model.architecture, model.parameters, model.inputSize,
                model.pretrainingDataset.map { zoo.datasets[$0].name }, model.pretrainingAccuracy,
            ])
        }
        let datasets = try insert("datasets", 4)
        for dataset in zoo.datasets {
            try datasets.execute(arguments: [dataset.name, dataset.size, dataset.classes, dataset.carriesSignal])
        }
        let records = try insert("records", 5)
        let normalised = zoo.results.minMaxNormalised()
        for (position, entry) in zoo.results.entries.enumerated() {
            try records.execute(arguments: [
                zoo.models[entry.model].name, zoo.datasets[entry.dataset].name, entry.value,
                normalised.values[position], position < zoo.runs.count ? Int(zoo.runs[position]) : nil,
            ])
        }
        let scores = try insert("scores", 4)
        for score in zoo.scores {
            for entry in score.values.entries {
                try scores.execute(arguments: [
                    zoo.models[entry.model].name, zoo.datasets[entry.dataset].name, score.method, entry.value,
                ])
            }
        }
        if let distances = zoo.distances {
            let similarity = try insert("similarity", 3)
            for a in 0..<distances.count {
                for b in 0..<a {
                    guard let distance = distances[a, b] else { continue }
                    try similarity.execute(arguments: [zoo.datasets[b].name, zoo.datasets[a].name, distance])
                }
            }
        }
        let lineage = try insert("lineage", 2)
        for link in zoo.lineage {
            try lineage.execute(arguments: [zoo.models[link.child].name, zoo.models[link.parent].name])
        }
    }

    /// The rows that `query` gives: the first `limit` of them, and the count of all.
    ///
    /// - Parameter isCancelled: asked every 20 ms; the query ends with an error soon after it says yes.
    /// - Throws: `DatabaseError`; `UserError` named `SQLError` for what is no question.
    func answer(_ query: String, limit: Int, isCancelled: @escaping @Sendable () -> Bool) throws -> Presentation.Table {
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
                    "This is no question: it would change something, and the zoo's tables stay as they are.",
                    hint: "Write a query, such as select * from models; pragma table_info(models) lists columns.")
            }
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

    private static func cell(_ value: DatabaseValue) -> Presentation.Table.Cell {
        switch value.storage {
        case .null: .missing
        case .int64(let number): .integer(Int(number))
        case .double(let number): .number(number)
        case .string(let text): .text(text)
        case .blob(let data): .text("\(data.count) bytes")
        }
    }
}
