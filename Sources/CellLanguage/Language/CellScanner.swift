/// Scans a cell from its first code point on; ``ParsedCell`` says what the language is.
///
/// Cells that run are read whole and strictly. A cell that is being typed is read up to the cursor and leniently: there
/// an open quote is no error. Both use this one scanner, so that what Tab sees is what will run.
package struct CellScanner {
    let scalars: [Unicode.Scalar]
    /// Where reading ends; what follows is looked at only to interpret what stands before it.
    private let end: Int
    private let isLenient: Bool
    /// The magics that take a statement.
    let nesting: Set<String>
    private(set) var position = 0
    private(set) var line = 1
    private var depth = 0
    /// How deeply statements may nest.
    private static let depthLimit = 32

    /// Whether reading ended inside a comment.
    private(set) var endsInComment = false
    /// Where the name of the `$variable` stands in which, or right after which, reading ended.
    private(set) var variableAtEnd: Range<Int>?

    /// Reads `code` to its end.
    package init(_ code: String, nesting: Set<String>) {
        let scalars = Array(code.unicodeScalars)
        self.init(scalars, end: scalars.count, isLenient: false, nesting: nesting)
    }

    /// Reads the text before `end`, as far as possible.
    init(_ scalars: [Unicode.Scalar], upTo end: Int, from start: Int = 0, nesting: Set<String>) {
        self.init(scalars, end: end, isLenient: true, nesting: nesting)
        position = max(position, start)
    }

    private init(_ scalars: [Unicode.Scalar], end: Int, isLenient: Bool, nesting: Set<String>) {
        self.scalars = scalars
        self.end = end
        self.isLenient = isLenient
        self.nesting = nesting
        // Some editors put a byte order mark before a text.
        if scalars.first == "\u{FEFF}" { position = 1 }
    }

    /// A lenient reading fails at nothing.
    private func fail(_ error: @autoclosure () -> CellSyntaxError) throws(CellSyntaxError) {
        if !isLenient { throw error() }
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
                return .cellMagic(try cellMagic(bodyEnd: { scanner, _ in scanner.end }))
            } else {
                statements.append(try statement())
            }
        }
    }

    package mutating func cells(isCommand: (String) -> Bool) throws(CellSyntaxError) -> [ParsedCell] {
        var cells: [ParsedCell] = []
        var statements: [Statement] = []
        while true {
            skipSpaceAndLineEnds()
            let next = current
            if next == "#" {
                skipLine()
            } else if next == nil || next == "%" && peek(1) == "%" {
                if !statements.isEmpty { cells.append(.statements(statements)) }
                statements = []
                if next == nil { return cells }
                cells.append(.cellMagic(try cellMagic(bodyEnd: { $0.bodyEnd(of: $1, isCommand: isCommand) })))
            } else {
                statements.append(try statement())
            }
        }
    }

    // MARK: Statements

    private mutating func cellMagic(
        bodyEnd: (_ scanner: CellScanner, _ name: String) -> Int
    ) throws(CellSyntaxError) -> ParsedCell.CellMagic {
        let start = position
        let startLine = line
        position += 2
        let words = try self.words()
        let headEnd = position
        guard let first = words.first, let name = first.literal, first.range.lowerBound == start + 2, !first.isQuoted
        else {
            throw CellSyntaxError("%% needs the name of a cell magic right after it.", line: startLine)
        }
        let isHelp = name.hasSuffix("?") && words.count == 1
        if isHelp {
            throw CellSyntaxError(
                "Help on a cell magic is asked for with %\(name).", line: startLine, hint: "Write %\(name).")
        }
        skipLineEnd()
        let bodyLine = line
        let bodyStart = position
        let bodyEnd = bodyEnd(self, name)
        while position < bodyEnd { advance() }
        return ParsedCell.CellMagic(
            name: name, arguments: Array(words.dropFirst()), body: text(bodyStart..<bodyEnd), bodyLine: bodyLine,
            line: startLine, range: start..<headEnd)
    }

    /// Where, in a file, the body ends of the magic called `name` that begins here.
    private func bodyEnd(of name: String, isCommand: (String) -> Bool) -> Int {
        var scanner = self
        var isBehindEmptyLine = false
        while true {
            let lineStart = scanner.position
            scanner.skipSpace()
            guard let next = scanner.current else { return end }
            if Self.isLineEnd(next) {
                isBehindEmptyLine = true
            } else {
                // A body of this language holds nothing but commands.
                let isEnd = isBehindEmptyLine && (nesting.contains(name) || scanner.isAtCommand(lineStart, isCommand))
                if isEnd { return lineStart }
                isBehindEmptyLine = false
                scanner.skipLine()
            }
            scanner.skipLineEnd()
        }
    }

    /// Whether a command or a comment of this language stands here, as opposed to another language's text. An
    /// assignment counts if it begins its line.
    private func isAtCommand(_ lineStart: Int, _ isCommand: (String) -> Bool) -> Bool {
        var scanner = self
        if position == lineStart, scanner.assignmentTarget() != nil { return true }
        if current == "%" || current == "#" { return true }
        while let next = scanner.current, Self.continuesName(next) { scanner.position += 1 }
        return isCommand(text(position..<scanner.position))
    }

    private mutating func statement() throws(CellSyntaxError) -> Statement {
        let start = position
        let startLine = line
        if let help = helpQuestion() {
            return Statement(assignment: nil, action: help, line: startLine, range: start..<position)
        }
        let assignment = assignmentTarget()
        guard let first = try nextWord() else {
            throw CellSyntaxError(
                "Nothing stands to the right of the equals sign.", line: startLine,
                hint: "Write a command, as in z = %command, or a quoted text.")
        }
        try check(first, startLine)
        if isNested(behind: first) {
            guard depth < Self.depthLimit else {
                throw CellSyntaxError(
                    "More than \(Self.depthLimit) commands stand one inside the other.", line: startLine)
            }
            depth += 1
            defer { depth -= 1 }
            let inner = try statement()
            return Statement(
                assignment: assignment, action: .nested(first, inner), line: startLine,
                range: start..<inner.range.upperBound)
        }
        let words = [first] + (try self.words())
        return Statement(
            assignment: assignment, action: .command(words), line: startLine,
            range: start..<(words.last?.range.upperBound ?? position))
    }

    /// Whether a statement begins here: `word` is a magic that takes one, and what follows is not one of its own
    /// options.
    private mutating func isNested(behind word: Word) -> Bool {
        guard !nesting.isEmpty, !word.isQuoted, let name = word.literal, nesting.contains(Self.bareName(name)) else {
            return false
        }
        skipSpace()
        guard let next = peek(0), next != "-" else {
            return isLenient && peek(0) == nil && position > word.range.upperBound
        }
        if position >= end { return isLenient && position > word.range.upperBound }
        return !Self.isLineEnd(next) && next != "#"
    }

    /// The name of a line magic without its percent sign.
    static func bareName(_ name: String) -> String {
        name.hasPrefix("%") ? String(name.dropFirst()) : name
    }

    private func check(_ first: Word, _ line: Int) throws(CellSyntaxError) {
        guard let name = first.literal, !first.isQuoted else { return }
        if name == "%" {
            throw CellSyntaxError("% needs the name of a magic right after it.", line: line)
        }
        if name.hasPrefix("%%") {
            throw CellSyntaxError(
                "A cell magic (%%…) stands in the cell's first line, with nothing before it.", line: line,
                hint: "Its value cannot be assigned.")
        }
        if name.hasPrefix("=") {
            throw CellSyntaxError(
                "The left of the equals sign must be a name: letters, digits and underscores.", line: line)
        }
    }

    /// `?name`, `name?` and their doubled forms, if that is all the line holds, consumed.
    private mutating func helpQuestion() -> Statement.Action? {
        guard let question = questionAhead else { return nil }
        while position < end, !Self.isLineEnd(scalars[position]) { position += 1 }
        let words = scalars[question.topic].split(whereSeparator: Self.isSpace)
        return .help(
            topic: words.map { text($0.indices) }.joined(separator: " "), detail: min(question.marks, 2) - 1)
    }

    /// Where the topic stands, and how many marks it has, if a question is all the line holds. After a leading mark
    /// several words may stand, as in `?name part`.
    private var questionAhead: (topic: Range<Int>, marks: Int)? {
        var first = position
        var last = position
        while last < scalars.count, !Self.isLineEnd(scalars[last]) { last += 1 }
        while last > first, Self.isSpace(scalars[last - 1]) { last -= 1 }
        var marks = 0
        while first < last, scalars[first] == "?" {
            first += 1
            marks += 1
        }
        let isLeading = marks > 0
        if isLeading {
            while first < last, Self.isSpace(scalars[first]) { first += 1 }
        } else {
            while last > first, scalars[last - 1] == "?" {
                last -= 1
                marks += 1
            }
        }
        guard marks > 0 else { return nil }
        let isText = scalars[first..<last].contains {
            "'\"\\?".unicodeScalars.contains($0) || (!isLeading && Self.isSpace($0))
        }
        return isText ? nil : (first..<last, marks)
    }

    /// The name of `name =`, consumed with the space after it; nothing is consumed if the line is no assignment.
    private mutating func assignmentTarget() -> String? {
        var sign = position
        guard sign < scalars.count, Self.startsName(scalars[sign]) else { return nil }
        while sign < scalars.count, Self.continuesName(scalars[sign]) { sign += 1 }
        let nameEnd = sign
        while sign < scalars.count, Self.isSpace(scalars[sign]) { sign += 1 }
        guard sign < end, scalars[sign] == "=", sign + 1 >= scalars.count || scalars[sign + 1] != "=" else {
            return nil
        }
        let name = text(position..<nameEnd)
        position = sign + 1
        skipSpace()
        return name
    }

    // MARK: The last line of a text being typed

    /// What the line holds in which a lenient reading ends.
    enum LastLine {
        /// The words so far, without an assignment, `?` and the names of magics that take a statement.
        case words([Word])
        case comment
        /// The body of a cell magic in another language.
        case foreignBody
    }

    mutating func lastLine() throws(CellSyntaxError) -> LastLine {
        var mayBeCellMagic = true
        while true {
            skipSpaceAndLineEnds()
            guard let next = current else { return .words([]) }
            if next == "#" {
                skipLine()
                if current == nil { return .comment }
                continue
            }
            let isCellMagic = mayBeCellMagic && next == "%" && peek(1) == "%"
            let words = try statementSoFar()
            if current == nil { return endsInComment ? .comment : .words(words) }
            mayBeCellMagic = false
            if isCellMagic, let name = words.first?.literal {
                guard nesting.contains(String(name.dropFirst(2))) else { return .foreignBody }
                mayBeCellMagic = true
            }
        }
    }

    private mutating func statementSoFar() throws(CellSyntaxError) -> [Word] {
        while true {
            if let question = questionAhead { position = min(question.topic.lowerBound, end) }
            _ = assignmentTarget()
            guard let first = try nextWord() else { return [] }
            if !isNested(behind: first) { return [first] + (try words()) }
        }
    }

    // MARK: Words

    /// The words up to the line's end, which is not consumed.
    private mutating func words() throws(CellSyntaxError) -> [Word] {
        var words: [Word] = []
        while let word = try nextWord() { words.append(word) }
        return words
    }

    /// The next word of the line; `nil` if only a comment, which is consumed, or nothing is left.
    private mutating func nextWord() throws(CellSyntaxError) -> Word? {
        skipSpace()
        guard let next = current, !Self.isLineEnd(next) else { return nil }
        if next == "#" {
            skipLine()
            return nil
        }
        return try word()
    }

    /// The word that begins here; an empty one if none does.
    mutating func word() throws(CellSyntaxError) -> Word {
        let start = position
        var builder = WordBuilder()
        while let next = current, !Self.isLineEnd(next), !Self.isSpace(next) {
            switch next {
            case "'": try singleQuoted(into: &builder)
            case "\"": try doubleQuoted(into: &builder)
            case "\\":
                if isAtContinuation {
                    skipContinuation()
                } else if position + 1 < end {
                    builder.quote()
                    builder.append(scalars[position + 1])
                    position += 2
                } else {
                    try fail(
                        CellSyntaxError(
                            "The backslash at the end expects another line.", line: line, isIncomplete: true))
                    position += 1
                }
            case "$": variable(into: &builder)
            default:
                if Typography.contains(next) { builder.note(position) }
                builder.append(next)
                position += 1
            }
        }
        return builder.word(range: start..<min(position, end))
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
        try fail(openQuote("'", opened))
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
                if isAtContinuation {
                    skipContinuation()
                } else if let escaped = peek(1), position + 1 < end {
                    if !"\"\\$".unicodeScalars.contains(escaped) { builder.append("\\") }
                    builder.append(escaped)
                    position += 2
                } else {
                    position += 1
                }
            case "$": variable(into: &builder)
            default:
                builder.append(next)
                advance()
            }
        }
        try fail(openQuote("\"", opened))
    }

    /// `$name` or `${name}`; a `$` without a name stands for itself.
    private mutating func variable(into builder: inout WordBuilder) {
        let isBraced = position + 1 < end && peek(1) == "{"
        let nameStart = position + (isBraced ? 2 : 1)
        var nameEnd = nameStart
        if nameEnd < end, Self.startsName(scalars[nameEnd]) {
            while nameEnd < end, Self.continuesName(scalars[nameEnd]) { nameEnd += 1 }
        }
        if nameEnd == end { variableAtEnd = nameStart..<nameEnd }
        guard nameEnd > nameStart, !isBraced || (nameEnd < end && scalars[nameEnd] == "}") else {
            builder.append("$")
            position += 1
            return
        }
        builder.append(variable: text(nameStart..<nameEnd))
        position = isBraced ? nameEnd + 1 : nameEnd
    }

    private func openQuote(_ quote: String, _ opened: Int) -> CellSyntaxError {
        CellSyntaxError(
            "The quote \(quote) opened in line \(opened) is never closed.", line: opened, isIncomplete: true,
            hint: "Close it, or write \\\(quote) for the character itself.")
    }

    // MARK: Moving

    private var current: Unicode.Scalar? { position < end ? scalars[position] : nil }

    private func peek(_ distance: Int) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    private func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text)
    }

    private mutating func advance() {
        let passed = scalars[position]
        // CR and LF together are one line end; it counts with its LF.
        if passed == "\n" || (passed == "\r" && peek(1) != "\n") { line += 1 }
        position += 1
    }

    private mutating func skipLine() {
        while position < end, !Self.isLineEnd(scalars[position]) { position += 1 }
        endsInComment = position == end
    }

    /// Skips a line end, if one stands here.
    private mutating func skipLineEnd() {
        if current == "\r" { advance() } else if current == "\n" { return advance() } else { return }
        if current == "\n" { advance() }
    }

    /// Whether a backslash before a line end stands here.
    private var isAtContinuation: Bool {
        guard current == "\\", let next = peek(1) else { return false }
        return Self.isLineEnd(next)
    }

    private mutating func skipContinuation() {
        position += 1
        skipLineEnd()
    }

    /// Spaces and continued line ends.
    mutating func skipSpace() {
        while let next = current {
            if Self.isSpace(next) {
                position += 1
            } else if isAtContinuation {
                skipContinuation()
            } else {
                return
            }
        }
    }

    private mutating func skipSpaceAndLineEnds() {
        while let next = current, Self.isSpace(next) || Self.isLineEnd(next) { advance() }
    }

    // MARK: Characters

    package static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

    /// White space within a line, non-breaking spaces included.
    package static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        // Unicode properties need a table lookup; nearly all text is ASCII.
        scalar.value < 0x80
            ? scalar == " " || scalar == "\t" || scalar == "\u{0B}" || scalar == "\u{0C}"
            : scalar.properties.isWhitespace
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
