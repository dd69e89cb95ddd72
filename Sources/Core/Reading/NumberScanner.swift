import Support

/// Goes over the text of a number that is more than plain digits: the slow path of ``WrittenNumber``.
struct NumberScanner {
    private let characters: [Unicode.Scalar]
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        // A number with everything around it is short; a long text is none.
        guard text.count <= 200 else {
            characters = []
            return
        }
        let whole = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        characters = Self.unquoted(NumberMarkup.isIn(whole) ? NumberMarkup.plain(whole) : whole)
    }

    /// The number and whether a percent sign stands with it.
    mutating func number(comma: ReadingOptions.Comma?, allowsMagnitude: Bool) -> (Double, Bool)? {
        guard let written = main() else { return nil }
        guard let digits = Self.plain(written, comma: comma), var value = Double(digits) else { return nil }
        skipSpaces()
        if allowsMagnitude, let factor = magnitude() { value *= factor }
        var isPercent = percent()
        skipSpaces()
        if position == characters.count { return (value, isPercent) }
        // An uncertainty, or an interval.
        if let inside = bracket() {
            // `0.912 (91.2%)` says one number twice.
            return position == characters.count ? (value, isPercent || inside.contains("%") && abs(value) > 1) : nil
        }
        guard plusMinus() else { return nil }
        skipSpaces()
        guard let spread = main(), Self.plain(spread, comma: comma ?? .decimal) != nil else { return nil }
        skipSpaces()
        isPercent = percent() || isPercent
        skipSpaces()
        // `93.1 ± 0.4 (5 seeds)`, `93.1 ± 0.4 [5]`.
        _ = bracket()
        return position == characters.count ? (value, isPercent) : nil
    }

    /// What stands in a bracket that ends the text: numbers, and words for what they are. `nil` where there is none.
    private mutating func bracket() -> [Unicode.Scalar]? {
        guard let closing = opening() else { return nil }
        guard characters.last == closing, position < characters.count - 1 else { return nil }
        let inside = Array(characters[position..<(characters.count - 1)])
        let words = inside.split { !$0.properties.isAlphabetic }.map {
            String(String.UnicodeScalarView($0)).lowercased()
        }
        let isSpread =
            words.allSatisfy(Self.spreadWords.contains)
            && inside.allSatisfy { $0.properties.isAlphabetic || Self.belongsToBounds.contains($0) }
        guard isSpread else { return nil }
        position = characters.count
        return inside
    }

    mutating func commaReading() -> WrittenNumber.CommaReading {
        guard let written = main() else { return .none }
        skipSpaces()
        _ = magnitude()
        // What follows must not be the rest of a word.
        if position < characters.count, characters[position].properties.isAlphabetic { return .none }
        let commas = written.count { $0 == "," }
        if commas == 0 {
            let parts = written.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 2 && parts[1].prefix { Self.isDigit($0) }.count != 3 ? .decimalPoint : .none
        }
        guard Self.plain(written, comma: .decimal) != nil || Self.plain(written, comma: .thousands) != nil else {
            return .none
        }
        if let point = written.lastIndex(of: "."), let comma = written.lastIndex(of: ",") {
            return comma > point ? .decimal : .thousands
        }
        if commas > 1 { return .thousands }
        return Self.plain(written, comma: nil) == nil ? .either : .decimal
    }

    /// The sign, digits, separators and exponent at the position.
    private mutating func main() -> [Unicode.Scalar]? {
        skipSpaces()
        var taken: [Unicode.Scalar] = []
        if position < characters.count, Self.signs.contains(characters[position]) {
            if characters[position] != "+" { taken.append("-") }
            position += 1
        }
        var hasDigit = false
        while position < characters.count {
            let character = characters[position]
            if Self.isDigit(character) {
                hasDigit = true
            } else if Self.groupMarks.contains(character) {
                // Between digits only, and before three of them.
                let next = characters[(position + 1)...].prefix { Self.isDigit($0) }.count
                guard hasDigit, next == 3 else { break }
            } else if character != ".", character != "," {
                break
            }
            taken.append(character)
            position += 1
        }
        guard hasDigit else { return nil }
        // A comma or point at the end of a sentence is not seen in tables; `1,` is no number, `5.` is one.
        if taken.last == "," { return nil }
        if position < characters.count, characters[position] == "e" || characters[position] == "E" {
            var rest = position + 1
            var sign: [Unicode.Scalar] = []
            if rest < characters.count, Self.signs.contains(characters[rest]) {
                sign = characters[rest] == "+" ? [] : ["-"]
                rest += 1
            }
            let digits = characters[min(rest, characters.count)...].prefix { Self.isDigit($0) }
            if !digits.isEmpty {
                taken += ["e"] + sign + digits
                position = rest + digits.count
            }
        }
        return taken
    }

    /// The number in plain digits with a point; `nil` where separators stand where none can, or a comma can be either.
    private static func plain(_ written: [Unicode.Scalar], comma: ReadingOptions.Comma?) -> String? {
        let exponent = written.firstIndex(of: "e") ?? written.endIndex
        var mantissa = Array(written[..<exponent])
        let sign: [Unicode.Scalar] = mantissa.first == "-" ? [mantissa.removeFirst()] : []
        let marks = mantissa.contains { groupMarks.contains($0) }
        let commas = mantissa.count { $0 == "," }
        let points = mantissa.count { $0 == "." }
        let decimal: Unicode.Scalar?
        let group: (Unicode.Scalar) -> Bool
        switch (commas, points) {
        case (0, 1) where comma == .decimal && groupsByPoint(mantissa):
            // `1.234` beside `987,5`
            decimal = nil
            group = { $0 == "." }
        case (0, 0...1):
            decimal = "."
            group = { groupMarks.contains($0) }
        case (0, _):
            // 1.234.567
            decimal = nil
            group = { $0 == "." || groupMarks.contains($0) }
        case (_, 0):
            if commas > 1 {
                decimal = nil
                group = { $0 == "," }
            } else {
                let head = mantissa.prefix { $0 != "," }
                let tail = mantissa.count - head.count - 1
                let canGroup = tail == 3 && (1...3).contains(head.count) && head.first != "0" && !marks
                if canGroup, comma == nil { return nil }
                decimal = canGroup && comma == .thousands ? nil : ","
                group = { $0 == "," || groupMarks.contains($0) }
                // Where commas group, one that cannot is a mistake.
                if comma == .thousands, !canGroup, head.first != "0" { return nil }
            }
        default:
            // Both: the last one is the decimal mark, the other groups.
            let lastComma = mantissa.lastIndex(of: ",") ?? 0
            let lastPoint = mantissa.lastIndex(of: ".") ?? 0
            let mark: Unicode.Scalar = lastComma > lastPoint ? "," : "."
            guard mantissa.count(where: { $0 == mark }) == 1 else { return nil }
            decimal = mark
            group = { ($0 == "," || $0 == ".") && $0 != mark || groupMarks.contains($0) }
        }
        let parts =
            decimal.map { mantissa.split(separator: $0, maxSplits: 1, omittingEmptySubsequences: false) }
            ?? [mantissa[...]]
        let whole = parts[0]
        let fraction = parts.count > 1 ? parts[1] : []
        guard fraction.allSatisfy(isDigit) else { return nil }
        var digits: [Unicode.Scalar] = []
        for (index, block) in whole.split(omittingEmptySubsequences: false, whereSeparator: group).enumerated() {
            let isGrouped = whole.contains(where: group)
            guard block.allSatisfy(isDigit),
                !isGrouped || (index == 0 ? (1...3).contains(block.count) : block.count == 3)
            else { return nil }
            digits += block
        }
        guard !(digits.isEmpty && fraction.isEmpty) else { return nil }
        var text = String(String.UnicodeScalarView(sign + (digits.isEmpty ? ["0"] : digits)))
        if !fraction.isEmpty { text += "." + String(String.UnicodeScalarView(fraction)) }
        return text + String(String.UnicodeScalarView(written[exponent...]))
    }

    /// Whether one point stands before three digits, as between thousands.
    private static func groupsByPoint(_ mantissa: [Unicode.Scalar]) -> Bool {
        let head = mantissa.prefix { $0 != "." }
        return (1...3).contains(head.count) && head.first != "0" && head.allSatisfy(isDigit)
            && mantissa.count - head.count == 4 && mantissa.suffix(3).allSatisfy(isDigit)
    }

    private mutating func skipSpaces() {
        while position < characters.count, characters[position].properties.isWhitespace { position += 1 }
    }

    private mutating func percent() -> Bool {
        skipSpaces()
        guard position < characters.count, characters[position] == "%" || characters[position] == "％" else {
            return false
        }
        position += 1
        return true
    }

    /// The factor of a letter that stands alone after the number.
    private mutating func magnitude() -> Double? {
        guard position < characters.count, let factor = Self.magnitudes[characters[position]],
            position + 1 == characters.count || !characters[position + 1].properties.isAlphabetic
        else { return nil }
        position += 1
        return factor
    }

    /// The closing bracket, where an opening one stands at the position.
    private mutating func opening() -> Unicode.Scalar? {
        var start = position
        // `93.1_{0.4}`, as LaTeX sets a spread below the line.
        if start + 1 < characters.count, characters[start] == "_" || characters[start] == "^",
            characters[start + 1] == "{"
        {
            start += 1
        }
        guard start < characters.count, let closing = Self.brackets[characters[start]],
            characters[start] != "{" || start > position
        else { return nil }
        // `10^{-3}` is a power.
        let inside = characters[(start + 1)...].dropLast()
        if characters[position] == "^", inside.allSatisfy({ Self.isDigit($0) || $0 == "-" || $0 == "\u{2212}" }) {
            return nil
        }
        position = start + 1
        return closing
    }

    private mutating func plusMinus() -> Bool {
        for mark in Self.plusMinusMarks where characters[position...].starts(with: mark) {
            position += mark.count
            return true
        }
        return false
    }

    /// Without spaces, quotation marks and emphasis around it.
    private static func unquoted(_ characters: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var part = characters[...]
        func trim() {
            while let first = part.first, first.properties.isWhitespace { part.removeFirst() }
            while let last = part.last, last.properties.isWhitespace { part.removeLast() }
        }
        trim()
        // Marks that send to a footnote or say that a difference is significant.
        func dropMarks() {
            while part.count > 1, let last = part.last,
                footnotes.contains(last) || last == "*" && part.first != "*"
            {
                part.removeLast()
                trim()
            }
            while part.count > 1, let first = part.first, footnotes.contains(first) {
                part.removeFirst()
                trim()
            }
        }
        // Emphasis, as Markdown and LaTeX write it.
        while let mark = emphasis.first(where: {
            part.count > $0.opening.count + $0.closing.count && part.starts(with: $0.opening)
                && part.suffix($0.closing.count).elementsEqual($0.closing)
        }) {
            part = part.dropFirst(mark.opening.count).dropLast(mark.closing.count)
            trim()
        }
        dropMarks()
        return Array(part)
    }

    private static func isDigit(_ character: Unicode.Scalar) -> Bool { ("0"..."9").contains(character) }
    private static let signs: Set<Unicode.Scalar> = ["+", "-", "\u{2212}"]
    /// Between groups of three digits: apostrophes and the spaces that typesetters use there.
    private static let groupMarks: Set<Unicode.Scalar> = ["'", " ", "\u{2019}", "\u{A0}", "\u{2009}", "\u{202F}"]
    static let footnotes = Set("†‡§¶⋆★◦¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜ".unicodeScalars)
    private static let brackets: [Unicode.Scalar: Unicode.Scalar] = ["[": "]", "(": ")", "{": "}"]
    private static let belongsToBounds = Set("0123456789.,;:=+-/\\\u{2212}–±%eE \u{A0}↑↓▲▼△▽Δ".unicodeScalars)
    private static let spreadWords: Set<String> = [
        "ci", "std", "sd", "se", "sem", "seed", "seeds", "run", "runs", "n", "e", "pm", "fold", "folds",
    ]
    private static let plusMinusMarks: [[Unicode.Scalar]] = ["±", "+/-", "+/\u{2212}", "+-", "\\pm"].map {
        Array($0.unicodeScalars)
    }
    private static let emphasis: [(opening: [Unicode.Scalar], closing: [Unicode.Scalar])] = [
        ("\"", "\""), ("'", "'"), ("\u{201C}", "\u{201D}"), ("\u{2018}", "\u{2019}"), ("**", "**"), ("__", "__"),
        ("*", "*"),
        ("\\textbf{", "}"), ("\\underline{", "}"), ("\\mathbf{", "}"), ("\\textit{", "}"), ("\\emph{", "}"), ("$", "$"),
        ("<b>", "</b>"), ("<strong>", "</strong>"), ("<u>", "</u>"), ("<i>", "</i>"), ("<em>", "</em>"),
    ].map { (Array($0.0.unicodeScalars), Array($0.1.unicodeScalars)) }
    private static let magnitudes: [Unicode.Scalar: Double] = [
        "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "b": 1e9, "B": 1e9, "g": 1e9, "G": 1e9, "t": 1e12, "T": 1e12,
    ]
}
