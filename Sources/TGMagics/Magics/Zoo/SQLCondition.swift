import CellLanguage

/// A condition on a table's rows in SQL, with the session's variables, which each `$x` in it is bound to.
struct SQLCondition {
    let sql: String
    let variables: [String: any SessionValue]

    /// - Throws: `UserError` named `SQLError` if a `$x` stands inside a quoted text, where it would be no variable, or if a text
    ///   stands where a condition must: it would hold for nothing.
    init(_ sql: String, _ variables: [String: any SessionValue]) throws(UserError) {
        self.sql = sql
        self.variables = variables
        for literal in texts {
            guard let name = Self.names(in: literal).first(where: { variables[$0] != nil }) else { continue }
            throw UserError(
                "SQLError", "In the text '\(literal)' $\(name) is not the variable: it stands for itself.",
                hint: literal == "$\(name)"
                    ? "Write $\(name) without quotes: its value is bound as a text."
                    : "Join the texts: '…' || $\(name) || '…'.")
        }
        if let name = textAsCondition {
            throw UserError(
                "SQLError", "$\(name) is bound as a text, and stands where a condition must.",
                hint: "Write the condition out beside the others, or give --where $\(name) alone.")
        }
    }

    /// A variable that holds a text and stands alone between `and`, `or`, `not`, brackets and the ends.
    private var textAsCondition: String? {
        var words: [String] = []
        for character in withoutTexts {
            if character == "(" || character == ")" || character.isWhitespace {
                words.append(String(character))
            } else if let last = words.last, last != "(", last != ")", last.first?.isWhitespace == false {
                words[words.count - 1].append(character)
            } else {
                words.append(String(character))
            }
        }
        words.removeAll { $0.first?.isWhitespace ?? true }
        let joins: Set<String> = ["and", "or", "not", "(", ")"]
        for (index, word) in words.enumerated() where word.hasPrefix("$") {
            let name = String(word.dropFirst())
            guard let value = variables[name], Double(value.text) == nil else { continue }
            let before = index == 0 ? "(" : words[index - 1].lowercased()
            let after = index + 1 == words.count ? ")" : words[index + 1].lowercased()
            // `in ($a)` and `lower($a)` are lists and calls.
            let opensCall = before == "(" && index > 1 && !joins.contains(words[index - 2].lowercased())
            if joins.contains(before), joins.contains(after), !opensCall { return name }
        }
        return nil
    }

    /// The condition with a blank for each quoted text.
    var withoutTexts: String {
        texts.reduce(sql) { $0.replacing("'" + $1.replacing("'", with: "''") + "'", with: " ' ") }
    }

    /// The variables that it names, each once, in order.
    var bound: [(name: String, value: any SessionValue)] {
        var seen: Set<String> = []
        return Self.names(in: withoutTexts).filter { seen.insert($0).inserted }.compactMap { name in
            variables[name].map { (name, $0) }
        }
    }

    /// The condition with what its variables are.
    var phrase: String {
        let values = bound.map { "$\($0.name) is \($0.value.text.singleLine(limit: 40))" }
        return values.isEmpty ? sql : "\(sql) (\(values.joined(separator: ", ")))"
    }

    /// The texts that it compares with: those in single quotes, in which a quote is doubled, and those of variables.
    var compared: [String] { texts + bound.map(\.value.text).filter { !texts.contains($0) } }

    private var texts: [String] {
        var found: [String] = []
        var rest = sql[...]
        while let start = rest.firstIndex(of: "'") {
            var text = ""
            rest = rest[rest.index(after: start)...]
            while let end = rest.firstIndex(of: "'") {
                text += rest[..<end]
                rest = rest[rest.index(after: end)...]
                guard rest.first == "'" else { break }
                text += "'"
                rest = rest.dropFirst()
            }
            if !found.contains(text) { found.append(text) }
        }
        return found
    }

    /// The names after dollar signs.
    private static func names(in text: String) -> [String] {
        text.split(separator: "$", omittingEmptySubsequences: false).dropFirst().map { part in
            String(part.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }.filter { !$0.isEmpty }
    }
}
