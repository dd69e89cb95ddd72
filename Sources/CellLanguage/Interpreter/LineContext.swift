/// The words of the logical line that the cursor stands in, for completion and inspection: read leniently, since a line
/// that is being typed is seldom whole.
package struct LineContext {
    package struct Token {
        /// The word without its quotes and escapes.
        package let text: String
        /// In code points of the cell.
        package let range: Range<Int>
    }

    /// The words before the one under the cursor, the assignment (`name =`) left out.
    package let previous: [Token]
    /// The word that the cursor stands in or behind, up to the cursor; empty behind a space.
    package let partial: Token
    /// The whole word under the cursor, beyond it too.
    package let whole: Token
    /// The name of the `$variable` being typed, with the range that it takes; `nil` elsewhere.
    package let variable: Token?
    /// Whether the cursor stands in a comment or in the body of a cell magic that holds no magics.
    package let isForeign: Bool

    /// The line around `cursor`, an offset into `code` in code points; it is moved into the code where it is outside.
    package init(_ code: String, cursor: Int) {
        let scalars = Array(code.unicodeScalars)
        let cursor = min(max(cursor, 0), scalars.count)
        var start = cursor
        while start > 0, scalars[start - 1] != "\n" || (start > 1 && scalars[start - 2] == "\\") { start -= 1 }
        var tokens: [Token] = []
        var partial = Token(text: "", range: cursor..<cursor)
        var whole = partial
        var position = start
        var isComment = false
        while position < scalars.count {
            let next = scalars[position]
            if next == "\n" || CellScanner.isSpace(next) || (next == "\\" && Self.isLineEnd(scalars, position + 1)) {
                if position >= cursor { break }
                position += 1
                continue
            }
            if next == "#" {
                isComment = position < cursor
                break
            }
            if position > cursor { break }
            let (token, end) = Self.token(scalars, from: position, to: scalars.count)
            if end >= cursor {
                partial = Self.token(scalars, from: position, to: cursor).token
                whole = token
                break
            }
            tokens.append(token)
            position = end
        }
        if tokens.count >= 2, tokens[1].text == "=" {
            tokens.removeFirst(2)
        } else if let first = tokens.first, first.text.last == "=",
            first.text.dropLast().unicodeScalars.allSatisfy(CellScanner.continuesName)
        {
            tokens.removeFirst()
        }
        previous = tokens
        self.partial = partial
        self.whole = whole
        variable = Self.variable(scalars, partial.range.lowerBound, cursor)
        let body = Self.foreignBodyStart(scalars)
        isForeign = isComment || body.map { cursor >= $0 } == true
    }

    private static func isLineEnd(_ scalars: [Unicode.Scalar], _ position: Int) -> Bool {
        position < scalars.count && scalars[position] == "\n"
    }

    private static func token(
        _ scalars: [Unicode.Scalar], from start: Int, to limit: Int
    ) -> (token: Token, end: Int) {
        var text = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var position = start
        while position < limit {
            let next = scalars[position]
            if let open = quote {
                if next == open {
                    quote = nil
                } else if next == "\\", open == "\"", position + 1 < limit {
                    position += 1
                    text.append(scalars[position])
                } else {
                    text.append(next)
                }
            } else if next == "'" || next == "\"" {
                quote = next
            } else if next == "\n" || CellScanner.isSpace(next) {
                break
            } else if next == "\\", position + 1 < limit, scalars[position + 1] != "\n" {
                position += 1
                text.append(scalars[position])
            } else if next == "\\" {
                break
            } else {
                text.append(next)
            }
            position += 1
        }
        if position == start { position += 1 }
        return (Token(text: String(text), range: start..<min(position, limit)), min(position, limit))
    }

    /// The `$name` that ends at the cursor.
    private static func variable(_ scalars: [Unicode.Scalar], _ start: Int, _ cursor: Int) -> Token? {
        var begin = cursor
        while begin > start, CellScanner.continuesName(scalars[begin - 1]) { begin -= 1 }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[begin..<cursor])
        if begin > start, scalars[begin - 1] == "$" {
            return Token(text: String(name), range: begin..<cursor)
        }
        if begin > start + 1, scalars[begin - 1] == "{", scalars[begin - 2] == "$" {
            return Token(text: String(name), range: begin..<cursor)
        }
        return nil
    }

    /// Where the body of a cell magic other than `%%time` begins.
    private static func foreignBodyStart(_ scalars: [Unicode.Scalar]) -> Int? {
        guard let first = scalars.firstIndex(where: { $0 != "\n" && !CellScanner.isSpace($0) }),
            first + 1 < scalars.count, scalars[first] == "%", scalars[first + 1] == "%",
            let end = scalars[first...].firstIndex(of: "\n")
        else { return nil }
        let name = token(scalars, from: first + 2, to: end).token.text
        return name == "time" ? nil : end + 1
    }
}
