import ArgumentParser
import CellLanguage
import JupyterKernel
import Presentation
import TransferGraphCore

/// What every command that lists a table takes: an order, a filter, and how many rows are shown.
public struct TableOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Order by this column; largest first with --descending.", valueName: "column"))
    public var sort: String?
    @Flag(help: "The largest first.")
    public var descending = false
    @Option(
        name: .customLong("match"),
        help: ArgumentHelp("Only rows in which a text holds this, whatever its case.", valueName: "text"))
    public var match: String?
    @OptionGroup public var rows: RowOptions

    public init() {}

    /// The table with `rows`, filtered, ordered and cut as asked.
    ///
    /// - Throws: `UserError` named `UnknownColumn` with the nearest names.
    func table(
        title: String = "", columns: [Table.Column], rows: [[Table.Cell]], notes: [String] = []
    ) throws(UserError) -> Table {
        var rows = rows
        if let match {
            let wanted = match.lowercased()
            rows = rows.filter { row in
                row.contains { if case .text(let text) = $0 { text.lowercased().contains(wanted) } else { false } }
            }
        }
        if let sort {
            let position = try column(sort, of: columns)
            let isDescending = descending
            rows = rows.enumerated().sorted { a, b in
                let (x, y) = (a.element[position], b.element[position])
                // What is not known stands last in either direction; equal rows keep their order.
                if (x.sortKey == nil) != (y.sortKey == nil) { return y.sortKey == nil }
                guard let x = x.sortKey, let y = y.sortKey, x != y else { return a.offset < b.offset }
                return isDescending ? y < x : x < y
            }.map(\.element)
        }
        let shown = Array(rows.prefix(self.rows.limit))
        return Table(title: title, columns: columns, rows: shown, total: rows.count, notes: notes)
    }

    private func column(_ name: String, of columns: [Table.Column]) throws(UserError) -> Int {
        let names = columns.map(\.name)
        if let position = names.firstIndex(of: name) { return position }
        if let position = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return position }
        let near = NearestNames.nearest(to: name, in: names)
        throw UserError(
            "UnknownColumn", "The table has no column '\(name)'.",
            hint: near.isEmpty
                ? "Its columns are \(names.joined(separator: ", "))." : "Did you mean \(near.joined(separator: ", "))?")
    }
}

extension Table.Cell {
    /// What rows are ordered by: numbers before texts; `nil` where nothing is known.
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
