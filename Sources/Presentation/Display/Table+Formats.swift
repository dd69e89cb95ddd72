import JupyterKernel

extension Table {
    /// The table as HTML. Alignment is given twice, since code hosts drop styles and Jupyter's own style sheet
    /// overrides attributes; everything from outside is escaped. Long names break, so that the table fits a printed
    /// page; if it is still wider, it scrolls.
    package var html: String { html(namesCells: false) }

    /// - Parameter namesCells: whether each cell of a table wider than a phone knows its column's name, so that a style
    ///   sheet can stack a row's cells.
    package func html(namesCells: Bool) -> String {
        let isNamed = namesCells && columns.count > 3
        var html = ""
        if !title.isEmpty { html += "<p><b>\(title.singleLine().htmlEscaped)</b></p>" }
        html += "<div style=\"max-width:100%;overflow-x:auto\"><table\(isNamed ? " class=\"named\"" : "")><thead><tr>"
        let breaks = columns.indices.map(hasLongWord)
        let styles = columns.indices.map { column in
            Self.aligned(columns[column], breaks: breaks[column], leastWidth: leastWidth(column))
        }
        for (column, style) in zip(columns, styles) {
            html += "<th \(style)>\(column.name.singleLine().htmlEscaped)</th>"
        }
        html += "</tr></thead><tbody>"
        for (index, row) in rows.enumerated() {
            html += "<tr>"
            for (place, (cell, column)) in zip(row, columns).enumerated() {
                // To a browser a set of hundreds is one word, which would widen the table as much. JupyterLab drops the
                // style that breaks long names in untrusted notebooks.
                let text = Self.breakable(cell.formatted(column.format), after: breaks[place] ? ";_/" : ";")
                let name = isNamed ? " data-name=\"\(column.name.singleLine().htmlEscaped)\"" : ""
                html += "<td \(styles[place])\(name)>\(emphasised.contains(index) ? "<b>\(text)</b>" : text)</td>"
            }
            html += "</tr>"
        }
        html += "</tbody></table></div>"
        let below = [restNote].compactMap(\.self) + notes
        if !below.isEmpty {
            html += "<p>\(below.map { $0.singleLine().htmlEscaped }.joined(separator: "<br>"))</p>"
        }
        return html
    }

    /// The text escaped, with break opportunities after some marks.
    private static func breakable(_ text: String, after marks: String) -> String {
        var parts = [""]
        for character in text {
            parts[parts.count - 1].append(character)
            if marks.contains(character) { parts.append("") }
        }
        return parts.map(\.htmlEscaped).joined(separator: "<wbr>")
    }

    private static func aligned(_ column: Column, breaks: Bool, leastWidth: Int?) -> String {
        let side = column.alignment.rawValue
        return
            "align=\"\(side)\" style=\"text-align:\(side)\(breaks ? ";overflow-wrap:anywhere" : "")\(leastWidth.map { ";min-width:\($0)em" } ?? (breaks ? ";min-width:5em" : ""))\""
    }

    /// The least width, in em, of a column that would become a narrow ribbon in little room: about six lines of its longest
    /// text. `nil` for one of short texts.
    private func leastWidth(_ column: Int) -> Int? {
        let longest = rows.reduce(0) { longest, row in
            if case .text(let text) = row[column] { max(longest, text.utf8.count) } else { longest }
        }
        return longest > 90 ? min(max(18, longest / 12), 34) : nil
    }

    private func hasLongWord(_ column: Int) -> Bool {
        rows.contains { row in
            guard case .text(let text) = row[column], text.utf8.count > 18 else { return false }
            return text.split(whereSeparator: \.isWhitespace).contains { $0.count > 18 }
        }
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
