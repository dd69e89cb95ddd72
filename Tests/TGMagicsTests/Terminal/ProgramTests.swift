import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

/// The subcommands, as somebody at a terminal uses them.
@Suite(.enabled(if: Program.isBuilt, "the program is not built beside the tests"))
struct ProgramTests {
    private let program: Program
    private let directory: TemporaryDirectory
    private let zooDirectory: TemporaryDirectory
    private let zoo: String

    init() throws {
        directory = try TemporaryDirectory()
        zooDirectory = try TemporaryDirectory()
        program = Program(directory: directory.path)
        zoo = try TestZoo.write(to: zooDirectory)
    }

    /// Every magic that a terminal has is a subcommand with its own help; those of a session are none.
    @Test func magicsAreSubcommandsWithTheirOwnHelp() throws {
        let all = try program.run("--help").output
        // `tgkernel help` is the terminal's own.
        for magic in MagicRegistry.standard.magics where magic._commandName != "help" {
            let name = magic._commandName
            let isListed = all.split(separator: "\n").contains { $0.hasPrefix("  \(name) ") }
            #expect(isListed == magic.places.contains(.terminal), "\(name)")
            let help = try program.run(name, "--help")
            guard magic.places.contains(.terminal) else {
                #expect(help.status == 64 && help.output.isEmpty && help.errors.contains("within a session"), "\(name)")
                continue
            }
            #expect(
                help.status == 0 && help.errors.isEmpty && help.output.contains("USAGE: tgkernel \(name)"), "\(name)")
            let hasSubcommands = !magic.configuration.subcommands.isEmpty
            #expect(help.output.contains("--zoo") == !hasSubcommands, "\(name)")
            #expect(help.output.contains("--output-format") == (!hasSubcommands && magic.givesValue), "\(name)")
        }
        let build = try program.run("graph", "build", "--help").output
        #expect(build.contains("USAGE: tgkernel graph build") && build.contains("--threshold"))
        #expect(try program.run("help", "graph", "build").output == build)
        #expect(!(try program.run("zoo", "--help").output.contains("\n  use ")))
    }

    @Test func aTableIsWrittenWholeWithEveryDigitSortedAsAsked() throws {
        let arguments = ["--zoo", zoo, "--sort", "result", "--descending"]
        func records(_ format: String, _ more: String...) throws -> String {
            let outcome = try program.shell(
                "\"$TGKERNEL\" records "
                    + (arguments + ["--output-format", format] + more).map(Word.quoting).joined(separator: " "))
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            return outcome.output
        }
        let lines = try records("csv").split(separator: "\n")
        #expect(lines.count == 49 && lines[0] == "model,dataset,result,normalised,runs")
        let results = lines.dropFirst().compactMap { Double($0.split(separator: ",")[2]) }
        #expect(zip(results, results.dropFirst()).allSatisfy { $0 >= $1 })
        let text = try records("json")
        let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(json["kind"] as? String == "table" && (json["rows"] as? [[Any]])?.count == 48)
        // What the zoo's file holds comes back with every digit.
        let value = 0.3 + 10.0 / 24 + 4.0 / 40
        let csv = try records("csv")
        #expect(text.contains(",\(value),") && csv.contains(",\(value),"))
        #expect(try records("table").split(separator: "\n").last == "… and 28 more (48 in all).")
        #expect(try records("csv", "--rows", "2").split(separator: "\n").count == 3)
        let markdown = try records("markdown").split(separator: "\n")
        #expect(markdown[0].hasPrefix("| model | dataset |") && markdown[1].hasPrefix("| --- | --- | ---: |"))
        #expect(markdown[2...].contains { $0.contains("\\<script>") } || markdown.count > 20)
    }

    @Test func eachKindOfValueHasItsFormats() throws {
        for (command, kind) in [
            ("zoo info", "zoo"), ("graph build --target alpha", "graph"), ("graph info", "graph"), ("models", "table"),
            ("predict --target alpha --method history", "prediction"), ("methods", "table"),
            ("recommend alpha --method history", "recommendation"), ("evaluate --method history", "evaluation"),
            ("embed node2vec --dimension 4 --no-quality", "embedding"), ("sql 'select 1 as one'", "table"),
        ] {
            let line = "\"$TGKERNEL\" \(command) --zoo \(zoo) --output-format"
            let json = try program.shell("\(line) json")
            let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(object["kind"] as? String == kind && json.errors.isEmpty, "\(command)")
            let csv = try program.shell("\(line) csv")
            #expect(csv.status == 0 && csv.output.split(separator: "\n").count >= 2, "\(command): \(csv.errors)")
        }
        let drawing = try program.shell("\"$TGKERNEL\" graph show --zoo \(zoo) --output-format csv")
        #expect(drawing.status == 1 && drawing.output.isEmpty && drawing.errors.contains("--output-format json"))
    }

    /// The rows of the means tell how sure they are; the rows of the targets leave it out.
    @Test func theMeansOfAnEvaluationHaveTheirIntervalsInACSV() throws {
        let outcome = try program.run(
            "evaluate", "--zoo", zoo, "--method", "history", "--method", "random", "--output-format", "csv")
        let rows = outcome.output.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(rows.first)
        let low = try #require(header.firstIndex { $0.hasPrefix("Pearson low (95 %") })
        let mean = try #require(header.firstIndex(of: "Pearson"))
        for row in rows.dropFirst() {
            let bounds = (low..<low + 4).map { Double(row[$0]) }
            guard row[1] == "mean" else {
                #expect(bounds.allSatisfy { $0 == nil })
                continue
            }
            let value = try #require(Double(row[mean]))
            for place in [0, 2] {
                let lower = try #require(bounds[place])
                let upper = try #require(bounds[place + 1])
                #expect(lower <= value && value <= upper && lower < upper)
            }
        }
        #expect(rows.count { $0.count > 1 && $0[1] == "mean" } == 2)
    }

    @Test func aQueryIsAnArgumentAFileOrStandardInput() throws {
        let query = "select count(*) as n from models"
        try directory.write(query, to: "query.sql")
        try directory.write("\u{FEFF}" + query, to: "marked.sql")
        for outcome in [
            try program.run("sql", "--zoo", zoo, query, "--output-format", "csv"),
            try program.run("sql", "--zoo", zoo, "query.sql", "--output-format", "csv"),
            try program.run("sql", "--zoo", zoo, "marked.sql", "--output-format", "csv"),
            try program.run("sql", "--zoo", zoo, "-", "--output-format", "csv", input: query),
        ] {
            #expect(outcome.status == 0 && outcome.output == "n\n12\n" && outcome.errors.isEmpty)
        }
        let wrong = try program.run("sql", "--zoo", zoo, "select nonsense")
        #expect(wrong.status == 1 && wrong.output.isEmpty && wrong.errors.hasPrefix("SQLError: "))
        #expect(try program.run("sql", "--zoo", zoo).status == 64)
    }

    @Test func linesAreReadFromAFileAndFromStandardInput() throws {
        let lines = "a = 'x'\n%echo $a\n\n%%sql\nselect 7 as n\n"
        try directory.write(lines, to: "lines.tg")
        let file = try program.run("run", "lines.tg", "--zoo", zoo)
        let input = try program.run("run", "--zoo", zoo, "-", input: "\u{FEFF}" + lines.replacing("\n", with: "\r"))
        #expect(file.status == 0 && file.output == "x\nn\n─\n7\n" && file.errors.isEmpty)
        #expect(input.status == 0 && input.output == file.output)
        #expect(try program.run("run", "-", input: "%nonsense").errors.contains("-, line 1"))
        #expect(try program.shell("\"$TGKERNEL\" run <(echo %echo piped)").output == "piped\n")
        #expect(try program.run("run", "/dev/zero").errors.hasPrefix("FileTooLarge"))
    }

    @Test func mistakesEndWithAStatusAndNothingOnStandardOutput() throws {
        for (arguments, status) in [
            (["models", "--zoo", "/nowhere"], 1), (["models"], 1), (["predict", "--zoo", zoo, "--target", "x"], 1),
            (["predict", "--zoo", zoo], 64), (["predict", "--zoo", zoo, "--target", "alpha", "--top", "0"], 64),
            (["models", "--output-format", "xml"], 64), (["recomend"], 64), (["nonsense", "--help"], 64),
            (["graph", "biuld"], 64),
        ] {
            let line = "\"$TGKERNEL\" " + arguments.map(Word.quoting).joined(separator: " ")
            let outcome = try program.shell(line)
            #expect(outcome.status == status && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(arguments)")
            #expect(!outcome.errors.contains("\u{1B}"), "\(arguments)")
        }
        #expect(try program.run("recomend").errors.contains("Did you mean recommend?"))
    }

    @Test func anExportToStandardOutputStandsThereAlone() throws {
        let command = "\"$TGKERNEL\" predict --zoo \(zoo) --target alpha --method history"
        let file = try program.shell("\(command) --export file.csv")
        #expect(file.status == 0 && file.output.hasPrefix("Wrote the predictions to file.csv.\n"))
        let expected = try String(contentsOfFile: directory.path + "/file.csv", encoding: .utf8)
        for place in ["-", "/dev/stdout", "/dev/fd/1"] {
            for tail in ["", " | cat"] {
                let outcome = try program.shell("\(command) --export \(place)\(tail)")
                #expect(outcome.status == 0 && outcome.output == expected, "\(place)\(tail)")
                #expect(outcome.errors.contains("predicted place on alpha"))
            }
        }
        let both = try program.shell("\(command) --export file.csv --output-format json")
        #expect(both.output.hasPrefix("{\"kind\":\"prediction\"") && both.errors.hasPrefix("Wrote the predictions"))
        let edges = try program.shell("\"$TGKERNEL\" graph export - --zoo \(zoo)")
        #expect(edges.output.hasPrefix("from,to,kind,weight\n"))
    }

    /// Beyond the limit of a file's size a program is sent a signal that would end it.
    /// A report that a terminal wrote holds the line that makes it again.
    @Test func aReportHoldsItsCommandLine() throws {
        let words = ["report", "--zoo", zoo, "--target", "alpha", "--method", "history", "--where", "parameters > 2e6"]
        let outcome = try program.shell(
            "\"$TGKERNEL\" " + words.map(Word.quoting).joined(separator: " ") + " --no-evaluation --out r.md")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try String(contentsOfFile: directory.path + "/r.md", encoding: .utf8)
        #expect(
            report.contains("tgkernel report --zoo \(zoo) --target alpha --method history --where 'parameters > 2e6'"))
    }

    /// Interrupted, a command shows what is done, and ends as shells expect it.
    @Test func anInterruptInATerminalKeepsWhatIsDone() throws {
        let outcome = try program.shell(
            """
            env --default-signal=INT "$TGKERNEL" evaluate --zoo words --method tg:rf:n2v --dimension 8 --embeddings 30 --threads 1 &
            sleep 6
            kill -s INT $!
            wait $!
            """)
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("KeyboardInterrupt"))
        #expect(!outcome.errors.contains("The same line goes on"))
        // Where a target was done by then.
        if outcome.errors.contains("of 29 targets") {
            #expect(outcome.output.contains("Mean over") || outcome.output.contains("history"))
        }
    }

    @Test func whatCannotBeWrittenIsKeptSomewhereElse() throws {
        let command = "\"$TGKERNEL\" predict --zoo \(zoo) --target alpha --method history --export"
        let limited = try program.shell("(ulimit -f 0; \(command) big.csv 2>&1; echo status $?) | cat")
        #expect(limited.output.contains("'big.csv' cannot be written: File too large."), "\(limited.output)")
        #expect(limited.output.contains("predicted place on alpha") && limited.output.contains("status 1"))
        let full = try program.shell("\(command) /dev/full")
        #expect(full.status == 1 && full.output.isEmpty)
        let saved = try #require(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).first { $0.hasPrefix("unsaved-") })
        #expect(full.errors.contains(saved))
        let content = try String(contentsOfFile: directory.path + "/" + saved, encoding: .utf8)
        #expect(content.hasPrefix("method,target,model,predicted,actual\n"))
        let output = try program.shell("\"$TGKERNEL\" models --zoo \(zoo) > /dev/full")
        #expect(output.status == 1 && output.errors.hasPrefix("OutputError: "))
        #expect(try program.shell("\"$TGKERNEL\" models --zoo \(zoo) --all | head -1").status == 0)
    }

    /// The program, the kernel and what it writes have one version.
    @Test func theVersionIsOne() throws {
        let version = InterpreterInfo.version
        #expect(try program.run("--version").output == version + "\n")
        let info = CellInterpreter.transferGraph().info
        #expect(info.implementationVersion == version && info.languageVersion == version)
        #expect(info.banner.contains(version))
    }

    @Test func theUsersDirectoryIsTheOneThatHomeNames() throws {
        try FileManager.default.copyItem(atPath: zoo, toPath: directory.path + "/mine")
        let outcome = try program.shell("HOME=\"$PWD\" \"$TGKERNEL\" zoo info --zoo '~/mine'")
        #expect(outcome.status == 0 && outcome.output.contains("Zoo mine"), "\(outcome.errors)")
    }
}
