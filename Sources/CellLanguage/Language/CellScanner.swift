/// Reads a cell from its first code point to its last; ``ParsedCell`` says what the language is.
package struct CellScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1

    package init(_ code: String) {
        scalars = Array(code.unicodeScalars)
    }

    package mutating func cell() throws(CellSyntaxError) -> ParsedCell {
        var statements: [Statement] = []
        while true {
            skipSpaceAndLineEnds()
            guard let next = current else { return .statements(statements) }
            if next == "#" {
                skipLine()
            } else if next == "%", peek(1) == "%" {
                guard statements.isEmpty else {
                    throw CellSyntaxError(
                        "A cell magic (%%…) must stand in the cell's first line.", line: line,
                        hint: "Move it to a cell of its own.")
                }
                return .cellMagic(try cellMagic())
            } else {
                statements.append(try statement())
            }
        }
    }

    // MARK: Statements

    private mutating func cellMagic() throws(CellSyntaxError) -> ParsedCell.CellMagic {
        let start = position
        let startLine = line
        position += 2
        let words = try self.words()
        let end = position
        guard let first = words.first, let name = first.literal, first.range.lowerBound == start + 2, !first.isQuoted
        else {
            throw CellSyntaxError("%% needs the name of a cell magic right after it.", line: startLine)
        }
        let isHelp = name.hasSuffix("?") && words.count == 1
        if isHelp {
            throw CellSyntaxError(
                "Help on a cell magic is asked for with %\(name).", line: startLine, hint: "Write %\(name).")
        }
        if current == "\n" { advance() }
        let bodyLine = line
        var body = String.UnicodeScalarView()
        body.append(contentsOf: scalars[position...])
        position = scalars.count
        return ParsedCell.CellMagic(
            name: name, arguments: Array(words.dropFirst()), body: String(body), bodyLine: bodyLine,
            line: startLine, range: start..<end)
    }

    private mutating func statement() throws(CellSyntaxError) -> Statement {
        let start = position
        let startLine = line
        if let help = helpQuestion() {
            return Statement(assignment: nil, action: help, line: startLine, range: start..<position)
        }
        let assignment = assignmentTarget()
        if assignment != nil { skipSpace() }
        let words = try self.words()
        guard let first = words.first else {
            throw CellSyntaxError(
                "Nothing stands to the right of the equals sign.", line: startLine,
                hint: "Write a command, as in z = %zoo info, or a quoted text.")
        }
        if let name = first.literal, !first.isQuoted {
            if name == "%" {
                throw CellSyntaxError("% needs the name of a magic right after it.", line: startLine)
            }
            if name.hasPrefix("%%") {
                throw CellSyntaxError(
                    "The value of a cell magic (%%…) cannot be assigned.", line: startLine,
                    hint: "Write the cell magic in the cell's first line.")
            }
            if name == "=" || name.hasPrefix("=") {
                throw CellSyntaxError(
                    "The left of the equals sign must be a name: letters, digits and underscores.", line: startLine)
            }
        }
        return Statement(
            assignment: assignment, action: .command(words), line: startLine,
            range: start..<(words.last?.range.upperBound ?? position))
    }

    /// `?name`, `name?` and their doubled forms, where that is all the line holds.
    private mutating func helpQuestion() -> Statement.Action? {
        var end = position
        while end < scalars.count, scalars[end] != "\n" { end += 1 }
        var last = end
        while last > position, Self.isSpace(scalars[last - 1]) { last -= 1 }
        var first = position
        var marks = 0
        while first < last, scalars[first] == "?" {
            first += 1
            marks += 1
        }
        if marks > 0 {
            while first < last, Self.isSpace(scalars[first]) { first += 1 }
        } else {
            while last > first, scalars[last - 1] == "?" {
                last -= 1
                marks += 1
            }
        }
        let isQuestion =
            marks > 0
            && !scalars[first..<last].contains { Self.isSpace($0) || "'\"\\".unicodeScalars.contains($0) || $0 == "?" }
        guard isQuestion else { return nil }
        var topic = String.UnicodeScalarView()
        topic.append(contentsOf: scalars[first..<last])
        position = end
        return .help(topic: String(topic), detail: min(marks, 2) - 1)
    }

    /// The name of `name =`, consumed; nothing is consumed where the line is no assignment.
    private mutating func assignmentTarget() -> String? {
        var end = position
        guard end < scalars.count, Self.startsName(scalars[end]) else { return nil }
        while end < scalars.count, Self.continuesName(scalars[end]) { end += 1 }
        let nameEnd = end
        while end < scalars.count, Self.isSpace(scalars[end]) { end += 1 }
        guard end < scalars.count, scalars[end] == "=", end + 1 >= scalars.count || scalars[end + 1] != "=" else {
            return nil
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[position..<nameEnd])
        position = end + 1
        return String(name)
    }

    // MARK: Words

    /// The words up to the line's end, which is not consumed.
    private mutating func words() throws(CellSyntaxError) -> [Word] {
        var words: [Word] = []
        while true {
            skipSpace()
            guard let next = current, next != "\n" else { return words }
            if next == "#" {
                skipLine()
                return words
            }
            words.append(try word())
        }
    }

    private mutating func word() throws(CellSyntaxError) -> Word {
        let start = position
        var builder = WordBuilder()
        while let next = current, next != "\n", !Self.isSpace(next) {
            switch next {
            case "'": try singleQuoted(into: &builder)
            case "\"": try doubleQuoted(into: &builder)
            case "\\":
                guard let escaped = peek(1) else { throw openBackslash }
                if escaped == "\n" || (escaped == "\r" && peek(2) == "\n") {
                    skipContinuation()
                } else {
                    builder.quote()
                    builder.append(escaped)
                    position += 2
                }
            case "$": variable(into: &builder)
            default:
                builder.append(next)
                position += 1
            }
        }
        return builder.word(range: start..<position)
    }

    private mutating func singleQuoted(into builder: inout WordBuilder) throws(CellSyntaxError) {
        let opened = line
        builder.quote()
        advance()
        while let next = current {
            advance()
            if next == "'" { return }
            builder.append(next)
        }
        throw openQuote("'", opened)
    }

    private mutating func doubleQuoted(into builder: inout WordBuilder) throws(CellSyntaxError) {
        let opened = line
        builder.quote()
        advance()
        while let next = current {
            switch next {
            case "\"":
                advance()
                return
            case "\\":
                guard let escaped = peek(1) else { throw openQuote("\"", opened) }
                advance()
                advance()
                if !"\"\\$\n".unicodeScalars.contains(escaped) { builder.append("\\") }
                if escaped != "\n" { builder.append(escaped) }
            case "$": variable(into: &builder)
            default:
                builder.append(next)
                advance()
            }
        }
        throw openQuote("\"", opened)
    }

    /// `$name` or `${name}`; a `$` that no name follows stands for itself.
    private mutating func variable(into builder: inout WordBuilder) {
        let isBraced = peek(1) == "{"
        var end = position + (isBraced ? 2 : 1)
        let nameStart = end
        if end < scalars.count, Self.startsName(scalars[end]) {
            while end < scalars.count, Self.continuesName(scalars[end]) { end += 1 }
        }
        guard end > nameStart, !isBraced || (end < scalars.count && scalars[end] == "}") else {
            builder.append("$")
            position += 1
            return
        }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[nameStart..<end])
        builder.append(variable: String(name))
        position = isBraced ? end + 1 : end
    }

    private var openBackslash: CellSyntaxError {
        CellSyntaxError("The backslash at the end expects another line.", line: line, isIncomplete: true)
    }

    private func openQuote(_ quote: String, _ opened: Int) -> CellSyntaxError {
        CellSyntaxError(
            "The quote \(quote) opened in line \(opened) is never closed.", line: opened, isIncomplete: true,
            hint: "Close it, or write \\\(quote) for the character itself.")
    }

    // MARK: Moving

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func peek(_ distance: Int) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    private mutating func advance() {
        if scalars[position] == "\n" { line += 1 }
        position += 1
    }

    private mutating func skipLine() {
        while position < scalars.count, scalars[position] != "\n" { position += 1 }
    }

    private mutating func skipContinuation() {
        position += 1
        while let next = current {
            advance()
            if next == "\n" { return }
        }
    }

    /// Spaces and continued line ends.
    private mutating func skipSpace() {
        while let next = current {
            if Self.isSpace(next) {
                position += 1
            } else if next == "\\", peek(1) == "\n" || (peek(1) == "\r" && peek(2) == "\n") {
                skipContinuation()
            } else {
                return
            }
        }
    }

    private mutating func skipSpaceAndLineEnds() {
        while let next = current, Self.isSpace(next) || next == "\n" { advance() }
    }

    // MARK: Characters

    package static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        // Properties are a search in tables; nearly all text is ASCII.
        scalar.value < 0x80
            ? scalar == " " || 0x09...0x0D ~= scalar.value && scalar != "\n" : scalar.properties.isWhitespace
    }

    package static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        default: scalar.value >= 0x80 && scalar.properties.isAlphabetic
        }
    }

    package static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || ("0"..."9").contains(scalar)
    }
}

/// A word while it is being read.
private struct WordBuilder {
    private var pieces: [Word.Piece] = []
    /// In UTF-8: a string that grows by single code points takes many times as long.
    private var text: [UInt8] = []
    private var isQuoted = false

    mutating func quote() { isQuoted = true }
    mutating func append(_ scalar: Unicode.Scalar) {
        // Nearly all text is ASCII, and lines of a hundred mebibytes are sent.
        if scalar.value < 0x80 { text.append(UInt8(truncatingIfNeeded: scalar.value)) } else { text += scalar.utf8 }
    }

    mutating func append(variable name: String) {
        flush()
        pieces.append(.variable(name))
    }

    private mutating func flush() {
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
    }

    consuming func word(range: Range<Int>) -> Word {
        flush()
        return Word(pieces: pieces, range: range, isQuoted: isQuoted)
    }
}
