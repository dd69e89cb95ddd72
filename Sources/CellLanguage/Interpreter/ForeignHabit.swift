import Support

/// Lines from somewhere else: with a prompt before them, or in Python or a shell's language.
enum ForeignHabit {
    private static let pythonWords: Set<String> = [
        "import", "from", "def", "class", "for", "while", "if", "with", "return", "lambda", "try", "async", "await",
    ]

    /// The error for `words`, the first of which is neither a magic nor a variable; `nil` if nothing more helpful is
    /// known.
    static func error(for words: [Word]) -> UserError? {
        let texts = words.map(\.writtenText)
        let first = texts[0]
        if [">>>", "...", "...:"].contains(first), texts.count > 1 { return prompt(first, texts.dropFirst()) }
        if ["In", "Out"].contains(first), texts.count > 1, texts[1].hasPrefix("["), texts[1].hasSuffix("]:") {
            return prompt("\(first) \(texts[1])", texts.dropFirst(2))
        }
        if first.hasPrefix("!") {
            return UserError(
                "UnknownMagic", "'\(first)' is a shell command: cells here run no programs.",
                hint: "%lsmagic lists the commands.")
        }
        let call = first.prefix { CellScanner.continuesName($0.unicodeScalars.first ?? " ") || $0 == "." }
        if pythonWords.contains(first) || (!call.isEmpty && first.dropFirst(call.count).first == "(") {
            return UserError(
                "UnknownMagic", "'\(first)' is from another language: cells here hold commands, one per line.",
                hint: "%lsmagic lists the commands.")
        }
        return nil
    }

    private static func prompt(_ prompt: String, _ rest: ArraySlice<String>) -> UserError {
        UserError(
            "SyntaxError", "'\(prompt)' is a prompt, not part of the line.",
            hint: rest.isEmpty ? "Leave it out." : "Type: \(rest.map(Word.quoting).joined(separator: " "))")
    }
}
