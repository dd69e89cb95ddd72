/// The characters that web pages, word processors and chats substitute for those of the keyboard: dashes, quotation
/// marks, full-width signs, and invisible ones.
///
/// In quotes they are text like any other. Unquoted they are a mistake if the character they stand for would mean
/// something, and are reported as one; nothing is replaced silently, since a name may hold them.
public enum Typography {
    private enum Kind {
        case dash
        case quote
        case invisible
        /// A full-width form of an ASCII sign.
        case wide(Unicode.Scalar)
    }

    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        // Nearly all text is ASCII, and most of the rest is letters of these blocks.
        switch scalar.value {
        case 0x60: true
        case ..<0xA0, 0xC0..<0x034F, 0x3400..<0xFE00: false
        default: kind(of: scalar) != nil
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind? {
        switch scalar {
        case "`", "´", "′", "″", "‵": .quote
        case "\u{FF05}": .wide("%")
        case "\u{FF1D}": .wide("=")
        case "\u{FF1F}": .wide("?")
        // A picture's variation selector is part of it, as are the letters of a flag.
        case "\u{FE00}"..."\u{FE0F}", "\u{E0020}"..."\u{E007F}", "\u{E0100}"..."\u{E01EF}": nil
        case _ where scalar.value < 0x80: nil
        case _ where scalar.properties.isQuotationMark: .quote
        case _ where scalar.properties.isDash: .dash
        case _ where scalar.properties.isDefaultIgnorableCodePoint: .invisible
        default: nil
        }
    }

    /// One or more characters that stand where others are meant.
    private struct Mistake {
        /// In code points of the cell.
        let range: Range<Int>
        let replacement: String
        let isInvisible: Bool
    }

    /// The error for the first such character in `words`, with the line as it is meant; `nil` if none stands for
    /// another.
    ///
    /// - Parameters:
    ///   - code: the cell's text.
    ///   - line: the number of the line in which `words` begin, for the error; counted from 1.
    ///   - takesText: whether the words are text to the command, so that only its name and options are checked.
    ///   - isCommand: whether a name is a command's.
    static func error(
        in words: [Word], of code: String, line: Int, takesText: Bool, isCommand: (String) -> Bool
    ) -> UserError? {
        guard words.contains(where: { !$0.typographic.isEmpty }) else { return nil }
        let scalars = Array(code.unicodeScalars)
        let found = mistakes(in: words, scalars, takesText: takesText, isCommand: isCommand)
        guard let first = found.min(by: { $0.range.lowerBound < $1.range.lowerBound }) else { return nil }
        let place = place(of: first.range.lowerBound, behind: words[0].range.lowerBound, line: line, scalars)
        let wrong = scalars[first.range]
        let scalar = wrong.first ?? " "
        let name = name(of: scalar)
        let what =
            first.isInvisible
            ? "\(name.capitalised), U+\(hex(scalar)), which cannot be seen, stands"
            : "\(name.capitalised) (\(scalar)) stands where \(first.replacement) is meant,"
        let typed = corrected(lineAround: first.range.lowerBound, by: found, scalars)
        return UserError(
            "SyntaxError", "\(what) in line \(place.line), character \(place.character).",
            hint: "A name that holds this character is written in quotes. Else type: \(typed)")
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let name = (scalar.properties.name ?? scalar.properties.nameAlias ?? "character").lowercased()
        return ("aeiou".contains(name.first ?? " ") ? "an " : "a ") + name
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Where such a character stands in a text of another language, outside quotes; `nil` if none does.
    ///
    /// - Parameters:
    ///   - text: the text, such as a cell magic's body.
    ///   - firstLine: the line of the cell in which it begins.
    public static func hint(on text: String, firstLine: Int) -> String? {
        let scalars = Array(text.unicodeScalars)
        var quote: Unicode.Scalar?
        for (position, scalar) in scalars.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
            } else if "'\"`".unicodeScalars.contains(scalar) {
                quote = scalar
            } else if contains(scalar) {
                let place = place(of: position, behind: 0, line: firstLine, scalars)
                return
                    "\(name(of: scalar).capitalised) (U+\(hex(scalar))) stands in line \(place.line), character \(place.character)."
            }
        }
        return nil
    }

    // MARK: What is a mistake

    private static func mistakes(
        in words: [Word], _ scalars: [Unicode.Scalar], takesText: Bool, isCommand: (String) -> Bool
    ) -> [Mistake] {
        var mistakes: [Mistake] = []
        /// The quotation mark that was opened, with the ASCII mark it stands for.
        var open: String?
        /// Whether the words are still the command's own: its name, its options.
        var isOwn = true
        for (index, word) in words.enumerated() {
            if index > 0, takesText, !isOption(word, scalars) { isOwn = false }
            if word.typographic.isEmpty { continue }
            let (start, last) = (word.range.lowerBound, word.range.upperBound - 1)
            var nameEnd = start
            if isOwn, index > 0 {
                if let dashes = dashes(before: index + 1 < words.count ? words[index + 1] : nil, word, scalars) {
                    mistakes.append(dashes)
                }
                // In an option's name every dash is one.
                if startsWithDash(word, scalars) {
                    nameEnd = scalars[word.range].firstIndex(of: "=") ?? word.range.upperBound
                }
            }
            for position in word.typographic {
                func add(_ replacement: String, isInvisible: Bool = false) {
                    mistakes.append(
                        Mistake(
                            range: position..<position + 1, replacement: replacement, isInvisible: isInvisible))
                }
                let scalar = scalars[position]
                switch kind(of: scalar) {
                case .dash where position < nameEnd && !isInDashes(position, of: word, scalars): add("-")
                case .quote where !takesText:
                    let opens = position == start || position == nameEnd + 1 && nameEnd > start
                    if open == nil, opens {
                        open = isSingle(scalar) ? "'" : "\""
                        add(open ?? "\"")
                    } else if let mark = open, position == last {
                        open = nil
                        add(mark)
                    }
                case .wide("?") where words.count == 1 && position == last: add("?")
                case .wide("%") where index == 0 && position == start: add("%")
                case .wide("=") where index == 1 && position == start: add("=")
                case .invisible where isOwn && !joins(position, scalars):
                    let separates = index == 0 && isCommand(nameBefore(position, of: word, scalars))
                    add(separates && position < last ? " " : "", isInvisible: true)
                default: break
                }
            }
        }
        return mistakes
    }

    private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "-" { return true }
        if case .dash? = kind(of: scalar) { return true }
        return false
    }

    private static func startsWithDash(_ word: Word, _ scalars: [Unicode.Scalar]) -> Bool {
        scalars[word.range].first.map(isDash) ?? false
    }

    /// Whether it is dashes followed by something.
    private static func isOption(_ word: Word, _ scalars: [Unicode.Scalar]) -> Bool {
        startsWithDash(word, scalars) && !scalars[word.range].allSatisfy(isDash)
    }

    private static func isInDashes(_ position: Int, of word: Word, _ scalars: [Unicode.Scalar]) -> Bool {
        scalars[word.range.lowerBound...position].allSatisfy(isDash)
    }

    /// The dashes that `word` begins with, if one of them is not the keyboard's: two are meant before a name, one
    /// before a letter or a number.
    private static func dashes(before next: Word?, _ word: Word, _ scalars: [Unicode.Scalar]) -> Mistake? {
        let dashes = scalars[word.range].prefix(while: isDash)
        guard let first = word.typographic.first, dashes.indices.contains(first) else { return nil }
        let rest = scalars[dashes.endIndex..<word.range.upperBound]
        if let following = rest.first {
            let isShort = rest.count == 1 || following == "." || ("0"..."9").contains(following)
            return Mistake(range: dashes.indices, replacement: isShort ? "-" : "--", isInvisible: false)
        }
        // Alone it belongs to the name after it.
        guard let next, CellScanner.startsName(scalars[next.range.lowerBound]) else {
            return Mistake(range: dashes.indices, replacement: "-", isInvisible: false)
        }
        return Mistake(
            range: dashes.startIndex..<next.range.lowerBound, replacement: "--", isInvisible: false)
    }

    private static func isSingle(_ scalar: Unicode.Scalar) -> Bool { "‘’‚‛‹›′‵`´＇".unicodeScalars.contains(scalar) }

    /// Whether an invisible character joins two of a script or an emoji that needs it.
    private static func joins(_ position: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard ["\u{200C}", "\u{200D}", "\u{034F}"].contains(scalars[position]), position > 0,
            position + 1 < scalars.count
        else { return false }
        return scalars[position - 1].value >= 0x80 && scalars[position + 1].value >= 0x80
    }

    private static func nameBefore(_ position: Int, of word: Word, _ scalars: [Unicode.Scalar]) -> String {
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[word.range.lowerBound..<position].drop { $0 == "%" })
        return String(name)
    }

    // MARK: Where it stands

    private static func place(
        of position: Int, behind start: Int, line: Int, _ scalars: [Unicode.Scalar]
    ) -> (line: Int, character: Int) {
        var line = line
        for index in start..<max(start, position) {
            let isPair = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
            if CellScanner.isLineEnd(scalars[index]), !isPair { line += 1 }
        }
        return (line, position - lineStart(of: position, scalars) + 1)
    }

    private static func lineStart(of position: Int, _ scalars: [Unicode.Scalar]) -> Int {
        scalars[..<position].lastIndex(where: CellScanner.isLineEnd).map { $0 + 1 } ?? 0
    }

    /// The line with all mistakes corrected.
    private static func corrected(
        lineAround position: Int, by mistakes: [Mistake], _ scalars: [Unicode.Scalar]
    ) -> String {
        let start = lineStart(of: position, scalars)
        let end = scalars[position...].firstIndex(where: CellScanner.isLineEnd) ?? scalars.count
        var line = String.UnicodeScalarView()
        var next = start
        for mistake in mistakes.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where mistake.range.lowerBound >= next && mistake.range.upperBound <= end {
            line.append(contentsOf: scalars[next..<mistake.range.lowerBound])
            line.append(contentsOf: mistake.replacement.unicodeScalars)
            next = mistake.range.upperBound
        }
        line.append(contentsOf: scalars[next..<end])
        return String(line).trimmed
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
