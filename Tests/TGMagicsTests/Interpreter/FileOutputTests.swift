import CellLanguage
import Foundation
import JupyterKernel
import TGMagics
import Testing

/// Where magics write, and what becomes of a value that cannot be written.
@Suite struct FileOutputTests {
    private let notebook = TestNotebook()
    private let zooDirectory: TemporaryDirectory
    private let directory: TemporaryDirectory

    init() throws {
        zooDirectory = try TemporaryDirectory()
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: zooDirectory))")
    }

    private func path(_ name: String) -> String { directory.path + "/" + name }
    private func content(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
    }

    private func write(_ text: String, to name: String) throws {
        try FileOutput(path(name), in: RecordingContext()).write(text)
    }

    @Test func aFileIsReplacedWholeAndKeepsItsPermissions() throws {
        try directory.write("old", to: "a.csv")
        chmod(path("a.csv"), 0o640)
        try write("new", to: "a.csv")
        #expect(try content("a.csv") == "new")
        var status = stat()
        stat(path("a.csv"), &status)
        #expect(status.st_mode & 0o777 == 0o640)
        #expect(try names == ["a.csv"])
    }

    @Test func aLinkStaysAndTheFileBehindItIsWritten() throws {
        try FileManager.default.createDirectory(atPath: path("far"), withIntermediateDirectories: false)
        try directory.write("old", to: "far/real.csv")
        for (link, target) in [("one", "far/real.csv"), ("two", "one"), ("new", "far/not-yet.csv")] {
            try FileManager.default.createSymbolicLink(atPath: path(link), withDestinationPath: target)
        }
        try write("by two links", to: "two")
        #expect(try content("far/real.csv") == "by two links")
        try write("through a link to nothing", to: "new")
        #expect(try content("far/not-yet.csv") == "through a link to nothing")
        for (link, target) in [("one", "far/real.csv"), ("two", "one"), ("new", "far/not-yet.csv")] {
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path(link)) == target)
        }
        #expect(try names == ["far", "new", "one", "two"])
        try FileManager.default.createSymbolicLink(atPath: path("loop"), withDestinationPath: "loop")
        #expect(throws: UserError.self) { try write("x", to: "loop") }
    }

    @Test func aPipeIsWrittenIntoAndNeverReplaced() throws {
        try #require(mkfifo(path("pipe"), 0o600) == 0)
        #expect(throws: UserError.self) { try write("nobody reads", to: "pipe") }
        let reader = open(path("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try write("some text", to: "pipe")
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(reader, &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self) == "some text")
        var status = stat()
        lstat(path("pipe"), &status)
        #expect(status.st_mode & S_IFMT == S_IFIFO)
        #expect(try names == ["pipe"])
    }

    @Test func aReaderThatNeverReadsCanBeInterrupted() throws {
        try #require(mkfifo(path("pipe"), 0o600) == 0)
        let reader = open(path("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let output = try FileOutput(path("pipe"), in: HurriedContext(for: .milliseconds(100)))
        #expect(throws: Cancelled.self) { try output.write(String(repeating: "x", count: 1 << 21)) }
    }

    /// A device of the test's own, of the kind that is always full.
    @Test(.enabled(if: geteuid() == 0, "only root makes devices"))
    func aDeviceIsWrittenIntoAndNeverReplaced() throws {
        guard mknod(path("full"), S_IFCHR | 0o600, 1 << 8 | 7) == 0 else { return }
        let error = #expect(throws: UserError.self) { try write("x", to: "full") }
        #expect(error?.name == "FileNotWritable")
        var status = stat()
        lstat(path("full"), &status)
        #expect(status.st_mode & S_IFMT == S_IFCHR)
        #expect(try names == ["full"])
    }

    @Test(arguments: ["-", "/dev/stdout", "/dev/stderr"])
    func aNotebookHasNoOutputOfAProgram(_ path: String) throws {
        // Where the tests' own output is a device that swallows all, that is what the name means.
        var status = stat()
        stat(path, &status)
        if path != "-", status.st_mode & S_IFMT == S_IFCHR { return }
        let error = try notebook.error("%predict --target alpha --method history --export \(path)")
        #expect(error.name == "FileNotWritable" && error.value.contains("notebook"), "\(error.value)")
    }

    /// The place is looked at before there is anything to write: a method that does not exist is not yet looked for.
    @Test(arguments: [
        "%evaluate --method nonsense --export", "%predict --target alpha --method nonsense --export",
        "%report --method nonsense --out", "%graph export",
    ])
    func theDestinationIsLookedAtFirst(_ line: String) throws {
        try directory.write("", to: "file")
        for place in ["/nowhere/x.csv", directory.path, path("file/x.csv")] {
            #expect(try notebook.error("\(line) \(place)").name == "FileNotWritable")
        }
        #expect(try names == ["file"])
    }

    @Test(
        .enabled(if: geteuid() == 0, "only root makes devices"),
        arguments: [
            ("%predict --target alpha --method history", "prediction"), ("%evaluate --method history", "evaluation"),
        ])
    func aValueThatCouldNotBeWrittenIsKept(_ line: String, _ kind: String) throws {
        guard mknod(path("full.csv"), S_IFCHR | 0o600, 1 << 8 | 7) == 0 else { return }
        let context = RecordingContext()
        let error = try notebook.error("kept = \(line) --export \(path("full.csv"))", in: context)
        let text = error.traceback.joined(separator: "\n")
        #expect(error.name == "FileNotWritable" && text.contains("kept in the variable 'kept'"), "\(text)")
        #expect(text.contains("%export kept FILE.csv"), "\(text)")
        #expect(try notebook.json("kept")["kind"]?.string == kind)
        #expect(context.recorded.displays.contains { $0.data.data["text/html"] != nil })
        try notebook.run("%export kept \(path("elsewhere.csv"))")
        try notebook.run("\(line) --export \(path("again.csv"))")
        #expect(try content("elsewhere.csv") == content("again.csv"))
        // Without a name it gets one.
        _ = try notebook.error("\(line) --export \(path("full.csv"))")
        #expect(try notebook.json("unsaved")["kind"]?.string == kind)
    }

    @Test(.enabled(if: geteuid() == 0, "only root makes devices"))
    func aReportThatCouldNotBeWrittenIsKept() throws {
        guard mknod(path("full.html"), S_IFCHR | 0o600, 1 << 8 | 7) == 0 else { return }
        _ = try notebook.error("%report --method history --target alpha --out \(path("full.html"))")
        try notebook.run("%export unsaved \(path("report.html"))")
        #expect(try content("report.html").hasPrefix("<!DOCTYPE html>"))
        #expect(try content("report.html").contains("TransferGraph \(InterpreterInfo.version)"))
    }

    @Test func aValueIsExportedInTheFormatThatItsFileNames() throws {
        try notebook.run("m = %models --rows 2\np = %predict --target alpha --method history\nt = 'text'")
        try notebook.run("%export m \(path("m.csv"))\n%export m \(path("m.json"))\n%export m \(path("m.md"))")
        #expect(
            try content("m.csv").split(separator: "\n").map(String.init) == [
                "model,family,parameters,input,pre-trained on,accuracy there,results", "model-0,vit,1000000.0,,,,4",
                "model-1,resnet,2000000.0,,,,4",
            ])
        #expect(try content("m.json").hasPrefix("{\"kind\":\"table\""))
        #expect(try content("m.md").hasPrefix("| model | family |"))
        try notebook.run("%export p \(path("p.csv"))\n%export p \(path("p.svg"))\n%export p \(path("p.html"))")
        #expect(try content("p.csv").hasPrefix("method,target,model,predicted,actual\n"))
        #expect(WellFormed.elements(of: try content("p.svg"))?.contains("svg") == true)
        #expect(try notebook.error("%export t \(path("t.csv"))").name == "UsageError")
        #expect(try notebook.error("%export x \(path("x.csv"))").name == "UnknownVariable")
    }

    @Test func aFileHoldsTheRowsThatAreNotShown() throws {
        let rows = (0..<30).map { "m\($0),d,0.\($0 + 10)" }
        try notebook.run("%%zoo many\nmodel,dataset,score\n" + rows.joined(separator: "\n"))
        try notebook.run("m = %models\nr = %records --sort result\nfew = %models --rows 3")
        for name in ["m", "r"] {
            let context = RecordingContext()
            try notebook.run(
                "%export \(name) \(path("all.csv"))\n%export \(name) \(path("all.json"))", in: context)
            #expect(try content("all.csv").split(separator: "\n").count == 31, "\(name)")
            #expect(try content("all.json").components(separatedBy: "\"m29\"").count == 2, "\(name)")
            #expect(context.stdout.contains("Wrote the table") && !context.stdout.contains("rows"), "\(context.stdout)")
        }
        let context = RecordingContext()
        try notebook.run("%export few \(path("few.csv"))\n%export m \(path("m.md"))", in: context)
        #expect(try content("few.csv").split(separator: "\n").count == 4)
        #expect(context.stdout.contains("Wrote 3 of the table's 30 rows to"), "\(context.stdout)")
        #expect(context.stdout.contains("Wrote 20 of the table's 30 rows to"), "\(context.stdout)")
    }

    /// Names come back as they were; that a spreadsheet would calculate one is said.
    @Test func aNameThatIsAFormulaIsKeptAndPointedOut() throws {
        let names = ["=1+1", "+a", "-b", "@c", "d"]
        let rows = names.enumerated().map { "\($1),x,0.\($0 + 1)\n\($1),@y,0.\(9 - $0)\n" }.joined()
        try notebook.run("%%zoo odd\nmodel,dataset,accuracy\n\(rows)")
        let context = RecordingContext()
        try notebook.run("z = %records --all\n%export z \(path("z.csv"))", in: context)
        #expect(context.stdout.contains("A spreadsheet would calculate '=1+1'"), "\(context.stdout)")
        try notebook.run("%zoo load \(path("z.csv")) --as back")
        let back = try notebook.json("%models --all")["rows"]?.array?.compactMap { $0.array?[0].string }
        #expect(back.map(Set.init) == Set(names))
        try notebook.run("%zoo load \(zooDirectory.path)\nm = %records --all")
        let plain = RecordingContext()
        try notebook.run("%export m \(path("m.csv"))", in: plain)
        #expect(!plain.stdout.contains("spreadsheet"), "\(plain.stdout)")
    }
}
