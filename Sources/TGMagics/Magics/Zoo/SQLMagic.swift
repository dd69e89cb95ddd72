import ArgumentParser
import CellLanguage
import Foundation
import GRDB
import TransferGraphCore

/// `%%sql`
public struct SQLMagic: ListingMagic {
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
    public static let places: MagicPlaces = [.cell, .terminal]

    @OptionGroup public var rows: RowOptions

    public init() {}

    public mutating func listAll() { rows.listAll() }

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
            let table = try database.answer(query, limit: rows.limit) { context.isInterrupted }
            return MagicResult(table)
        } catch let error as DatabaseError {
            if context.isInterrupted { throw Cancelled() }
            // The library's own words for this one speak to who writes programs with it.
            let said =
                error.resultCode == .SQLITE_MISUSE
                ? "There is more than one query in this cell" : (error.message ?? error.description).trimmed
            throw UserError(
                "SQLError", "\(said).",
                hint: Typography.hint(on: query, firstLine: invocation.bodyLine)
                    ?? "Tables: \(ZooDatabase.tables.joined(separator: ", ")); %help sql lists their columns.")
        }
    }
}
