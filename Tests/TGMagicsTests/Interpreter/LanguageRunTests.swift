import ArgumentParser
import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

/// What the general magics do, as a user would type them.
@Suite struct LanguageRunTests {
    let notebook = TestNotebook()

    @Test func echoWritesItsWordsToEitherStream() throws {
        let context = RecordingContext()
        try notebook.run("%echo one  two\necho --stderr 'three  four'\n%echo -- --stderr", in: context)
        #expect(context.stdout == "one two\n--stderr\n" || context.stdout == "one two\n-- --stderr\n")
        #expect(context.recorded.text[.stderr] == "three  four\n")
    }

    @Test(arguments: [
        [], [""], ["a"], ["a", "b"], ["help"], ["help", "a"], ["a", "--help"], ["a", "-h"], ["a", "--stderr"],
        ["a", "--", "b"], ["a", "-"], [" "], ["%echo", "--stderr", "x"], ["generate-completion-script"],
        ["a=b", "--x=y"],
    ])
    func wordsTakenAsTheyStandAreWhatTheParserReads(_ words: [String]) throws {
        let echo = try #require(try EchoMagic.parseAsRoot(words) as? EchoMagic)
        let time = try #require(try TimeMagic.parseAsRoot(words) as? TimeMagic)
        #expect(try EchoMagic.taking(words).words == echo.words)
        #expect(try EchoMagic.taking(words).stderr == echo.stderr)
        #expect(try TimeMagic.taking(words).words == time.words)
    }

    @Test func aCellOfManyLinesRunsInTimeThatFitsThem() throws {
        let context = RecordingContext()
        let lines = (0..<50_000).map { "%echo line \($0)" }
        let time = try ContinuousClock().measure { try notebook.run(lines.joined(separator: "\n"), in: context) }
        #expect(context.stdout == lines.map { $0.dropFirst(6) + "\n" }.joined())
        // 0.2 s on two old cores; reading options anew for each line took 10 s.
        #expect(time < .seconds(5))
    }

    @Test func aLineOfTooManyWordsIsRefusedAtOnce() throws {
        for line in [
            "%zoo load" + String(repeating: " --as a", count: 50_000), String(repeating: "%time ", count: 100_000),
        ] {
            let start = ContinuousClock.now
            let name = try notebook.error(line).name
            #expect(["UsageError", "RecursionError"].contains(name))
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test func variablesAreReplacedInLaterLines() throws {
        let context = RecordingContext()
        try notebook.run("a = \"one two\"\nb = 5\n%echo $a ${b}px '$a'", in: context)
        #expect(context.stdout == "one two 5px $a\n")
        #expect(try notebook.text("a") == "one two")
        #expect(try notebook.text("$b") == "5")
    }

    @Test func anUnknownVariableIsAnErrorWithTheNearestName() throws {
        try notebook.run("target = 'x'")
        let error = try notebook.error("%echo $tarjet")
        #expect(error.name == "UnknownVariable")
        #expect(error.traceback.joined().contains("$target"))
    }

    @Test(arguments: [
        ("%ehco a", "UnknownMagic", "%echo"), ("zooo load x", "UnknownMagic", "zoo"),
        ("%zoo laod x", "UsageError", "load"), ("%models --srot size", "UsageError", "--sort"),
        ("%models --frobnicate", "UsageError", "--match"),
        ("%predict", "UsageError", "--target"),
        ("%history --last x", "UsageError", "--last"), ("%zoo load", "UsageError", "name-or-path"),
        ("%%sq\nx", "UnknownMagic", "%lsmagic"), ("%%echo a\nb", "UsageError", "%echo"),
        ("x = bare", "UnknownMagic", "\"bare\""),
        ("%models", "NoZoo", "%zoo load"), ("%echo 'a", "SyntaxError", "never closed"), ("x = %echo a", "NoValue", "x"),
        ("nothing?", "UnknownName", "%lsmagic"), ("%run nowhere.tg", "FileNotFound", "nowhere.tg"),
        ("%run a", "FileNotFound", "a"), ("%run é", "FileNotFound", "é"), ("%zoo load a", "FileNotFound", "a"),
    ])
    func mistakesAreNamedAndHelped(_ code: String, _ name: String, _ mention: String) throws {
        let error = try notebook.error(code)
        #expect(error.name == name)
        let text = error.traceback.joined(separator: "\n")
        #expect(text.contains(mention))
        #expect(text.contains("cell line 1"))
        #expect(!text.contains("ParserError") && !text.contains("Swift"))
    }

    @Test func theLineThatFailedIsShownAndTheRestDoesNotRun() throws {
        let context = RecordingContext()
        let error = try notebook.error("%echo one\n# two\n%nonsense three\n%echo four", in: context)
        #expect(context.stdout == "one\n")
        #expect(error.traceback.contains { $0.contains("cell line 3") && $0.contains("%nonsense three") })
    }

    @Test func aFileRunsInTheSessionAndTellsItsOwnLines() throws {
        let directory = try TemporaryDirectory()
        let good = try directory.write("a = 'from file'\n%echo running\n", to: "good.tg")
        let bad = try directory.write("%echo fine\n%nonsense\n", to: "bad.tg")
        let context = RecordingContext()
        try notebook.run("%run \(good)\n%echo $a", in: context)
        #expect(context.stdout == "running\nfrom file\n")
        let error = try notebook.error("%echo x\n%run \(bad)")
        let text = error.traceback.joined(separator: "\n")
        #expect(text.contains("bad.tg, line 2") && text.contains("cell line 2"))
    }

    @Test func aFileThatRunsItselfEndsInAnError() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/loop.tg"
        try directory.write("%run \(file)\n", to: "loop.tg")
        #expect(try notebook.error("%run \(file)").name == "RecursionError")
    }

    @Test func resetAsksUnlessForced() throws {
        try notebook.run("a = 'x'")
        try notebook.run("%reset", in: RecordingContext(answers: ["n"]))
        #expect(try notebook.text("a") == "x")
        #expect(try notebook.error("%reset").name == "StdinNotImplementedError")
        try notebook.run("%reset", in: RecordingContext(answers: ["y"]))
        #expect(try notebook.error("a").name == "UnknownMagic")
        try notebook.run("a = 'x'\n%reset -f")
        #expect(try notebook.error("%echo $a").name == "UnknownVariable")
    }

    @Test func timeTellsHowLongALineOrACellTook() throws {
        let context = RecordingContext()
        try notebook.run("%time echo inner", in: context)
        #expect(context.stdout.hasPrefix("inner\nWall time: "))
        try notebook.run("%%time\nb = 7\n%echo $b", in: context)
        #expect(context.stdout.contains("7\nWall time: "))
        try notebook.run("%time c = lsmagic")
        #expect(try notebook.text("c").contains("%echo"))
    }

    @Test func historyIsWrittenAsAsked() throws {
        let history = [(line: 1, source: "%zoo list"), (line: 2, source: "%models")]
        let context = RecordingContext(history: history)
        try notebook.run("%history -n", in: context)
        #expect(context.stdout == "1: %zoo list\n2: %models\n")
        let last = RecordingContext(history: history)
        try notebook.run("%history --last 1", in: last)
        #expect(last.stdout == "%models\n")
    }

    @Test func everyMagicHasHelpFromItsDeclaration() throws {
        for name in notebook.interpreter.registry.names() {
            let help = try notebook.text("%help \(name)")
            #expect(help.contains("%\(name)"), "\(name)")
            #expect(help.count > name.count + 10)
        }
        let context = RecordingContext()
        try notebook.run("zoo?", in: context)
        #expect(context.recorded.pages.first?.data["text/plain"]?.string?.contains("%zoo load <name-or-path>") == true)
        #expect(try notebook.text("%zoo load --help").contains("--format"))
    }

    @Test func valuesOfLinesBeforeTheLastAreDisplays() throws {
        let context = RecordingContext()
        let value = try notebook.run("%lsmagic\n%who", in: context)
        #expect(context.recorded.displays.count == 1)
        #expect(value != nil)
    }

    @Test func expressionsAreEvaluatedForClients() throws {
        try notebook.run("a = 'text'")
        #expect(try notebook.interpreter.evaluate("a", in: RecordingContext()).data["text/plain"] == "text")
        #expect(throws: ExecutionError.self) {
            try notebook.interpreter.evaluate("nonsense here", in: RecordingContext())
        }
    }

    @Test func anExpressionHearsAnInterrupt() throws {
        let context = RecordingContext()
        context.interrupt()
        let error = #expect(throws: ExecutionError.self) {
            try notebook.interpreter.evaluate("%lsmagic", in: context)
        }
        #expect(error?.name == "KeyboardInterrupt")
    }

    @Test func anInterruptedCellEndsBeforeItsNextLine() throws {
        let context = RecordingContext()
        context.interrupt()
        #expect(try notebook.error("%echo a", in: context).name == "KeyboardInterrupt")
        #expect(context.stdout.isEmpty)
    }

    @Test func clearRemovesTheOutput() throws {
        let context = RecordingContext()
        try notebook.run("%clear", in: context)
        #expect(context.recorded.clears == 1)
    }
}
