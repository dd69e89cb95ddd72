import Support

/// Names with commands of LaTeX in them, as in a table that was set from or taken out of a paper.
struct LaTeXText {
    private let characters: [Character]
    private var position = 0

    /// The text as it would be set: `ResNet` of `\multirow{2}{*}{ResNet}`, `ViT` of `ViT\cite{x}`; a text without commands
    /// that take something, signs of their own or escaped characters as it is, as a path `C:\models` is.
    static func plain(_ text: String) -> String {
        guard text.utf8.count < 1000, text.contains("\\") || text.contains("$_") || text.contains("$^"), isIn(text)
        else { return text }
        var reading = LaTeXText(characters: Array(text))
        let plain = reading.read(until: nil).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return plain.isEmpty ? text : plain
    }

    private init(characters: [Character]) { self.characters = characters }

    private static func isIn(_ text: String) -> Bool {
        // A whole line of a table is no name.
        if text.contains(" & ") { return false }
        if text.contains("$_") || text.contains("$^") { return text.count { $0 == "$" } == 2 }
        var rest = text[...]
        while let stroke = rest.firstIndex(of: "\\") {
            rest = rest[rest.index(after: stroke)...]
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            let next = rest[name.endIndex...].first
            if name.isEmpty
                ? next.map(escaped.contains) ?? false : next == "{" || next == "[" || signs[String(name)] != nil
            {
                return true
            }
        }
        return false
    }

    /// What stands up to a closing character, which is passed over.
    private mutating func read(until end: Character?) -> String {
        var text = ""
        while position < characters.count {
            let character = characters[position]
            position += 1
            if character == end { return text }
            switch character {
            case "\\": text += command()
            case "{": text += read(until: "}")
            case "}", "$": break
            case "~": text += " "
            case "^",
                "_" where position < characters.count && "{\\".contains(characters[position]):
                let set = part()
                // Marks and letters above the line are footnotes; what numbers there are is not known.
                if character == "_" || set.count > 1 {
                    text += set
                } else if set.first?.isNumber == true {
                    text += "^" + set
                }
            default: text.append(character)
            }
        }
        return text
    }

    /// What is set above or below the line.
    private mutating func part() -> String {
        guard position < characters.count else { return "" }
        position += 1
        switch characters[position - 1] {
        case "{": return read(until: "}")
        case "\\": return command()
        case let character: return String(character)
        }
    }

    /// What the command at the position is set as.
    private mutating func command() -> String {
        let start = position
        while position < characters.count, characters[position].isASCII, characters[position].isLetter { position += 1 }
        let name = String(characters[start..<position])
        if name.isEmpty {
            guard position < characters.count else { return "" }
            position += 1
            return Self.escaped.contains(characters[position - 1]) ? String(characters[position - 1]) : " "
        }
        var last: String?
        while position < characters.count, "{[".contains(characters[position]) {
            let isGiven = characters[position] == "{"
            position += 1
            let argument = read(until: isGiven ? "}" : "]")
            if isGiven { last = argument }
        }
        if Self.unset.contains(name) { return "" }
        return last ?? Self.signs[name] ?? "\\\(name)"
    }

    private static let escaped: Set<Character> = ["_", "%", "&", "#", "$", "{", "}"]

    /// Commands whose argument is not set where they stand.
    private static let unset: Set<String> = [
        "cite", "citep", "citet", "citealp", "citeauthor", "citeyear", "ref", "label", "footnote", "footnotemark",
        "tablefootnote", "tnote", "vspace", "hspace", "rowcolor", "cellcolor", "color", "cmidrule", "cline", "phantom",
    ]

    /// Commands without an argument.
    private static let signs: [String: String] = [
        "alpha": "α", "beta": "β", "gamma": "γ", "lambda": "λ", "times": "×", "dagger": "", "ddagger": "", "ast": "",
        "star": "", "checkmark": "", "hline": "", "midrule": "", "toprule": "", "bottomrule": "", "quad": " ",
        "qquad": " ", "bf": "", "it": "", "small": "", "tiny": "", "footnotesize": "", "centering": "", "xspace": "",
        "newline": " ", "uparrow": "↑", "downarrow": "↓", "pm": "±", "textdagger": "", "textasteriskcentered": "",
    ]
}
