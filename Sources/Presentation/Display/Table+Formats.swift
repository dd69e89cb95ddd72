import JupyterKernel

extension Table {
    /// The table for a browser. Alignment is given twice, since code hosts drop styles and Jupyter's own style sheet
    /// overrules attributes; everything that comes from outside is escaped. Long names break, so that the table fits a page
    /// that is printed; what is wider still is scrolled.
    package var html: String { html(namesCells: false) }

    /// - Parameter namesCells: whether each cell of a table that is wider than a phone knows its column's name, so that a
    ///   style sheet can set a row's cells below each other.
    package func html(namesCells: Bool) -> String {
        let isNamed = namesCells && columns.count > 3
        var html = ""
        if !title.isEmpty { html += "<p><b>\(title.singleLine().htmlEscaped)</b></p>" }
        html += "<div style=\"max-width:100%;overflow-x:auto\"><table\(isNamed ? " class=\"named\"" : "")><thead><tr>"
        let breaks = columns.indices.map(hasLongWord)
        let styles = columns.indices.map { column in
            Self.aligned(columns[column], breaks: breaks[column], isLong: hasLongText(column))
        }
        for (column, style) in zip(columns, styles) {
            html += "<th \(style)>\(column.name.singleLine().htmlEscaped)</th>"
        }
        html += "</tr></thead><tbody>"
        for (index, row) in rows.enumerated() {
            html += "<tr>"
            for (place, (cell, column)) in zip(row, columns).enumerated() {
                // A set of hundreds is one word to a browser, which would make the table as wide. JupyterLab drops the style
                // that breaks long names in notebooks that it does not trust.
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

    /// The text escaped, with a place to break behind each of some marks.
    private static func breakable(_ text: String, after marks: String) -> String {
        var parts = [""]
        for character in text {
            parts[parts.count - 1].append(character)
            if marks.contains(character) { parts.append("") }
        }
        return parts.map(\.htmlEscaped).joined(separator: "<wbr>")
    }

    private static func aligned(_ column: Column, breaks: Bool, isLong: Bool) -> String {
        let side = column.alignment.rawValue
        return
            "align=\"\(side)\" style=\"text-align:\(side)\(breaks ? ";overflow-wrap:anywhere" : "")\(isLong ? ";min-width:18em" : breaks ? ";min-width:5em" : "")\""
    }

    /// Whether it would be a narrow ribbon where there is little room.
    private func hasLongText(_ column: Int) -> Bool {
        rows.contains { if case .text(let text) = $0[column] { text.utf8.count > 90 } else { false } }
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
