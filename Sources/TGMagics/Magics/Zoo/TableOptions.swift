import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// Options of every command that lists a table: an order, a filter, and how many rows are shown.
public struct TableOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Order by this column, shown or not; largest first with --descending.", valueName: "column"))
    public var sort: String?
    @Flag(help: "The largest first.")
    public var descending = false
    @Option(
        name: .customLong("match"),
        help: ArgumentHelp("Only rows in which a text holds this, whatever its case.", valueName: "text"))
    public var match: String?
    @OptionGroup public var rows: RowOptions

    public init() {}

    /// The table with `rows`, filtered, sorted and limited as asked.
    ///
    /// - Parameter source: the zoo's table of the rows, and each row's position there: a column that is not shown may
    ///   sort them.
    /// - Throws: `UserError` named `UnknownColumn` with the nearest names.
    func table(
        title: String = "", columns: [Table.Column], rows: [[Table.Cell]], notes: [String] = [],
        of source: (table: ZooTable, rows: [Int])? = nil
    ) throws(UserError) -> Table {
        var places = Array(rows.indices)
        if let match {
            let wanted = match.lowercased()
            places = places.filter { place in
                rows[place].contains {
                    if case .text(let text) = $0 { text.lowercased().contains(wanted) } else { false }
                }
            }
        }
        if let sort {
            let cell = try cell(sort, of: columns, rows, source)
            let keys = places.map { (place: $0, key: cell($0).sortKey) }
            let isDescending = descending
            places = keys.sorted { a, b in
                // Unknown values come last in either direction; equal rows keep their order.
                if (a.key == nil) != (b.key == nil) { return b.key == nil }
                guard let x = a.key, let y = b.key, x != y else { return a.place < b.place }
                return isDescending ? y < x : x < y
            }.map(\.place)
        }
        let limit = self.rows.limit
        let shown = places.prefix(limit).map { rows[$0] }
        let rest = places.dropFirst(limit).prefix(self.rows.kept).map { rows[$0] }
        return Table(title: title, columns: columns, rows: shown, total: places.count, rest: rest, notes: notes)
    }

    /// A row's value in the column called `name`: one that is shown, else one of the zoo's table.
    private func cell(
        _ name: String, of columns: [Table.Column], _ rows: [[Table.Cell]], _ source: (table: ZooTable, rows: [Int])?
    ) throws(UserError) -> (Int) -> Table.Cell {
        var names = columns.map(\.name)
        let position =
            names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
        if let position { return { rows[$0][position] } }
        if let source, let column = source.table.column(name) { return { column.cell(source.rows[$0]) } }
        for column in source?.table.columns ?? [] where !names.contains(column.name) { names.append(column.name) }
        let near = NearestNames.nearest(to: name, in: names)
        throw UserError(
            "UnknownColumn", "The table has no column '\(name)'.",
            hint: near.isEmpty
                ? "Its columns are \(names.joined(separator: ", "))." : "Did you mean \(near.joined(separator: ", "))?")
    }
}

extension Table.Cell {
    /// The sort key of a row: numbers before texts; `nil` if unknown.
    fileprivate enum SortKey: Comparable {
        case number(Double)
        case text(String)
    }

    fileprivate var sortKey: SortKey? {
        switch self {
        case .text(let text): .text(text.lowercased())
        case .number(let value), .interval(let value, _, _): value.isNaN ? nil : .number(value)
        case .integer(let value): .number(Double(value))
        case .truth(let value): .number(value ? 1 : 0)
        case .missing: nil
        }
    }
}
