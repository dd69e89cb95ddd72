import Support

/// The tables in a text of Markdown: a line of names between bars, a line of dashes, and a line for each row, with
/// or without lines drawn between them; or in HTML.
package enum MarkdownTables {
    /// The tables outside of code, each with the lines it stands on.
    package static func tables(in lines: [Substring]) -> [HubTable] {
        var found: [HubTable] = []
        var isCode = false
        var index = 0
        while index < lines.count {
            let line = lines[index].trimmed
            if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
            guard !isCode, line.contains("|"), index + 1 < lines.count, isRule(lines[index + 1]) else {
                index += 1
                continue
            }
            var table = HubTable(header: cells(line).map(MarkdownText.plain), rows: [], line: index + 1)
            index += 2
            while index < lines.count, lines[index].contains("|") || isGridRule(lines[index]) {
                if isGridRule(lines[index]) {
                    index += 1
                    continue
                }
                let cells = cells(lines[index].trimmed)
                if cells.contains(where: { !$0.isEmpty }) { table.rows.append(.init(line: index + 1, fields: cells)) }
                index += 1
            }
            found.append(table)
        }
        if lines.contains(where: { $0.contains("<table") }) {
            found += HTMLTables.tables(in: lines)
            found.sort { $0.line < $1.line }
        }
        return found
    }

    /// The text that the bytes are, where a table of Markdown begins in their first 64 KiB; `nil` for anything else.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let head = bytes.prefix(1 << 16)
        var before: Slice<UnsafeBufferPointer<UInt8>>?
        var isThere = false
        for line in head.split(separator: 10, omittingEmptySubsequences: false) {
            if let before, before.contains(UInt8(ascii: "|")), isRule(line) {
                isThere = true
                break
            }
            before = line
        }
        guard isThere else { return nil }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return String(validating: bytes[start...], as: UTF8.self)
    }

    /// Whether a line rules a header off: `|---|:--:|`, and `|---+---|` as Org writes it.
    private static func isRule(_ line: Substring) -> Bool {
        var text = line
        return text.withUTF8 { isRule(Slice(base: $0, bounds: $0.indices)) }
    }

    /// Whether a line rules rows off in a table that is drawn: `+-----+------+`, `+=====+======+`.
    private static func isGridRule(_ line: Substring) -> Bool {
        var text = line
        return text.withUTF8 { isGridRule(Slice(base: $0, bounds: $0.indices)) }
    }

    private static func isGridRule(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let parts = line.drop { $0 == 32 }
        return parts.first == UInt8(ascii: "+")
            && (parts.contains(UInt8(ascii: "-")) || parts.contains(UInt8(ascii: "=")))
            && parts.dropFirst().contains(UInt8(ascii: "+")) && parts.allSatisfy { "+-=: \t\r".utf8.contains($0) }
    }

    private static func isRule(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        isGridRule(line)
            || line.contains(UInt8(ascii: "-")) && line.contains(UInt8(ascii: "|"))
                && line.allSatisfy { "|-:+ \t\r".utf8.contains($0) }
    }

    /// A line's cells; `\|` is no bar.
    private static func cells(_ line: String) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        for character in line {
            if character == "|", !isEscaped {
                cells.append(cell.trimmed)
                cell = ""
            } else {
                cell.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        cells.append(cell.trimmed)
        if cells.first == "" { cells.removeFirst() }
        if cells.count > 1, cells.last == "" { cells.removeLast() }
        return cells
    }
}

/// Text of Markdown and the little HTML that stands in it, as it is read aloud.
package enum MarkdownText {
    /// Without links, emphasis, code marks and tags: `[**VGG16**](https://…)` is `VGG16`.
    package static func plain(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if let link = link(rest) {
                if !rest.hasPrefix("!") { result += plain(link.label) }
                rest = link.rest
            } else if character == "<", let end = rest.firstIndex(of: ">") {
                // A line's end in a cell, `<sup>` and its kind: a space.
                result += " "
                rest = rest[rest.index(after: end)...]
            } else {
                if !"*`\\".contains(character) { result.append(character) }
                rest = rest.dropFirst()
            }
        }
        result = result.replacing("&nbsp;", with: " ").replacing("&amp;", with: "&").replacing("__", with: "")
        return result.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What stands before the first line end of a cell: `55.0<br>**55.8**` are the values of two settings.
    package static func firstLine(_ text: String) -> String {
        let cut = text.firstRange(of: "<br")?.lowerBound ?? text.endIndex
        return plain(String(text[..<cut]))
    }

    /// A link or picture at the text's beginning.
    private static func link(_ text: Substring) -> (label: String, rest: Substring)? {
        let start = text.hasPrefix("!") ? text.dropFirst() : text
        guard start.first == "[" else { return nil }
        var depth = 0
        for index in start.indices {
            if start[index] == "[" { depth += 1 }
            if start[index] == "]" { depth -= 1 }
            guard depth == 0 else { continue }
            let after = start[start.index(after: index)...]
            guard after.first == "(", let end = after.firstIndex(of: ")") else { return nil }
            return (String(start[start.index(after: start.startIndex)..<index]), after[after.index(after: end)...])
        }
        return nil
    }
}
