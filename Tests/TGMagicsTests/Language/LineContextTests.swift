import CellLanguage
import Testing

/// Completion and inspection read a line as the runner does.
@Suite struct LineContextTests {
    private static let nesting: Set<String> = ["time"]

    private static let pieces = [
        "%time ", "time ", "%", "%%", "echo", "--x=", "-y ", "a", "b1", "é", "=", " = ", "x = ", "x=", "$a", "${a}",
        "${", "$",
        "'", "\"", "\\", "\\\n", "\\\r\n", "\\\r", "\n", "\r", "\r\n", " ", "  ", "\t", "\u{A0}", "#", "?", "{", "}",
        "–", "“",
        "\u{200B}", "\u{FEFF}", "👩‍👧", "5", "=x",
    ]

    /// At every cursor in every word of a cell that can run, the context holds that word and those before it.
    @Test func theContextOfACursorIsWhatTheScannerReads() {
        var generator = SplitMix(state: 11)
        var words = 0
        for round in 0..<60_000 {
            let text = (0..<1 + round % 14).map { _ in
                Self.pieces[Int(generator.next() % UInt64(Self.pieces.count))]
            }.joined()
            guard case .statements(let statements)? = try? ParsedCell(text, nesting: Self.nesting) else { continue }
            for statement in statements {
                guard let line = innermost(statement) else { continue }
                for (index, word) in line.enumerated() {
                    words += 1
                    for cursor in word.range.lowerBound...word.range.upperBound {
                        let context = LineContext(text, cursor: cursor, nesting: Self.nesting)
                        #expect(
                            !context.isForeign && context.whole == word && context.previous == Array(line[..<index]),
                            "\(text.debugDescription) at \(cursor)")
                        #expect(
                            context.partial.range == word.range.lowerBound..<cursor,
                            "\(text.debugDescription) at \(cursor)")
                    }
                }
            }
        }
        // The texts are ones that can run, often enough.
        #expect(words > 30_000)
    }

    private func innermost(_ statement: Statement) -> [Word]? {
        switch statement.action {
        case .help: nil
        case .command(let words): words
        case .nested(_, let inner): innermost(inner)
        }
    }

    @Test(arguments: [
        (#"%echo "a\b" |"#, ["%echo", #"a\b"#], ""), (#"%echo "a\"b" 'c|"#, ["%echo", #"a"b"#], "c"),
        ("%echo 'two\nlines' x|", ["%echo", "two\nlines"], "x"), ("%echo a\r%models --s|", ["%models"], "--s"),
        ("x = %predict al|", ["%predict"], "al"), ("%time x = %predict al|", ["%predict"], "al"),
        ("%time |", [], ""), ("%time|", [], "%time"), ("%echo a \\\n  b|", ["%echo", "a"], "b"),
        ("%echo ${a|", ["%echo"], "${a"), ("?%gra|", [], "%gra"),
    ])
    func theWordsBeforeTheCursor(_ marked: String, _ previous: [String], _ partial: String) {
        let code = marked.replacing("|", with: "")
        let context = LineContext(code, cursor: code.unicodeScalars.count, nesting: Self.nesting)
        #expect(context.previous.map(\.writtenText) == previous)
        #expect(context.partial.writtenText == partial)
    }

    @Test(arguments: [
        ("%%sql\nsel|", true), ("%%sql --ro|", false), ("%%time\n%ec|", false), ("%%time\n%%sql\nsel|", true),
        ("# %ec|", true), ("%echo a # b|", true), ("# a\n%ec|", false), ("\n# a\n%%sql\r\nx|", true),
    ])
    func whereNoMagicsStandNothingIsRead(_ marked: String, _ isForeign: Bool) {
        let code = marked.replacing("|", with: "")
        #expect(
            LineContext(code, cursor: code.unicodeScalars.count, nesting: Self.nesting).isForeign == isForeign)
    }
}
