/// A parsed cell: either lines that run one after the other, or one cell magic with its body.
///
/// ```
/// # a comment
/// table list                     the % of a line magic may be left out
/// p = %plot --from table --kind 'bars and lines'
/// %echo best of $p \
///       so far                   a backslash at the end goes on in the next line
/// plot?                          help
/// ```
///
/// Quoting is a shell's: everything in `'…'` stands for itself, in `"…"` a backslash and `$name` keep their meaning. A
/// line ends with LF, CR or the two together; a byte order mark at the beginning is skipped.
public enum ParsedCell: Sendable, Equatable {
    case statements([Statement])
    case cellMagic(CellMagic)

    /// `%%name …` in a cell's first line, and all that follows.
    public struct CellMagic: Sendable, Equatable {
        /// The magic's name without its percent signs.
        public let name: String
        /// The words after the name in the first line.
        public let arguments: [Word]
        /// The lines below, unchanged.
        public let body: String
        /// The line the body begins in, counted from 1.
        public let bodyLine: Int
        /// The line of `%%name`, counted from 1.
        public let line: Int
        /// Where the first line stands, in Unicode code points.
        public let range: Range<Int>
    }

    /// Reads a cell in one pass, in time linear in its length.
    ///
    /// - Parameters:
    ///   - code: the cell's text.
    ///   - nesting: the magics that take a statement; see ``Magic/takesStatement``.
    /// - Throws: ``CellSyntaxError`` if the text is no cell, or not yet.
    public init(_ code: String, nesting: Set<String> = []) throws(CellSyntaxError) {
        var scanner = CellScanner(code, nesting: nesting)
        self = try scanner.cell()
    }

    /// Reads a file as the cells it holds: lines, and cell magics anywhere among them.
    ///
    /// In a file a cell magic's body ends with an empty line followed by a command: a line whose first word begins with
    /// `%` or `#` or is accepted by `isCommand`, or an assignment that is not indented. A notebook that was saved as a
    /// script is such a file.
    ///
    /// - Throws: ``CellSyntaxError`` if the text holds something that is no cell.
    package static func cells(
        ofFile code: String, nesting: Set<String>, isCommand: (String) -> Bool
    ) throws(CellSyntaxError) -> [ParsedCell] {
        var scanner = CellScanner(code, nesting: nesting)
        return try scanner.cells(isCommand: isCommand)
    }
}

/// Why a text is no cell.
public struct CellSyntaxError: Error, Sendable, Equatable {
    public let message: String
    /// Counted from 1.
    public let line: Int
    /// Whether more text could make it a cell: an open quote, a backslash at the end.
    public let isIncomplete: Bool
    public let hint: String?

    public init(_ message: String, line: Int, isIncomplete: Bool = false, hint: String? = nil) {
        self.message = message
        self.line = line
        self.isIncomplete = isIncomplete
        self.hint = hint
    }
}
