import ArgumentParser
import CellLanguage
import GRDB
import JupyterKernel
import Presentation
import TransferGraphCore

/// Options of commands that list a zoo's table: the columns to show, and a condition on the rows.
public struct ColumnOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The columns to show, with commas between them: any that %%sql knows.", valueName: "columns"))
    public var columns: String?
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only rows for which this holds, in SQL: \"parameters < 100e6 and license = 'apache-2.0'\". $x is the value of a variable.",
            valueName: "condition"))
    public var condition: String?

    public init() {}

    /// The options in whose value `$x` is bound.
    static let binding = ["--where"]

    /// The positions of the table's rows that meet the condition; all if there is none.
    func rows(of table: ZooTable, in zoo: Zoo, of invocation: Invocation) throws -> [Int] {
        guard let condition = try condition(in: invocation) else { return Array(0..<table.rowCount) }
        return try Self.rows(where: condition, of: table, in: zoo, context: invocation.context)
    }

    private func condition(in invocation: Invocation) throws(UserError) -> SQLCondition? {
        guard let condition else { return nil }
        return try SQLCondition(condition, invocation.state.variables)
    }

    /// The positions of the table's rows that meet a condition.
    static func rows(
        where condition: SQLCondition, of table: ZooTable, in zoo: Zoo, context: any ExecutionContext
    ) throws -> [Int] {
        if let error = TextComparison.error(condition, on: table) { throw error }
        do {
            // A condition may query other tables too.
            let database = try ZooDatabase(zoo, for: "\(table.name) \(condition.sql)") { context.isInterrupted }
            return try database.rows(of: table.name, where: condition) { context.isInterrupted }
        } catch let error as DatabaseError {
            if context.isInterrupted { throw Cancelled() }
            throw ZooDatabase.userError(error, of: table)
        }
    }

    /// Notes on the condition, shown below the rows it left.
    func notes(on table: ZooTable, rows: Int, of invocation: Invocation) throws(UserError) -> [String] {
        guard let condition = try condition(in: invocation) else { return [] }
        return (rows == 0 ? ["The condition holds for none of the \(table.rowCount) \(table.name)."] : [])
            + [ConditionSpelling.note(condition, on: table)].compactMap(\.self)
    }

    /// The columns that were asked for; `nil` if none were.
    ///
    /// - Throws: `UserError` named `UnknownColumn` with the nearest names.
    func chosen(from table: ZooTable) throws(UserError) -> [ZooTable.Column]? {
        guard let columns else { return nil }
        var chosen: [ZooTable.Column] = []
        for name in columns.split(separator: ",").map(\.trimmed) where !name.isEmpty {
            guard let column = table.column(name) else {
                throw UserError(
                    "UnknownColumn", "The zoo's \(table.name) have no column '\(name)'.",
                    hint: NearestNames.hint(
                        for: name, in: table.columns.map(\.name), listing: "%%sql with pragma table_info(\(table.name))"
                    ))
            }
            if !chosen.contains(where: { $0.name == column.name }) { chosen.append(column) }
        }
        // A row without its name means nothing.
        if let first = table.columns.first, !chosen.contains(where: { $0.name == first.name }) {
            chosen.insert(first, at: 0)
        }
        return chosen
    }
}
