/// The words of the line that the cursor stands in, for completion and inspection: what ``CellScanner`` reads before
/// the cursor.
package struct LineContext {
    /// The words before the one under the cursor, without an assignment (`name =`) and magics that take a statement.
    package let previous: [Word]
    /// The word in which, or after which, the cursor stands, up to the cursor; empty after a space.
    package let partial: Word
    /// The whole word under the cursor, including what follows the cursor.
    package let whole: Word
    /// Where the name of the `$variable` being typed stands; `nil` elsewhere.
    package let variable: Range<Int>?
    /// Whether the cursor stands in a comment or in the body of a cell magic that holds no magics.
    package let isForeign: Bool

    /// The line around `cursor`, an offset into `code` in code points, clamped to its length.
    ///
    /// - Parameter nesting: the magics that take a statement; see ``Magic/takesStatement``.
    /// - Complexity: O(*n*) in the length of the code.
    package init(_ code: String, cursor: Int, nesting: Set<String>) {
        let scalars = Array(code.unicodeScalars)
        let cursor = min(max(cursor, 0), scalars.count)
        var scanner = CellScanner(scalars, upTo: cursor, nesting: nesting)
        var words: [Word] = []
        // A lenient reading throws nothing.
        switch try? scanner.lastLine() {
        case .words(let found)?:
            words = found
            isForeign = false
        case .comment?, .foreignBody?, nil:
            isForeign = true
        }
        let isInWord = words.last?.range.upperBound == cursor
        let partial = isInWord ? words.removeLast() : Word(pieces: [], range: cursor..<cursor, isQuoted: false)
        previous = words
        self.partial = partial
        variable = isInWord ? scanner.variableAtEnd : nil
        let start = partial.range.lowerBound
        var beyond = CellScanner(scalars, upTo: scalars.count, from: start, nesting: nesting)
        beyond.skipSpace()
        let isWord = beyond.position == start && (isInWord || scalars[start...].first != "#")
        whole = (isWord && !isForeign ? try? beyond.word() : nil) ?? partial
    }
}
