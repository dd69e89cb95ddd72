/// The first words of an SQL query, enough to tell whether a pragma in it reads or sets something; SQLite itself
/// rejects every other statement that would write.
struct SQLQuestion {
    private static let askingPragmas: Set<String> = [
        "collation_list", "compile_options", "database_list", "foreign_key_list", "function_list", "index_info",
        "index_list", "index_xinfo", "module_list", "pragma_list", "table_info", "table_list", "table_xinfo",
    ]

    private var rest: Substring.UnicodeScalarView

    init(_ query: String) {
        rest = query[...].unicodeScalars
    }

    /// Whether the query is not a pragma, or one that only reads.
    var asksOnly: Bool {
        var words = self
        var first = words.word()
        if first == "explain" { first = words.word() }
        guard first == "pragma" else { return true }
        var name = words.word()
        words.skipSpace()
        if words.rest.first == "." {
            words.rest.removeFirst()
            name = words.word()
            words.skipSpace()
        }
        return Self.askingPragmas.contains(name) && words.rest.first != "="
    }

    /// The query with an LF after every comment that a lone CR ends: SQLite ends comments only at LF, and would take
    /// the following lines for part of it.
    static func endingCommentsAtAnyLineEnd(_ query: String) -> String {
        guard query.utf8.contains(0x0D) else { return query }
        var result = String.UnicodeScalarView()
        var rest = query.unicodeScalars[...]
        var quote: Unicode.Scalar?
        var isComment = false
        while let next = rest.popFirst() {
            result.append(next)
            if isComment {
                if next == "\r", rest.first != "\n" { result.append("\n") }
                isComment = next != "\n" && next != "\r"
            } else if let open = quote {
                if next == open { quote = nil }
            } else if "'\"`".unicodeScalars.contains(next) {
                quote = next
            } else {
                isComment = next == "-" && rest.first == "-"
            }
        }
        return String(result)
    }

    /// The next word in lower case, without its quotes; empty if none is next.
    private mutating func word() -> String {
        skipSpace()
        if let quote = rest.first, "\"`[".unicodeScalars.contains(quote) { rest.removeFirst() }
        let word = rest.prefix { $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0) }
        rest = rest[word.endIndex...]
        if let quote = rest.first, "\"`]".unicodeScalars.contains(quote) { rest.removeFirst() }
        return String(word).lowercased()
    }

    /// Skips spaces, comments and empty statements.
    private mutating func skipSpace() {
        while let next = rest.first {
            if next.properties.isWhitespace || next == ";" {
                rest.removeFirst()
            } else if rest.starts(with: "--".unicodeScalars) {
                rest = rest.drop { $0 != "\n" && $0 != "\r" }
            } else if rest.starts(with: "/*".unicodeScalars) {
                rest.removeFirst(2)
                while !rest.isEmpty, !rest.starts(with: "*/".unicodeScalars) { rest.removeFirst() }
                rest.removeFirst(min(2, rest.count))
            } else {
                return
            }
        }
    }
}
