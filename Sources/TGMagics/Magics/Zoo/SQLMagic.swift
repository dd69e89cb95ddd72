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

            Tables: models(model, family, architecture, parameters, input_size, pretrained_on, pretraining_accuracy, results),
            datasets(dataset, size, classes, signal, results, metric, higher_is_better, scale),
            records(model, dataset, score, normalised, runs, lowest, highest, metric, trained_on), each with every further column of
            the zoo's files; scores(model, dataset, method, value), similarity(dataset_a, dataset_b, distance),
            lineage(model, parent, relation, source), and measurements(model, dataset, config, split, metric, value,
            written, scale, higher_is_better, file, line, used, reason): a row for each number read, used or not;
            neighbours(node, neighbour, cosine, node_type, neighbour_type): the hundred nearest models and datasets of each
            node by the embedding that %embed learned last, or by the usual one.
            A score is in its dataset's own direction and scale. has(column, 'x') looks into a set. $x is the value of the \
            variable x.
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
        do {
            guard ZooDatabase.asksNeighbours(query) else {
                let database = try ZooDatabase(zoo, for: query) { context.isInterrupted }
                return MagicResult(
                    try database.answer(query, limit: rows.limit, variables: invocation.state.variables) {
                        context.isInterrupted
                    })
            }
            let learned = try invocation.embeddingOrUsual()
            let database = try ZooDatabase(zoo, for: query, embedding: learned) { context.isInterrupted }
            var table = try database.answer(query, limit: rows.limit, variables: invocation.state.variables) {
                context.isInterrupted
            }
            table.notes.append("neighbours is of \(EmbeddingValue(learned).summary).")
            return MagicResult(table) { $0.use(learned) }
        } catch let error as DatabaseError {
            if context.isInterrupted { throw Cancelled() }
            let told = ZooDatabase.userError(error)
            throw Typography.hint(on: query, firstLine: invocation.bodyLine).map {
                UserError(told.name, told.message, place: told.place, hint: $0)
            } ?? told
        }
    }
}
