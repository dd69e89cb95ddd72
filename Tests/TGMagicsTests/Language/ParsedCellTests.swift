import CellLanguage
import JupyterKernel
import TGMagics
import Testing

@Suite struct ParsedCellTests {
    private func statements(_ code: String) throws -> [Statement] {
        guard case .statements(let statements) = try ParsedCell(code) else {
            throw TestNotebook.UnexpectedSuccess(code: code)
        }
        return statements
    }

    private func words(_ code: String) throws -> [String] {
        guard case .command(let words) = try #require(try statements(code).first).action else { return [] }
        return words.map { word in word.text { "<\($0)>" } }
    }

    @Test(arguments: [
        ("%echo one two", ["%echo", "one", "two"]),
        ("  zoo load  x\t y ", ["zoo", "load", "x", "y"]),
        ("%echo 'it''s' \"a b\"", ["%echo", "its", "a b"]),
        (#"%echo "a \"b\" \\ \$x""#, ["%echo", #"a "b" \ $x"#]),
        (#"%echo a\ b \'"#, ["%echo", "a b", "'"]),
        ("%echo '$x' $x \"$x\" ${x}y", ["%echo", "$x", "<x>", "<x>", "<x>y"]),
        ("%echo $ $1 5$", ["%echo", "$", "$1", "5$"]),
        ("%echo one \\\n two", ["%echo", "one", "two"]),
        ("%echo o\\\nne", ["%echo", "one"]),
        ("%echo 'two\nlines'", ["%echo", "two\nlines"]),
        ("%echo a#b # a comment", ["%echo", "a#b"]),
        ("%echo ''", ["%echo", ""]),
        ("%echo \u{A0}é ünï\u{3000}名前", ["%echo", "é", "ünï", "名前"]),
        ("%echo a\r", ["%echo", "a"]), ("%echo a\\\rb\\\r\nc", ["%echo", "abc"]),
        ("\u{FEFF}%echo a", ["%echo", "a"]), (#"%echo "a\b" "a\\b""#, ["%echo", #"a\b"#, #"a\b"#]),
        ("%echo \"a\\\r\nb\"", ["%echo", "ab"]),
    ])
    func wordsAreSplitAndQuotedAsInAShell(_ code: String, _ expected: [String]) throws {
        #expect(try words(code) == expected)
    }

    @Test func commentsAndBlankLinesAreNoStatements() throws {
        #expect(try statements("# one\n\n   # two\n\t\n").isEmpty)
        #expect(try statements("").isEmpty)
        #expect(try statements("# one\n%echo a\n#two\n%echo b").map(\.line) == [2, 4])
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func anyLineEndEndsALine(_ end: String) throws {
        let lines = ["%echo a # note", "", "# note", "b = 'x\(end)y'", "%echo c"]
        let found = try statements(lines.joined(separator: end))
        #expect(found.map(\.line) == [1, 4, 6])
        #expect(found.map(\.assignment) == [nil, "b", nil])
        guard case .cellMagic(let magic) = try ParsedCell("# note\(end)%%sql\(end)a\(end)b") else {
            Issue.record("no cell magic")
            return
        }
        #expect(magic.bodyLine == 3 && magic.body == "a\(end)b")
        #expect(Completeness(ofCell: "%%sql\(end)select 1\(end)") == .complete)
        #expect(Completeness(ofCell: "%%sql\(end)select 1") == .incomplete(indent: ""))
    }

    @Test func aMagicThatTakesAStatementNests() throws {
        let cell = try ParsedCell("%time time x = %echo a\n%time --help\n%time", nesting: ["time"])
        guard case .statements(let statements) = cell, case .nested(_, let inner) = statements[0].action,
            case .nested(_, let innermost) = inner.action, case .command(let words) = innermost.action
        else {
            Issue.record("not nested")
            return
        }
        #expect(innermost.assignment == "x" && words.map(\.writtenText) == ["%echo", "a"])
        #expect(statements[0].range == 0..<22 && statements.count == 3)
        for statement in statements.dropFirst() {
            guard case .command = statement.action else {
                Issue.record("nested")
                continue
            }
        }
    }

    @Test(arguments: ["z = %zoo info", "z=%zoo info", "z =zoo info", "  z = %zoo info"])
    func aNameBeforeAnEqualsSignTakesTheValue(_ code: String) throws {
        let statement = try #require(try statements(code).first)
        #expect(statement.assignment == "z")
        #expect(try words(code).last == "info")
    }

    @Test func anEqualsSignInsideACommandIsNoAssignment() throws {
        #expect(try statements("%echo a = b").first?.assignment == nil)
        #expect(try statements("predict --target=x").first?.assignment == nil)
        #expect(try statements("a == b").first?.assignment == nil)
    }

    @Test(arguments: [
        ("zoo?", "zoo", 0), ("%zoo??", "%zoo", 1), ("?zoo", "zoo", 0), ("?? zoo", "zoo", 1), ("?", "", 0),
        ("google/vit-base?", "google/vit-base", 0),
    ])
    func aQuestionMarkAsksForHelp(_ code: String, _ topic: String, _ detail: Int) throws {
        #expect(try statements(code).map(\.action) == [.help(topic: topic, detail: detail)])
    }

    @Test func aQuestionMarkInsideALineIsText() throws {
        #expect(try words("%echo really?") == ["%echo", "really?"])
    }

    @Test func aCellMagicTakesTheRestOfTheCell() throws {
        guard case .cellMagic(let magic) = try ParsedCell("# note\n%%sql --all 'x y'\nselect 1\n\n  '") else {
            Issue.record("no cell magic")
            return
        }
        #expect(magic.name == "sql")
        #expect(magic.arguments.map { $0.text { $0 } } == ["--all", "x y"])
        #expect(magic.body == "select 1\n\n  '")
        #expect(magic.line == 2 && magic.bodyLine == 3)
    }

    @Test(arguments: [
        "%", "% zoo", "%echo a\n%%sql", "z =", "= 3", "z = %%sql", "%%", "%% sql",
    ])
    func whatIsNoCellIsInvalid(_ code: String) {
        let error = #expect(throws: CellSyntaxError.self) { try ParsedCell(code) }
        #expect(error?.isIncomplete == false)
        #expect(error?.message.hasSuffix(".") == true)
    }

    @Test func anOpenQuoteTellsTheLineItWasOpenedIn() {
        let error = #expect(throws: CellSyntaxError.self) { try ParsedCell("%echo a\n%echo 'b\n%echo c") }
        #expect(error?.line == 2 && error?.isIncomplete == true)
    }

    @Test func rangesCountCodePoints() throws {
        let statement = try #require(try statements("# 👩‍👩‍👧\n%echo é名 x").first)
        guard case .command(let words) = statement.action else { return }
        let scalars = Array("# 👩‍👩‍👧\n%echo é名 x".unicodeScalars)
        let parts = words.map { String(String.UnicodeScalarView(scalars[$0.range])) }
        #expect(parts == ["%echo", "é名", "x"])
    }

    /// Texts from an alphabet of everything that means something to the language.
    private func randomText(_ generator: inout SplitMix, length: Int) -> String {
        let alphabet = Array("ab %%'\"\\$#=?{}\n\t-é👩‍👧🇩🇪\u{301}\r;x_9".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<length { text.append(alphabet[Int(generator.next() % UInt64(alphabet.count))]) }
        return String(text)
    }

    @Test func aQuotedTextIsReadBackAsItself() throws {
        var generator = SplitMix(state: 7)
        for length in 0..<2000 {
            let text = randomText(&generator, length: length % 12)
            #expect(try words("%echo " + Word.quoting(text)) == ["%echo", text])
        }
    }

    @Test func anyTextIsReadOrRefusedWithALineInside() {
        var generator = SplitMix(state: 99)
        for round in 0..<5000 {
            let text = randomText(&generator, length: round % 60)
            let lines = text.unicodeScalars.count { $0 == "\n" || $0 == "\r" } + 1
            do throws(CellSyntaxError) {
                guard case .statements(let statements) = try ParsedCell(text) else { continue }
                let scalars = text.unicodeScalars.count
                #expect(statements.allSatisfy { $0.range.upperBound <= scalars && (1...lines).contains($0.line) })
                #expect(statements.allSatisfy { !$0.range.isEmpty })
            } catch {
                #expect((1...lines).contains(error.line))
            }
        }
    }
}

/// A generator for tests: the same texts each time.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
