import Synchronization

/// The console's width in columns for plain text: 80 if unknown, since a notebook's text must not depend on where its
/// server was started; `nil` for no limit, as in a file.
package enum ConsoleWidth {
    private static let width = Mutex<Int?>(80)
    package static var current: Int? {
        get { width.withLock { $0 } }
        set { width.withLock { $0 = newValue } }
    }
}

extension Table {
    /// The table for a console: columns aligned, a rule under their names.
    package var plainText: String { plainText(width: ConsoleWidth.current) }

    /// The table for a console of `width` columns. Wide texts are wrapped; if that is not enough, the columns are split
    /// into several tables below each other, with the first text column in each, and the second if rows share the
    /// first. Nothing is truncated.
    package func plainText(width: Int?) -> String {
        let cells = rows.map { row in zip(row, columns).map { $0.formatted($1.format) } }
        let names = columns.map { $0.name.singleLine() }
        let natural = columns.indices.map { column in
            max(names[column].displayWidth, cells.map { $0[column].displayWidth }.max() ?? 0)
        }
        let isText = columns.indices.map { column in
            columns[column].alignment == .left
                && rows.contains { if case .text = $0[column] { true } else { false } }
        }
        let key = columns.indices.first { isText[$0] } ?? 0
        let limit = width ?? .max
        var keys = [key]
        if Set(cells.map { $0[key] }).count < cells.count,
            let second = columns.indices.first(where: { $0 > key && isText[$0] })
        {
            keys.append(second)
        }
        let least = columns.indices.map {
            isText[$0] ? min(natural[$0], $0 == key ? min(24, limit / 3) : min(16, limit / 3)) : natural[$0]
        }
        var lines = title.isEmpty ? [] : [title.singleLine()]
        for (number, block) in Self.blocks(of: least, keys: keys, limit: limit).enumerated() {
            if number > 0 { lines.append("") }
            let widths = Self.fitted(block.map { natural[$0] }, least: block.map { least[$0] }, limit: limit)
            lines += text(names: names, cells: cells, block: block, widths: widths)
        }
        if let restNote { lines.append(restNote) }
        lines += notes.map { $0.singleLine() }
        return lines.joined(separator: "\n")
    }

    private func text(names: [String], cells: [[String]], block: [Int], widths: [Int]) -> [String] {
        func lines(_ texts: [String]) -> [String] {
            let wrapped = zip(block, widths).map { texts[$0].wrapped(to: $1) }
            return (0..<(wrapped.map(\.count).max() ?? 1)).map { number in
                var line = ""
                for (place, column) in block.enumerated() {
                    let cell = number < wrapped[place].count ? wrapped[place][number] : ""
                    let padding = String(repeating: " ", count: max(widths[place] - cell.displayWidth, 0))
                    if place > 0 { line += "  " }
                    line += columns[column].alignment == .right ? padding + cell : cell + padding
                }
                return line.trimmingEnd
            }
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        var all = lines(names) + [rule]
        for (index, row) in cells.enumerated() {
            if index > 0, emphasised.contains(index), !emphasised.contains(index - 1), index == cells.count - 1 {
                all.append(rule)
            }
            all += lines(row)
        }
        return all
    }

    /// The columns of each table that is needed for all of them.
    private static func blocks(of least: [Int], keys: [Int], limit: Int) -> [[Int]] {
        var blocks: [[Int]] = [[]]
        var used = 0
        for column in least.indices {
            let last = blocks[blocks.count - 1]
            let needed = least[column] + (last.isEmpty ? 0 : 2)
            if !last.isEmpty, used + needed > limit, last != keys {
                // Only keys that precede the column are repeated.
                let heads = keys.filter { $0 < column }
                blocks.append(heads + [column])
                used = least[column] + heads.reduce(0) { $0 + least[$1] + 2 }
            } else {
                blocks[blocks.count - 1].append(column)
                used += needed
            }
        }
        return blocks
    }

    /// Widths that fit: the widest shrink first.
    private static func fitted(_ natural: [Int], least: [Int], limit: Int) -> [Int] {
        var widths = natural
        let gaps = 2 * max(widths.count - 1, 0)
        while limit < .max, widths.reduce(gaps, +) > limit,
            let widest = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] })
        {
            widths[widest] -= 1
        }
        return widths
    }
}

extension String {
    /// The text on lines of at most `width` columns, broken at spaces, else at a name's punctuation, else anywhere.
    package func wrapped(to width: Int) -> [String] {
        if displayWidth <= width { return [self] }
        var lines: [String] = []
        var line = ""
        var breakPoint: String.Index?
        for character in self {
            if line.isEmpty, character == " " { continue }
            line.append(character)
            if line.displayWidth > width {
                // A trailing space needs no room.
                let end = character == " " ? line.index(before: line.endIndex) : breakPoint
                let cut = end.flatMap { $0 > line.startIndex ? $0 : nil } ?? line.index(before: line.endIndex)
                lines.append(String(line[..<cut]).trimmingEnd)
                line = String(line[cut...].drop { $0 == " " })
                breakPoint = nil
            } else if " /-_,;".contains(character),
                character != "-" || line.dropLast().last?.isLetter ?? false || line.dropLast().last?.isNumber ?? false
            {
                breakPoint = line.endIndex
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.isEmpty ? [""] : lines
    }

    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
