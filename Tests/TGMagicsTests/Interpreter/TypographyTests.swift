import CellLanguage
import JupyterKernel
import TGMagics
import Testing

/// Cells that were pasted from a web page.
@Suite struct TypographyTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
    }

    @Test(arguments: [
        (
            "%predict –-target alpha", "An en dash (–) stands where -- is meant, in line 1, character 10.",
            "%predict --target alpha"
        ),
        ("%predict –target alpha", "An en dash (–) stands where --", "%predict --target alpha"),
        (
            "# one\n  %predict —target alpha", "An em dash (—) stands where -- is meant, in line 2, character 12.",
            "%predict --target alpha"
        ),
        ("%predict −−target alpha --seed −1", "A minus sign (−)", "%predict --target alpha --seed -1"),
        ("%predict – target alpha", "An en dash", "%predict --target alpha"),
        ("%evaluate --history–ratio 0.5", "An en dash (–) stands where - is meant", "%evaluate --history-ratio 0.5"),
        ("%history –n", "An en dash (–) stands where - is meant", "%history -n"),
        (
            "%records --model “model-1” --rows 1", "A left double quotation mark (“) stands where \" is meant",
            "%records --model \"model-1\" --rows 1"
        ),
        (
            "%records --model=‘model-1’", "A left single quotation mark (‘) stands where ' is meant",
            "%records --model='model-1'"
        ),
        ("%records --model «model-1»", "angle quotation mark («)", "%records --model \"model-1\""),
        ("name = “hello there”", "in line 1, character 8", "name = \"hello there\""),
        ("％zoo info", "A fullwidth percent sign (％) stands where % is meant", "%zoo info"),
        ("zoo？", "A fullwidth question mark (？) stands where ? is meant", "zoo?"),
        (
            "%zoo\u{200B}info", "A zero width space, U+200B, which cannot be seen, stands in line 1, character 5.",
            "%zoo info"
        ),
        ("\u{200B}%zoo info", "character 1", "%zoo info"), ("%zoo info\u{200B}", "character 10", "%zoo info"),
        (
            "%records --model model-1\u{200B} --rows 1", "A zero width space, U+200B",
            "%records --model model-1 --rows 1"
        ),
        ("%records --model model-1\u{AD} --rows 1", "A soft hyphen, U+00AD", "%records --model model-1 --rows 1"),
        ("%echo a\r\n%zoo in\u{FEFF}fo", "U+FEFF, which cannot be seen, stands in line 2, character 8", "%zoo info"),
        ("%time predict –target alpha", "An en dash (–)", "%time predict --target alpha"),
        ("%echo ––stderr x", "An en dash (–) stands where --", "%echo --stderr x"),
        ("%zoo load `words`", "A grave accent (`) stands where '", "%zoo load 'words'"),
    ])
    func theCharacterAndItsPlaceAreNamedWithTheLineToType(_ code: String, _ what: String, _ line: String) throws {
        let error = try notebook.error(code)
        let text = error.traceback.joined(separator: "\n")
        #expect(error.name == "SyntaxError" && error.value.contains(what), "\(text)")
        #expect(text.hasSuffix("Else type: \(line)"), "\(text)")
    }

    /// What is no mistake runs: spaces that do not break, dashes and marks in texts and inside of words, pictures.
    @Test(arguments: [
        ("%echo\u{A0}a –\u{3000}b’s “c”", "a – b’s “c”\n"), ("%echo '“a”' \"–b\" 'c\u{200B}d'", "“a” –b c\u{200B}d\n"),
        ("%echo x–y 👩‍👧 é", "x–y 👩‍👧 é\n"), ("%echo a # – “note”", "a\n"), ("%time echo –", "–\n"),
    ])
    func textIsLeftAsItIs(_ code: String, _ output: String) throws {
        let context = RecordingContext()
        try notebook.run(code, in: context)
        #expect(context.stdout.hasPrefix(output), "\(context.stdout.debugDescription)")
    }

    @Test func aFilesLineIsToldByItsNumber() throws {
        let file = try directory.write("%echo a\n\n%%time\n%echo b\n%zoo –x\n", to: "pasted.tg")
        let text = try notebook.error("%run \(file)").traceback.joined(separator: "\n")
        #expect(text.contains("in line 5, character 6") && text.contains("pasted.tg, line 5"), "\(text)")
    }

    @Test func aNameWithAnInvisibleCharacterDoesNotLookLikeAnother() throws {
        let text = try notebook.error("%records --model 'model-1\u{200B}'").traceback.joined(separator: "\n")
        #expect(text.contains("'model-1⟨U+200B⟩'"), "\(text)")
    }

    @Test func whatStandsInAQueryIsPointedAt() throws {
        let text = try notebook.error("%%sql\nselect *\nfrom models where model = ‘model-1’")
            .traceback.joined(separator: "\n")
        #expect(text.contains("U+2018) stands in line 3, character 27"), "\(text)")
    }

    @Test func aLoneCarriageReturnEndsAQuerysComment() throws {
        let value = try notebook.json("%%sql\r-- all of them\rselect count(*) as n\r-- '\rfrom models")
        #expect(value["rows"] == [[12]])
        #expect(try notebook.error("%%sql\r-- a\rpragma user_version = 3").name == "SQLError")
    }

    /// The line of a cell that an error shows is the one that failed, whatever ends its lines.
    @Test(arguments: ["\n", "\r", "\r\n"])
    func theLineThatFailedIsShown(_ end: String) throws {
        let error = try notebook.error("%echo one\(end)%nonsense two\(end)%echo three")
        #expect(error.traceback.contains { $0.contains("cell line 2") && $0.hasSuffix("%nonsense two") })
    }
}
