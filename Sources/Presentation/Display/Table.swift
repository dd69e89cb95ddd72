import JupyterKernel

/// Rows under named columns, with the count of those that are not shown.
public struct Table: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        public enum Alignment: String, Sendable {
            case left
            case right
        }
        public let name: String
        public let alignment: Alignment
        public let format: NumberFormat

        public init(_ name: String, _ alignment: Alignment = .left, format: NumberFormat = .figures) {
            self.name = name
            self.alignment = alignment
            self.format = format
        }

        /// A column of numbers.
        public static func number(_ name: String, _ format: NumberFormat = .figures) -> Column {
            Column(name, .right, format: format)
        }
    }

    public enum Cell: Sendable, Equatable {
        case text(String)
        case number(Double)
        case integer(Int)
        case truth(Bool)
        /// A number with its interval, such as a bootstrap interval of a mean.
        case interval(Double, low: Double, high: Double)
        /// Unknown; shown as a dash.
        case missing

        public init(_ text: String?) { self = text.map { .text($0) } ?? .missing }
        public init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
        public init(_ integer: Int?) { self = integer.map { .integer($0) } ?? .missing }
    }

    /// The heading above the table; may be empty.
    public var title: String
    public let columns: [Column]
    /// The rows that are shown, each as long as ``columns``.
    public var rows: [[Cell]]
    /// The number of rows, including those not shown.
    public var total: Int
    /// The rows after those shown, as many as are kept: a file holds them too.
    public var rest: [[Cell]]
    /// The positions in ``rows`` of those highlighted: the mean, the winner.
    public var emphasised: Set<Int>
    /// Sentences below the table.
    public var notes: [String]
    /// What programs find besides columns and rows.
    public var extra: [(name: String, value: JSON)]
    /// The kind that programs are told.
    public var kind: String

    /// - Precondition: each row is as long as `columns`.
    public init(
        title: String = "", columns: [Column], rows: [[Cell]], total: Int? = nil, rest: [[Cell]] = [],
        emphasised: Set<Int> = [],
        notes: [String] = [], kind: String = "table", extra: [(name: String, value: JSON)] = []
    ) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a cell for each column")
        self.title = title
        self.columns = columns
        self.rows = rows
        self.total = total ?? rows.count
        self.rest = rest
        self.emphasised = emphasised
        self.notes = notes
        self.kind = kind
        self.extra = extra
    }

    public static func == (a: Table, b: Table) -> Bool {
        a.title == b.title && a.columns == b.columns && a.rows == b.rows && a.total == b.total && a.rest == b.rest
            && a.emphasised == b.emphasised && a.notes == b.notes && a.kind == b.kind
            && a.extra.elementsEqual(b.extra) { $0.name == $1.name && $0.value == $1.value }
    }

    /// The table with all rows that are kept.
    package var complete: Table {
        var table = self
        table.rows += rest
        table.rest = []
        return table
    }

    /// The table without the column of this name.
    package func without(_ name: String) -> Table {
        let kept = columns.indices.filter { columns[$0].name != name }
        return Table(
            title: title, columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } },
            total: total, rest: rest.map { row in kept.map { row[$0] } }, emphasised: emphasised, notes: notes,
            kind: kind,
            extra: extra)
    }

    /// The table with further columns, one cell per row each, before the one at a position.
    package func inserting(_ more: [(column: Column, cells: [Cell])], before position: Int) -> Table {
        var columns = columns
        columns.insert(contentsOf: more.map(\.column), at: position)
        let rows = rows.enumerated().map { index, row in
            var row = row
            row.insert(contentsOf: more.map { $0.cells[index] }, at: position)
            return row
        }
        return Table(
            title: title, columns: columns, rows: rows, total: total, emphasised: emphasised, notes: notes,
            kind: kind, extra: extra)
    }

    /// The first cell of the first row: `best = %models --sort results --descending` lets a later line say `$best`.
    public var text: String {
        guard let column = columns.first, let cell = rows.first?.first else { return "" }
        if case .text(let text) = cell { return text }
        return cell.formatted(column.format)
    }
    public var summary: String {
        "\(total) row\(total == 1 ? "" : "s") of \(columns.map(\.name).joined(separator: ", "))"
    }

    public var display: DisplayData {
        DisplayData(data: [
            "text/plain": .string(plainText),
            "text/html": .string(html),
            DisplayData.transferGraphJSON: json,
        ])
    }

    /// The sentence that counts the rows not shown; `nil` if all are.
    package var restNote: String? {
        guard total > rows.count else { return nil }
        let count = { (count: Int) in NumberFormat.count.text(Double(count)) }
        return "… and \(count(total - rows.count)) more (\(count(total)) in all)."
    }
}

extension Table.Cell {
    /// The cell as people read it, on one line.
    package func formatted(_ format: NumberFormat) -> String {
        switch self {
        case .text(let text): text.singleLine()
        case .number(let value): format.text(value)
        case .integer(let value): NumberFormat.count.text(Double(value))
        case .truth(let value): value ? "yes" : "no"
        case .interval(let value, let low, let high):
            low.isNaN || high.isNaN
                ? format.text(value) : "\(format.text(value)) [\(format.text(low)), \(format.text(high))]"
        case .missing: "–"
        }
    }

    package var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .number(let value): value.isFinite ? .number(value) : .null
        case .integer(let value): .integer(value)
        case .truth(let value): .bool(value)
        case .interval(let value, _, _): value.isFinite ? .number(value) : .null
        case .missing: .null
        }
    }
}
