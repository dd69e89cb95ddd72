import CellLanguage
import Presentation
import Support

/// Comparisons of a column of texts with a number in an SQL condition: SQLite compares the digits as texts, and says
/// nothing.
enum TextComparison {
    /// What refuses such a condition; `nil` where there is none.
    static func error(_ condition: SQLCondition, on table: ZooTable) -> UserError? {
        let words = words(of: condition.withoutTexts)
        // A condition with a query in it has columns of other tables.
        if words.contains(where: { $0.lowercased() == "select" }) { return nil }
        for index in words.indices {
            guard let (name, number) = comparison(at: index, words, condition),
                let column = table.column(unquoted(name)), column.type == "text",
                let example = example(column, of: table, against: number)
            else { continue }
            let shown = example.singleLine(limit: 40)
            return UserError(
                "SQLError",
                "The column '\(column.name)' of the \(table.name) is text, such as '\(shown)': it cannot be compared with the number \(number).",
                hint: "\(number) in quotes is compared as a text. "
                    + "A number is made of the texts by cast(replace(\(name), 'UNIT', '') as real).")
        }
        return nil
    }

    /// The column and the number that are compared by the sign at a position, or by `between`.
    private static func comparison(
        at index: Int, _ words: [String], _ condition: SQLCondition
    ) -> (name: String, number: String)? {
        func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }
        let (left, sign, right) = (word(index - 1), words[index].lowercased(), word(index + 1))
        if sign == "between" || orders.contains(sign) {
            let name = left.lowercased() == "not" ? word(index - 2) : left
            let before = left.lowercased() == "not" ? word(index - 3) : word(index - 2)
            if isNumber(right, condition), !arithmetic.contains(before) { return (name, right) }
        }
        guard orders.contains(sign), isNumber(left, condition), !arithmetic.contains(word(index + 2)),
            word(index + 2) != "(", !arithmetic.contains(word(index - 2))
        else { return nil }
        return (right, left)
    }

    private static func isNumber(_ word: String, _ condition: SQLCondition) -> Bool {
        if word.hasPrefix("$") {
            return condition.variables[String(word.dropFirst())].map { Double($0.text) != nil } ?? false
        }
        return word.first.map { $0.isNumber || $0 == "." } ?? false && Double(word) != nil
    }

    /// A text of the column that is no date: dates compare with a year as they should.
    private static func example(_ column: ZooTable.Column, of table: ZooTable, against number: String) -> String? {
        let isYear = number.count == 4 && number.allSatisfy(\.isNumber)
        for row in 0..<min(table.rowCount, mostRows) {
            guard case .text(let text) = column.cell(row) else { continue }
            let isDate =
                text.prefix(4).allSatisfy(\.isNumber) && (text.count == 4 || text.dropFirst(4).first == "-")
            if !(isYear && isDate && text.count >= 4) { return text }
        }
        return nil
    }

    /// Names, numbers, and signs, each on its own; `a.b` is its last name.
    private static func words(of sql: String) -> [String] {
        var words: [String] = []
        var rest = sql[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
                continue
            }
            var word: Substring
            if first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") {
                word = rest[...end]
            } else if let number = number(rest) {
                word = number
            } else if isPart(first) {
                word = rest.prefix(while: isPart)
            } else {
                word = rest.prefix { "<>=!|".contains($0) }
                if word.isEmpty { word = rest.prefix(1) }
            }
            rest = rest.dropFirst(word.count)
            words.append(String(word))
        }
        return joined(words)
    }

    /// `models . price` is `price`, and `- 3` behind a sign or bracket is 3.
    private static func joined(_ words: [String]) -> [String] {
        var joined: [String] = []
        for word in words {
            if joined.last == ".", word != "." {
                joined.removeLast()
                if !joined.isEmpty { joined.removeLast() }
            } else if joined.last == "-" || joined.last == "+", word.first?.isNumber == true,
                joined.count > 1, orders.contains(joined[joined.count - 2])
            {
                joined.removeLast()
            }
            joined.append(word)
        }
        return joined
    }

    /// `1`, `.5`, `1e-3` at the beginning of a text.
    private static func number(_ text: Substring) -> Substring? {
        guard text.first.map({ $0.isNumber || $0 == "." }) ?? false else { return nil }
        var end = text.startIndex
        var last: Character = " "
        while end < text.endIndex {
            let character = text[end]
            let isSign = (character == "-" || character == "+") && (last == "e" || last == "E")
            guard character.isLetter || character.isNumber || character == "." || isSign else { break }
            last = character
            end = text.index(after: end)
        }
        return Double(text[..<end]) == nil ? nil : text[..<end]
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    private static func unquoted(_ name: String) -> String {
        name.count > 2 && name.hasPrefix("\"") ? String(name.dropFirst().dropLast()) : name
    }

    private static let orders: Set<String> = ["<", "<=", ">", ">="]
    private static let arithmetic: Set<String> = ["+", "-", "*", "/", "%", "||", "collate"]
    /// The most rows to search.
    private static let mostRows = 100_000
}
