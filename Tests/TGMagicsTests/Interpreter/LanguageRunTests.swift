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
        let read = try #require(try EchoMagic.parseAsRoot(words) as? EchoMagic)
        // The second time from what was kept of the first.
        for _ in 0..<2 {
            let taken = try #require(
                try notebook.interpreter.registry.parsed(EchoMagic.self, taking: words) as? EchoMagic)
            #expect(taken.words == read.words && taken.stderr == read.stderr)
        }
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
            #expect(["UsageError", "SyntaxError"].contains(name))
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

    @Test func aListIsSeveralWordsAndRepeatsAnOption() throws {
        let directory = try TemporaryDirectory()
        let zoo = try TestZoo.write(to: directory)
        let context = RecordingContext()
        try notebook.run("n = 'GPT 4' \"b,c\" 5\n%echo $n|\n%echo $n\n%echo \"<$n>\"\n%echo --stderr $n", in: context)
        #expect(context.stdout == "GPT 4 b,c 5|\nGPT 4 b,c 5\n<GPT 4 b,c 5>\n")
        try notebook.run("%zoo load \(zoo)\nchosen = 'history' 'logme'")
        let value = try notebook.json("%evaluate --method $chosen --target alpha")
        #expect(value["methods"] == ["history", "logme"])
        #expect(try notebook.json("chosen")["items"] == ["history", "logme"])
        #expect(try notebook.json("%predict --target alpha --method=history")["method"] == "history")
        // What is no list of texts is a command, as before.
        #expect(try notebook.error("x = 'a' b").name == "UnknownMagic")
        #expect(try notebook.error("%predict --target alpha --method \"$chosen\"").name == "UnknownMethod")
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

    /// A notebook that was saved as a script: its cells stand one behind the other, an empty line between them.
    @Test func aFileMayHoldCellMagicsAmongItsLines() throws {
        let directory = try TemporaryDirectory()
        let zoo = try TestZoo.write(to: directory)
        let file = try directory.write(
            """
            \u{FEFF}%zoo load \(zoo)

            %%sql
            select count(*)

            from models

            %%time
            a = 'timed'

            b = 'behind'
            %%sql
            select 'second'


            # a note
            models --rows 1
            %%sql
            select 'last'
            """, to: "script.tg")
        let context = RecordingContext()
        let last = try notebook.run("%run \(file)", in: context)
        let shown = context.recorded.displays.compactMap { $0.data.data["text/plain"]?.string }
        #expect(shown.contains { $0.contains("12") && $0.contains("count(*)") })
        #expect(shown.contains { $0.contains("second") } && shown.contains { $0.contains("11 more") })
        #expect(last?.data["text/plain"]?.string?.contains("last") == true)
        #expect(try notebook.text("a") == "timed")
        #expect(try notebook.text("b") == "behind")
        let bad = try directory.write("%echo a\n\n%%sql\nselect nonsense\n\n%echo b\n", to: "bad.tg")
        let error = try notebook.error("%run \(bad)")
        #expect(error.traceback.contains { $0.contains("bad.tg, line 3") && $0.contains("%%sql") })
        #expect(try notebook.error("%echo a\n%%sql\nselect 1").name == "SyntaxError")
    }

    @Test func theFiguresOfAFilesLastLineAreShownOnce() throws {
        let directory = try TemporaryDirectory()
        let zoo = try TestZoo.write(to: directory)
        let file = try directory.write("%zoo load \(zoo)\n%predict --target alpha --method history\n", to: "f.tg")
        for code in ["%run \(file)", "%time run \(file)", "%%time\nrun \(file)"] {
            let context = RecordingContext()
            try notebook.run(code, in: context)
            let figures = context.recorded.displays.filter { $0.data.data["image/svg+xml"] != nil }
            #expect(figures.count == 1, "\(code)")
        }
    }

    @Test func whatIsNoTextIsNotRun() throws {
        let directory = try TemporaryDirectory()
        try #require(mkfifo(directory.path + "/pipe", 0o600) == 0)
        try Data([0xFF, 0xFE, 0x25, 0x00]).write(to: URL(fileURLWithPath: directory.path + "/wide.tg"))
        #expect(try notebook.error("%run \(directory.path)/pipe").name == "FileNotFound")
        #expect(try notebook.error("%run /dev/zero").name == "FileNotFound")
        #expect(try notebook.error("%run \(directory.path)").value.contains("a directory"))
        #expect(try notebook.error("%run -").value.contains("notebook"))
        let wide = try notebook.error("%run \(directory.path)/wide.tg")
        #expect(wide.name == "FileNotReadable" && wide.traceback.joined().contains("UTF-16"))
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

    /// What stands behind `%time` is read as it would be without it.
    @Test(arguments: [
        ("%time x = 5", "5"), ("%time x = \"a  b\"", "a  b"), ("%time x='$y \\\" z'", "$y \\\" z"),
        ("%time x = $y", "why"), ("%time %time x = \\\n   7", "7"), ("time x=\"$y?\"", "why?"),
        ("%%time\nx = 8", "8"), ("%%time\n%time x = 9", "9"),
    ])
    func timeTakesAnyStatement(_ code: String, _ value: String) throws {
        try notebook.run("y = \"why\"")
        let context = RecordingContext()
        try notebook.run(code, in: context)
        #expect(try notebook.text("x") == value)
        #expect(context.stdout.contains("Wall time: "))
    }

    @Test func timeAsksForHelpAndTellsOfMistakesAsTheLineWould() throws {
        let context = RecordingContext()
        try notebook.run("%time echo?", in: context)
        #expect(context.recorded.pages.first?.data["text/plain"]?.string?.contains("%echo") == true)
        let error = try notebook.error("# one\n%time ehco a")
        #expect(error.name == "UnknownMagic")
        #expect(error.traceback.contains { $0.contains("cell line 2") && $0.contains("%time ehco a") })
        #expect(try notebook.error("%time").name == "UsageError")
        #expect(try notebook.error("%time x =").name == "SyntaxError")
        #expect(try notebook.text("%time --help").contains("%time"))
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

    /// What the reference of all commands is made from.
    @Test func helpIsDataToo() throws {
        let help = try notebook.json("%help zoo load")
        #expect(help["kind"] == "help" && help["name"] == "zoo load" && help["places"] == ["line", "terminal"])
        let forms = help["parameters"]?.array?.compactMap { $0["form"]?.string } ?? []
        #expect(forms.contains { $0.hasPrefix("--format") })
        #expect(try notebook.json("%help zoo")["subcommands"]?.array?.contains("load") == true)
        #expect(try notebook.json("%help %sql")["places"] == ["cell", "terminal"])
    }

    /// Help on a subcommand, however it is asked for.
    @Test(arguments: ["%graph build?", "graph build??", "?graph build", "?? %graph  build"])
    func aQuestionOnASubcommandIsAnswered(_ code: String) throws {
        let context = RecordingContext()
        try notebook.run(code, in: context)
        let page = try #require(context.recorded.pages.first?.data["text/plain"]?.string)
        #expect(page.hasPrefix("%graph build ["), "\(page)")
        #expect(try notebook.text("%help graph build") == page)
        #expect(try notebook.text("%help %graph build") == page)
        #expect(try notebook.text("%graph build --help") == page)
    }

    @Test func aMarkBehindWhatIsNoSubcommandIsText() throws {
        let context = RecordingContext()
        try notebook.run("%echo really?\n%echo echo?", in: context)
        #expect(context.stdout == "really?\necho?\n")
        #expect(try notebook.error("%help graph biuld").name == "UnknownName")
        #expect(try notebook.error("?graph biuld").name == "UnknownName")
    }

    /// What is typed elsewhere is told as what it is.
    @Test(arguments: [
        (">>> %zoo info", "Type: %zoo info"), ("In [3]: %echo 'a b'", "Type: %echo 'a b'"), ("!ls", "a shell command"),
        ("import numpy as np", "another language"), ("print('x')", "another language"),
        ("zoo.info()", "another language"), ("... %echo a", "prompt"),
    ])
    func foreignHabitsAreNamed(_ code: String, _ mention: String) throws {
        let text = try notebook.error(code).traceback.joined(separator: "\n")
        #expect(text.contains(mention), "\(text)")
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
