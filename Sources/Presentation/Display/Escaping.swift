extension String {
    /// The text with characters that a terminal or an XML reader would act on made visible: control characters become
    /// their pictures (U+2400…), and bidirectional controls a replacement character. Line ends and tabs stay.
    package var visibleControls: String {
        if utf8.allSatisfy({ 0x20..<0x7F ~= $0 || $0 == 0x09 || $0 == 0x0A }) { return self }
        if unicodeScalars.allSatisfy({ !$0.isActiveControl }) { return self }
        var visible = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            // A carriage return before a line feed is part of the line end.
            if scalar == "\r", rest.first == "\n" { continue }
            guard scalar.isActiveControl else {
                visible.append(scalar)
                continue
            }
            let picture = scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) : nil
            visible.append(scalar.value == 0x7F ? "\u{2421}" : picture ?? "\u{FFFD}")
        }
        return String(visible)
    }

    /// The text with invisible characters written as their code points, `⟨U+200B⟩`: a name with one looks like another
    /// without. Those that join letters or emoji stay.
    package var visibleInvisibles: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var visible = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x200C, 0x200D, 0x034F, 0xFE00...0xFE0F, 0xE0020...0xE007F, 0xE0100...0xE01EF: visible.append(scalar)
            case _ where scalar.properties.isDefaultIgnorableCodePoint:
                let number = String(scalar.value, radix: 16, uppercase: true)
                visible.append(
                    contentsOf: "⟨U+\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)⟩".unicodeScalars
                )
            default: visible.append(scalar)
            }
        }
        return String(visible)
    }

    /// The text with the middle of overlong words and lines left out, so that a name of ten thousand characters does
    /// not bury the sentence around it.
    package var abridged: String {
        let (longestWord, longestLine) = (240, 2_000)
        if utf8.count <= longestWord { return self }
        func cut(_ text: Substring, to limit: Int) -> String {
            // There are at least as many bytes as characters.
            guard text.utf8.count > limit, text.count > limit else { return String(text) }
            return text.prefix(limit * 2 / 3) + "…" + text.suffix(limit / 3)
        }
        let lines = split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            let short = words.map { cut($0, to: longestWord) }.joined(separator: " ")
            return cut(short[...], to: longestLine)
        }
        return lines.joined(separator: "\n")
    }

    /// The text on one line: line ends and tabs become spaces, truncated with an ellipsis after `limit` characters.
    package func singleLine(limit: Int = .max) -> String {
        var line = visibleControls
        if line.unicodeScalars.contains(where: { $0.properties.isWhitespace && $0 != " " }) {
            line = String(line.map { $0.isWhitespace ? " " : $0 })
        }
        if limit < .max, line.count > limit { line = line.prefix(max(limit - 1, 0)) + "…" }
        return line
    }

    /// The text escaped for HTML and XML content or attribute values.
    package var htmlEscaped: String {
        var escaped = ""
        escaped.reserveCapacity(utf8.count)
        for scalar in visibleControls.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text's width in terminal columns: none for combining marks, two for wide East Asian characters and emoji.
    package var displayWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }
}

extension Character {
    fileprivate var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.properties.generalCategory == .nonspacingMark || first.value == 0x200B { return 0 }
        if first.properties.isEmojiPresentation { return 2 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isActiveControl: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
