import Support

extension Table {
    /// The table as comma-separated values, numbers at full precision; a column with intervals becomes three: the
    /// value, and its two bounds. Unknown values are empty.
    package var csv: String {
        let hasIntervals = columns.indices.map { column in
            rows.contains { if case .interval = $0[column] { true } else { false } }
        }
        let names = zip(columns, hasIntervals).flatMap { column, hasInterval in
            hasInterval ? [column.name, "\(column.name) low", "\(column.name) high"] : [column.name]
        }
        var text = CSV.row(names)
        for row in rows {
            text += CSV.row(zip(row, hasIntervals).flatMap { cell, hasInterval in cell.fields(hasInterval) })
        }
        return text
    }

    /// The table as GitHub's Markdown, numbers as people read them.
    package var markdown: String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        var lines: [String] = []
        if !title.isEmpty { lines += ["**\(title.singleLine().markdownEscaped)**", ""] }
        lines.append(line(columns.map { $0.name.singleLine().markdownEscaped }))
        lines.append(line(columns.map { $0.alignment == .right ? "---:" : "---" }))
        for (index, row) in rows.enumerated() {
            lines.append(
                line(
                    zip(row, columns).map { cell, column in
                        let text = cell.formatted(column.format).markdownEscaped
                        return emphasised.contains(index) && !text.isEmpty ? "**\(text)**" : text
                    }))
        }
        for note in [restNote].compactMap(\.self) + notes { lines += ["", note.singleLine().markdownEscaped] }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Table.Cell {
    fileprivate func fields(_ hasInterval: Bool) -> [String] {
        let bounds = hasInterval ? ["", ""] : []
        switch self {
        case .text(let text): return [text] + bounds
        case .number(let value): return [CSV.field(value)] + bounds
        case .integer(let value): return ["\(value)"] + bounds
        case .truth(let value): return ["\(value)"] + bounds
        case .interval(let value, let low, let high): return [value, low, high].map { CSV.field($0) }
        case .missing: return [""] + bounds
        }
    }
}

extension String {
    /// The text with Markdown's special characters escaped.
    package var markdownEscaped: String {
        var escaped = ""
        for character in self {
            if "\\|<*`[".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }
}
