import ArgumentParser
import CellLanguage
import Foundation
import GRDB
import TransferGraphCore

/// `%%sql`
public struct SQLMagic: Magic {
    public static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Answers a question in SQL (SQLite's) over the zoo's tables.",
        discussion: """
            %%sql
            select family, count(*) as models, avg(score) as mean
            from records join models using (model)
            group by family order by mean desc

            Tables: models(model, family, architecture, parameters, input_size, pretrained_on, pretraining_accuracy),
            datasets(dataset, size, classes, signal), records(model, dataset, score, normalised, runs),
            scores(model, dataset, method, value), similarity(dataset_a, dataset_b, distance), lineage(model, parent)
            """)
    public static let places: MagicPlaces = .cell

    @Option(name: .customLong("rows"), help: ArgumentHelp("How many rows are shown.", valueName: "count"))
    public var rowLimit: Int = 20
    @Flag(help: "Show all rows.")
    public var all = false

    public init() {}

    public mutating func validate() throws {
        if rowLimit < 0 { throw ValidationError("--rows takes a count of 0 or more.") }
    }

    public func run(in invocation: Invocation) throws -> MagicResult {
        let zoo = try invocation.state.requireZoo()
        let query = invocation.body ?? ""
        guard !query.trimmed.isEmpty else {
            throw UserError(
                "SQLError", "There is no query below %%sql.", hint: "Write one, such as select * from models.")
        }
        let context = invocation.context
        let database = try ZooDatabase(zoo)
        do {
            let table = try database.answer(query, limit: all ? .max : rowLimit) { context.isInterrupted }
            return MagicResult(table)
        } catch let error as DatabaseError {
            if context.isInterrupted { throw Cancelled() }
            // The library's own words for this one speak to who writes programs with it.
            let said =
                error.resultCode == .SQLITE_MISUSE
                ? "There is more than one query in this cell" : (error.message ?? error.description).trimmed
            throw UserError(
                "SQLError", "\(said).",
                hint: "Tables: \(ZooDatabase.tables.joined(separator: ", ")); %help sql lists their columns.")
        }
    }
}
