import Support

/// The tables that stand in a page as HTML: `<table>` with `<tr>`, `<th>` and `<td>`, closed or not.
enum HTMLTables {
    /// The tables in lines of text, each with the lines it stands on. The first row with cells is the header.
    static func tables(in lines: [Substring]) -> [HubTable] {
        var found: [HubTable] = []
        var rows: [(line: Int, cells: [Cell])] = []
        var isInside = false
        var isInCell = false
        var begun = 0
        for (index, line) in lines.enumerated() {
            var rest = line[...]
            while !rest.isEmpty {
                guard let open = rest.firstIndex(of: "<") else {
                    if isInCell { add(rest, to: &rows) }
                    break
                }
                if isInCell { add(rest[..<open], to: &rows) }
                guard let close = rest[open...].firstIndex(of: ">") else { break }
                let tag = rest[rest.index(after: open)..<close]
                let name = tag.prefix { $0.isLetter || $0 == "/" || $0.isNumber }.lowercased()
                switch name {
                case "table":
                    (isInside, isInCell, rows, begun) = (true, false, [], index + 1)
                case "/table":
                    if isInside, let table = table(rows, line: begun) { found.append(table) }
                    (isInside, isInCell) = (false, false)
                case "tr" where isInside:
                    rows.append((index + 1, []))
                    isInCell = false
                case "td" where isInside, "th" where isInside:
                    if rows.isEmpty { rows.append((index + 1, [])) }
                    rows[rows.count - 1].cells.append(Cell(span: span(tag)))
                    isInCell = true
                case "/td", "/th", "/tr": isInCell = false
                default:
                    // A line's end, emphasis, a link: what stands in a cell of Markdown as well.
                    if isInCell { add(rest[open...close], to: &rows) }
                }
                rest = rest[rest.index(after: close)...]
            }
            if isInCell { add(" ", to: &rows) }
        }
        return found
    }

    private struct Cell {
        var text = ""
        /// How many columns it takes.
        let span: Int
    }

    private static func add(_ text: Substring, to rows: inout [(line: Int, cells: [Cell])]) {
        guard let row = rows.indices.last, let cell = rows[row].cells.indices.last else { return }
        rows[row].cells[cell].text += text
    }

    private static func span(_ tag: Substring) -> Int {
        guard let mark = tag.firstRange(of: "colspan") else { return 1 }
        let digits = tag[mark.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber }
        return min(max(1, Int(digits) ?? 1), 64)
    }

    private static func table(_ rows: [(line: Int, cells: [Cell])], line: Int) -> HubTable? {
        let filled = rows.filter { !$0.cells.isEmpty }.map { row in
            HubTable.Row(
                line: row.line,
                fields: row.cells.flatMap { Array(repeating: $0.text.trimmed, count: $0.span) })
        }
        guard let header = filled.first else { return nil }
        return HubTable(
            header: header.fields.map(MarkdownText.plain),
            rows: filled.dropFirst().filter { $0.fields.contains { !$0.isEmpty } }, line: line)
    }
}
