import JupyterKernel

extension Table {
    /// The table for a console: columns aligned, a rule under their names.
    package var plainText: String {
        let texts = rows.map { row in zip(row, columns).map { $0.formatted($1.format) } }
        let names = columns.map { $0.name.singleLine() }
        let widths = columns.indices.map { column in
            max(names[column].displayWidth, texts.map { $0[column].displayWidth }.max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            var line = ""
            for (column, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
                if column > 0 { line += "  " }
                line += columns[column].alignment == .right ? padding + cell : cell + padding
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        var lines = title.isEmpty ? [] : [title.singleLine()]
        lines.append(line(names))
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        lines.append(rule)
        for (index, row) in texts.enumerated() {
            if index > 0, emphasised.contains(index), !emphasised.contains(index - 1), index == texts.count - 1 {
                lines.append(rule)
            }
            lines.append(line(row))
        }
        if let restNote { lines.append(restNote) }
        lines += notes.map { $0.singleLine() }
        return lines.joined(separator: "\n")
    }

    /// The table for a browser. Alignment is given twice, since code hosts drop styles and Jupyter's own style sheet
    /// overrules attributes; everything that comes from outside is escaped.
    package var html: String {
        var html = ""
        if !title.isEmpty { html += "<p><b>\(title.singleLine().htmlEscaped)</b></p>" }
        html += "<table><thead><tr>"
        for column in columns {
            html += "<th \(Self.aligned(column))>\(column.name.singleLine().htmlEscaped)</th>"
        }
        html += "</tr></thead><tbody>"
        for (index, row) in rows.enumerated() {
            html += "<tr>"
            for (cell, column) in zip(row, columns) {
                let text = cell.formatted(column.format).htmlEscaped
                html += "<td \(Self.aligned(column))>\(emphasised.contains(index) ? "<b>\(text)</b>" : text)</td>"
            }
            html += "</tr>"
        }
        html += "</tbody></table>"
        let below = [restNote].compactMap(\.self) + notes
        if !below.isEmpty {
            html += "<p>\(below.map { $0.singleLine().htmlEscaped }.joined(separator: "<br>"))</p>"
        }
        return html
    }

    private static func aligned(_ column: Column) -> String {
        "align=\"\(column.alignment.rawValue)\" style=\"text-align:\(column.alignment.rawValue)\""
    }

    /// The table for programs.
    package var json: JSON {
        var members: [(String, JSON)] = [
            ("kind", .string(kind)),
            ("columns", .array(columns.map { .string($0.name) })),
            ("rows", .array(rows.map { row in .array(row.map(\.json)) })),
            ("total", .integer(total)),
        ]
        if !title.isEmpty { members.append(("title", .string(title))) }
        if !notes.isEmpty { members.append(("notes", .array(notes.map(JSON.string)))) }
        members += extra.map { ($0.name, $0.value) }
        return .object(.init(members, uniquingKeysWith: { $1 }))
    }
}
