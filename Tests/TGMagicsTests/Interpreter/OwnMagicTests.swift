import ArgumentParser
import CellLanguage
import JupyterKernel
import Testing

/// The example of the documentation: a notebook of one's own, from one magic.
private struct CountMagic: Magic {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Counts the words of a text.", discussion: "%count 'to be or not to be'")

    @Argument(help: ArgumentHelp("The text.", valueName: "text"))
    var text: String
    @Flag(help: "Count each word once.")
    var distinct = false

    func run(in invocation: Invocation) throws -> MagicResult {
        let words = text.split(separator: " ")
        guard !words.isEmpty else { throw UserError("NoWords", "The text holds no word.", hint: "Write some.") }
        let count = distinct ? Set(words).count : words.count
        return MagicResult(Table(columns: [.number("words", .count)], rows: [[.integer(count)]]))
    }
}

@Suite struct OwnMagicTests {
    private let interpreter = CellInterpreter(
        registry: MagicRegistry([CountMagic.self, TimeMagic.self, HelpMagic.self]),
        info: InterpreterInfo(
            implementation: "counter", implementationVersion: "1", languageName: "count", languageVersion: "1",
            mimetype: "text/plain", fileExtension: ".count", pygmentsLexer: nil, codeMirrorMode: nil, banner: "",
            helpLinks: []))

    private func run(_ code: String) throws -> DisplayData? {
        let context = RecordingContext()
        switch interpreter.execute(Cell(code: code, silent: false, executionCount: 1), in: context) {
        case .success(let value): return value ?? context.recorded.pages.first
        case .failure(let error): throw error
        }
    }

    @Test func oneDeclarationServesParsingHelpCompletionAndErrors() throws {
        let value = try run("n = %count 'to be or not to be' --distinct\n%time count 'a b'\nn")
        #expect(value?.data["text/plain"] == "words\n─────\n    4")
        #expect(try run("count?")?.data["text/plain"]?.string?.contains("Count each word once.") == true)
        #expect(interpreter.complete("%count --d", at: 10).items.map(\.text) == ["--distinct"])
        #expect(throws: ExecutionError.self) { try run("%count ''") }
        do {
            _ = try run("%count 'a' --distnct")
        } catch let error as ExecutionError {
            #expect(error.traceback.joined().contains("Did you mean --distinct?"))
        }
    }

    /// Nothing of model selection is in the language: neither its help nor its errors speak of zoos.
    @Test func theLanguageSpeaksOfNothingInParticular() throws {
        let registry = MagicRegistry([
            ClearMagic.self, CountMagic.self, EchoMagic.self, ExportMagic.self, HelpMagic.self, HistoryMagic.self,
            ListMagicsMagic.self, ResetMagic.self, RunMagic.self, TimeMagic.self, WhoMagic.self,
        ])
        let runner = CellRunner(registry: registry, session: Session())
        for name in registry.names() {
            let help = try #require(try runner.run("%help \(name)", in: RecordingContext())?.text)
            for word in ["zoo", "model", "dataset", "evaluat", "predict"] {
                #expect(!help.lowercased().contains(word), "\(name): \(word)")
            }
        }
    }
}
