import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

@Suite struct CompletionTests {
    let notebook: TestNotebook
    private let directory: TemporaryDirectory

    init() throws {
        notebook = TestNotebook()
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory)) --as small\nresult = 'x'")
    }

    /// What Tab offers at the bar in `code`.
    private func complete(_ code: String) -> Completion {
        let parts = code.split(separator: "|", omittingEmptySubsequences: false)
        let cursor = parts[0].unicodeScalars.count
        return notebook.interpreter.complete(parts.joined(), at: cursor)
    }

    @Test(arguments: [
        ("%ev|", ["%evaluate"]), ("ev|", ["evaluate"]), ("%%t|", ["%%time"]), ("%zoo l|", ["load", "list"]),
        ("%predict --tar|", ["--target"]), ("%predict --target al|", ["alpha"]), ("z = %mod|", ["%models"]),
        ("%predict --target=al|", ["--target=alpha"]), ("%evaluate --method tg:lr|", ["tg:lr:n2v"]),
        ("%echo $res|", ["result"]),
        ("%echo ${res|}", ["result"]), ("%zoo load --format ti|", ["tidy"]), ("%zoo use sm|", ["small"]),
        ("%recommend be|", ["beta"]), ("%help rec|", ["recommend", "records"]), ("%embed n|", ["node2vec"]),
        ("%graph show --around model-1|", ["model-1", "model-10"]), ("%time predict --tar|", ["--target"]),
        ("%time x = mod|", ["models"]), ("%time |", ["evaluate", "result"]), ("%%time\n%ev|", ["%evaluate"]),
        ("%%time\nx = 5\n%predict --tar|", ["--target"]), ("%echo a\r%ev|", ["%evaluate"]),
        ("\u{FEFF}%ev|", ["%evaluate"]), ("%help graph b|", ["build"]), ("?ev|", ["evaluate"]),
        ("%echo 'two\nlines' $res|", ["result"]), ("%echo '$res|", []), ("%recommend 'al|", ["alpha"]),
        ("%echo a\n%ev|", ["%evaluate"]),
        ("# %ev|", []), ("%%sql\nsel|", []), ("%scores --method log|", ["logme"]), ("res|", ["reset", "result"]),
        ("%graph build --edges res|", ["results"]), ("%graph build --edges results,sim|", ["results,similarity"]),
        ("%models --sort par|", ["parameters"]), ("%datasets --sort resu|", ["results"]),
        ("%models --columns model,fam|", ["model,family"]), ("%models --where \"fam|", ["family"]),
        ("%models --where 'parameters > 3 and fam|", ["'parameters > 3 and family'"]),
        ("%%sql\nselect mod|", ["model", "models"]), ("%%sql\nselect count(*) from rec|", ["records"]),
        ("%%sql\nselect 'mod|", []), ("%%sql\nselect 1 -- mod|", []),
    ])
    func tabOffersWhatFits(_ code: String, _ expected: [String]) {
        let texts = complete(code).items.map(\.text)
        for text in expected { #expect(texts.contains(text), "\(code): \(texts)") }
        if expected.count <= 1 { #expect(texts.count <= expected.count + 3, "\(code): \(texts)") }
        if expected.isEmpty { #expect(texts.isEmpty, "\(code): \(texts)") }
    }

    @Test func theReplacedRangeCountsCodePoints() {
        let completion = complete("%echo 👩‍👧é\n%predict --target al|pha")
        let prefix = "%echo 👩‍👧é\n%predict --target ".unicodeScalars.count
        #expect(completion.range == prefix..<(prefix + 2))
    }

    @Test func namesThatNeedItAreQuotedAndReadBack() throws {
        let completion = complete("%predict --target a&|")
        let text = try #require(completion.items.first?.text)
        let value = try notebook.json("%predict --target \(text) --method history")
        #expect(value["target"]?.string == TestZoo.hostileDataset)
    }

    @Test func anUnquotedPathWithSpacesIsQuoted() throws {
        let folder = directory.path + "/two words here"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try directory.write("model,dataset,score\na,b,1\n", to: "two words here/records.csv")
        for typed in ["two w", "two words h", "two words here/rec"] {
            let code = "%zoo load \(directory.path)/\(typed)"
            let completion = complete(code + "|")
            let text = try #require(completion.items.first?.text, "\(typed)")
            #expect(text.hasPrefix("'\(folder)/") && completion.range == 10..<code.unicodeScalars.count)
        }
        #expect(complete("%zoo load '\(directory.path)/two w|").items.first?.text == "'\(folder)/'")
    }

    @Test func kindsOfItemsAreTold() {
        #expect(complete("%predict --target al|").items.first?.type == "dataset")
        #expect(complete("%predict --|").items.allSatisfy { $0.type == "option" })
        #expect(complete("%ev|").items.first?.type == "magic")
    }

    @Test func pathsAreOffered() throws {
        let prefix = directory.path + "/rec"
        #expect(complete("%zoo load \(prefix)|").items.map(\.text) == [directory.path + "/records.csv"])
        #expect(complete("%zoo load ~|").items.map(\.text) == ["~/"])
        #expect(complete("%run ¤|").items.isEmpty)
    }

    @Test func anyCursorInAnyTextIsAnswered() {
        var generator = SplitMix(state: 3)
        let alphabet = Array("%pz o-='\"$\\\n{#é👧".unicodeScalars)
        for _ in 0..<2000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int(generator.next() % 24) {
                text.append(alphabet[Int(generator.next() % UInt64(alphabet.count))])
            }
            let count = text.count
            let cursor = Int(generator.next() % 30) - 3
            let range = notebook.interpreter.complete(String(text), at: cursor).range
            #expect(range.lowerBound >= 0 && range.upperBound <= count)
            _ = notebook.interpreter.inspect(String(text), at: cursor, detail: 0)
        }
    }

    @Test(arguments: [
        ("%predict", 3, "%predict --target <dataset>"), ("%predict --target alpha", 14, "The dataset to predict for"),
        ("%predict --target alpha", 20, "Dataset alpha"), ("result", 2, "x"),
        ("%predict --target ", 18, "--target <dataset>"),
        ("model-3", 1, "Model model-3"),
    ])
    func shiftTabTellsWhatIsKnown(_ code: String, _ cursor: Int, _ mention: String) throws {
        let text = notebook.interpreter.inspect(code, at: cursor, detail: 0)?.data["text/plain"]?.string
        #expect(text?.contains(mention) == true, "\(text ?? "nothing")")
    }

    @Test func shiftTabExplainsASubcommandInsideItsLine() throws {
        for (code, cursor) in [("%graph build --target ", 9), ("%graph build", 12), ("%time graph build", 15)] {
            let text = notebook.interpreter.inspect(code, at: cursor, detail: 0)?.data["text/plain"]?.string
            #expect(text?.hasPrefix("%graph build [") == true, "\(code): \(text ?? "nothing")")
        }
        let option = notebook.interpreter.inspect("%graph build --threshold 1", at: 20, detail: 0)
        #expect(option?.data["text/plain"]?.string?.hasPrefix("--threshold <number>") == true)
    }

    /// A name that holds what a web page puts in place of the keyboard's characters is offered in quotes.
    @Test func namesWithTypographicCharactersAreQuoted() throws {
        var records = "model,dataset,score\n"
        for model in ["–m", "n\u{200B}n", "“q”", "p–p"] { records += "\(model),d,1\n\(model),e,0.5\n" }
        try directory.write(records, to: "records.csv")
        for file in ["models", "scores", "similarity"] {
            try FileManager.default.removeItem(atPath: "\(directory.path)/\(file).csv")
        }
        try notebook.run("%zoo load \(directory.path) --as dashes")
        for model in ["–m", "n\u{200B}n", "“q”", "p–p"] {
            let written = Word.quoting(model)
            #expect(complete("%records --model |").items.map(\.text).contains(written))
            #expect(try notebook.json("%records --model \(written)")["total"] == 2)
        }
    }

    @Test func nothingIsKnownOfNonsense() {
        #expect(notebook.interpreter.inspect("frobnicate", at: 3, detail: 0) == nil)
    }
}
