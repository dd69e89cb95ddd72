/// Emphasis and footnotes inside a number with its spread: `**95.0** ± 0.1`, `91.4<sub>±0.2</sub>`, `93.1^a`.
enum NumberMarkup {
    private typealias Text = [Unicode.Scalar]

    /// Whether a text that may be a number holds a character that such markup is made of.
    static func isIn(_ text: [Unicode.Scalar]) -> Bool {
        // What begins with a letter is a name.
        guard let first = text.first(where: { !$0.properties.isWhitespace }), !first.properties.isAlphabetic else {
            return false
        }
        return text.contains { marks.contains($0) || NumberScanner.footnotes.contains($0) }
    }

    /// The text without it; a spread that is set lower stands in brackets.
    static func plain(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = withoutCommands(unescaped(text))
        text = withoutTags(text)
        for mark in pairs { text = withoutPairs(mark, text) }
        return withoutFootnotes(text)
    }

    /// Without the strokes before `\*`, `\%` and `\_`, and with marks for the words that LaTeX has for them.
    private static func unescaped(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = text
        for (word, mark) in words {
            while let start = first(word, in: text[...]) {
                text.replaceSubrange(start..<(start + word.count), with: [mark])
            }
        }
        return text.indices.filter { index in
            text[index] != "\\" || index + 1 == text.count || !escaped.contains(text[index + 1])
        }.map { text[$0] }
    }

    /// Without `\textbf{` and its kind, and the brackets that close them.
    private static func withoutCommands(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var rest = text
        for command in commands {
            while let start = first(command, in: rest[...]),
                let end = rest[(start + command.count)...].firstIndex(of: "}")
            {
                rest.remove(at: end)
                rest.removeSubrange(start..<(start + command.count))
            }
        }
        return rest
    }

    /// Without tags of emphasis; what stands in `<sub>` is a spread, and a short text in `<sup>` a footnote.
    private static func withoutTags(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: Text = []
        var rest = text[...]
        while let character = rest.first {
            guard character == "<", let end = rest.firstIndex(of: ">") else {
                result.append(character)
                rest = rest.dropFirst()
                continue
            }
            let name = String(String.UnicodeScalarView(rest[rest.startIndex..<end].dropFirst())).lowercased()
            let after = rest[(end + 1)...]
            if emphasis.contains(name.hasPrefix("/") ? String(name.dropFirst()) : name) {
                rest = after
            } else if name == "sub" || name == "sup", let close = first(Array("</\(name)>".unicodeScalars), in: after),
                let set = aside(Array(after[..<close]), isAbove: name == "sup", after: result)
            {
                result += set
                rest = after[(close + name.count + 3)...]
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// What a text set above or below the line says of the number before it; `nil` where it may be a power.
    private static func aside(_ text: [Unicode.Scalar], isAbove: Bool, after number: [Unicode.Scalar]) -> Text? {
        if isAbove, isFootnote(text, after: number) { return [] }
        guard let first = text.first(where: { !$0.properties.isWhitespace }) else { return [] }
        if first == "(" || first == "[" { return [" "] + text }
        let isSpread = ["±", "↑", "↓", "▲", "▼", "+"].contains(first) || first == "\\"
        return isSpread || !isAbove ? [" ", "("] + text + [")"] : nil
    }

    /// A letter, a mark, or a digit behind a number with decimals, where it is no power.
    private static func isFootnote(_ text: [Unicode.Scalar], after number: [Unicode.Scalar]) -> Bool {
        guard (1...3).contains(text.count) else { return false }
        let hasDecimals = number.contains(".") || number.contains(",")
        return text.allSatisfy { character in
            NumberScanner.footnotes.contains(character) || character == "*" || character == ","
                || character.properties.isAlphabetic || hasDecimals && isDigit(character)
        }
    }

    /// Without a mark that opens before a number and closes behind it, as often as it does.
    private static func withoutPairs(_ mark: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = text
        var from = 0
        while let open = first(mark, in: text[from...]) {
            let inside = open + mark.count
            guard let close = first(mark, in: text[inside...]) else { break }
            let isBefore = open == 0 || !isDigit(text[open - 1])
            let isBehind = close + mark.count == text.count || !isDigit(text[close + mark.count])
            guard isBefore && isBehind || mark == ["$"], close > inside, text[inside..<close].contains(where: isDigit)
            else {
                from = inside
                continue
            }
            text.removeSubrange(close..<(close + mark.count))
            text.removeSubrange(open..<inside)
            from = open
        }
        return text
    }

    /// Without marks behind a digit that no number follows: `93.1* ± 0.2`, `93.1^a`, `93.1^{a}`.
    private static func withoutFootnotes(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: Text = []
        var index = 0
        while index < text.count {
            let isBehind = result.last.map { isDigit($0) || $0 == "%" } ?? false
            if isBehind, let length = footnote(at: index, of: text, after: result) {
                index += length
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    /// How many characters a footnote at a position takes.
    private static func footnote(at start: Int, of text: [Unicode.Scalar], after number: [Unicode.Scalar]) -> Int? {
        var end = start
        if text[start] == "^" {
            let isHeld = start + 1 < text.count && text[start + 1] == "{"
            let inside = start + (isHeld ? 2 : 1)
            if isHeld {
                guard let close = text[inside...].firstIndex(of: "}") else { return nil }
                end = close
            } else {
                end = inside
                while end < text.count, end < inside + 3, isFootnote([text[end]], after: []) { end += 1 }
            }
            guard isFootnote(Array(text[inside..<end]), after: number) else { return nil }
            if isHeld { end += 1 }
        } else {
            while end < text.count, text[end] == "*" || NumberScanner.footnotes.contains(text[end]) { end += 1 }
        }
        let next = end < text.count ? text[end] : " "
        return end > start && !isDigit(next) && !next.properties.isAlphabetic ? end - start : nil
    }

    /// Where a text begins in another.
    private static func first(_ part: [Unicode.Scalar], in text: ArraySlice<Unicode.Scalar>) -> Int? {
        text.indices.first { text[$0...].starts(with: part) }
    }

    private static func isDigit(_ character: Unicode.Scalar) -> Bool { ("0"..."9").contains(character) }
    private static let marks = Set("*_<\\^$".unicodeScalars)
    private static let escaped = Set("*_%$&#".unicodeScalars)
    private static let pairs = ["**", "__", "*", "_", "$"].map { Array($0.unicodeScalars) }
    private static let words: [([Unicode.Scalar], Unicode.Scalar)] = [
        ("\\ddagger", "‡"), ("\\dagger", "†"), ("\\star", "⋆"), ("\\ast", "*"),
    ].map { (Array($0.0.unicodeScalars), $0.1) }
    private static let commands = [
        "\\textbf{", "\\underline{", "\\mathbf{", "\\boldsymbol{", "\\bm{", "\\textit{", "\\mathit{", "\\emph{",
        "\\uline{", "\\text{", "\\mathrm{", "\\textrm{",
    ].map { Array($0.unicodeScalars) }
    private static let emphasis: Set<String> = [
        "b", "strong", "u", "ins", "i", "em", "mark", "small", "big", "span", "code",
    ]
}
