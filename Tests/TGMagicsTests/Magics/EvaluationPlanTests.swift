import Foundation
import JupyterKernel
import TGMagics
import Testing

@Suite struct EvaluationPlanTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    /// Datasets d0, d1, … of 10, 11, … results.
    init() throws {
        directory = try TemporaryDirectory()
        var rows = "model,dataset,score\n"
        for dataset in 0..<12 {
            for model in 0..<(10 + dataset) {
                rows += "m\(model),d\(dataset),\(Double((model * 7 + dataset * 13) % 23) / 23)\n"
            }
        }
        try directory.write(rows, to: "records.csv")
        try notebook.run("%zoo load \(directory.path)")
    }

    @Test func aSampleIsSpreadOverTheNumbersOfResults() throws {
        // From the most results, d11, to the fewest, d0, in four parts of three: the middle of each.
        let context = RecordingContext()
        let value = try #require(try notebook.run("%evaluate --method history --targets 4", in: context))
        let targets = try #require(value.data["application/vnd.transfergraph+json"]?["targets"]?.array)
        #expect(targets.map(\.string) == ["d1", "d4", "d7", "d10"])
        #expect(context.stdout.contains("4 of 12 targets, spread evenly over all by their number of results"))
    }

    @Test func aSampleOfAllIsAll() throws {
        #expect(
            try notebook.json("%evaluate --method history --targets 99")["targets"]
                == notebook.json("%evaluate --method history")["targets"])
        #expect(try notebook.error("%evaluate --targets 2 --target d1").value.contains("give one"))
    }

    /// Interrupted, what is done is shown and kept, and the same line ends as if nothing had been.
    @Test func anInterruptedEvaluationGoesOn() throws {
        let line = "%evaluate --method tg:rf:n2v --embeddings 1 --dimension 4 --threads 1"
        let whole = try TestNotebook().run(
            "%zoo load \(directory.path)\ne = \(line)\n%export e \(directory.path)/a.csv")
        _ = whole
        var asked = 200
        var partial: ExecutionError?
        var shown: [DisplayData] = []
        while partial == nil, asked < 100_000_000 {
            let context = PatientContext(until: asked)
            if case .failure(let error) = notebook.interpreter.execute(
                Cell(code: line, silent: false, executionCount: 1), in: context), error.value.contains("same line")
            {
                partial = error
                shown = context.shown
            }
            asked *= 2
        }
        let error = try #require(partial)
        #expect(error.name == "KeyboardInterrupt" && error.value.contains("of 12 targets"))
        #expect(shown.contains { $0.data["text/plain"]?.string?.contains("Mean over") == true })
        try notebook.run("e = \(line)\n%export e \(directory.path)/b.csv")
        #expect(
            try String(contentsOfFile: directory.path + "/a.csv", encoding: .utf8)
                == String(contentsOfFile: directory.path + "/b.csv", encoding: .utf8))
    }

    /// A curve and a replay that are interrupted show what is done, and the same line ends as if nothing had been.
    @Test(arguments: [
        ("%evaluate --method tg:rf:n2v --embeddings 1 --dimension 4 --threads 1 --history-ratio 1,0.6,0.3", "shares"),
        ("%simulate --method auto --method history --runs 4 --threads 1", "of 12 datasets"),
    ])
    func whatIsInterruptedGoesOn(_ line: String, _ words: String) throws {
        let whole = try TestNotebook().json("%zoo load \(directory.path)\n\(line)")
        var (asked, isShown) = (400, false)
        while asked < 100_000_000 {
            let context = PatientContext(until: asked)
            guard
                case .failure(let error) = notebook.interpreter.execute(
                    Cell(code: line, silent: false, executionCount: 1), in: context)
            else { break }
            #expect(error.name == "KeyboardInterrupt")
            if error.value.contains(words) {
                #expect(error.value.contains("The same line goes on from here."))
                #expect(!context.shown.isEmpty)
                isShown = true
            }
            asked = asked * 3 / 2
        }
        #expect(isShown)
        #expect(Self.withoutTimes(try notebook.json(line)) == Self.withoutTimes(whole))
    }

    /// How long targets took is no figure of the work's.
    private static func withoutTimes(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(members.filter { !$0.key.contains("seconds") }.mapValues(withoutTimes))
        case .array(let items): .array(items.map(withoutTimes))
        default: json
        }
    }

    @Test func aLargeOutputOfAnyLineIsAskedFor() throws {
        let rows = (0..<3).flatMap { model in
            (0..<9).map { "\(String(repeating: "n", count: 200_000))\(model),d\($0),\(Double(model + $0) / 20)" }
        }
        try directory.write((["model,dataset,score"] + rows).joined(separator: "\n"), to: "records.csv")
        let notebook = TestNotebook()
        try notebook.run("z = %zoo load \(directory.path)")
        let context = RecordingContext()
        let error = try notebook.error("%records --all\n%echo after", in: context)
        #expect(error.name == "LargeOutput" && error.traceback.joined().contains("cell line 1"))
        #expect(!context.stdout.contains("after"))
    }

    @Test func regretIsAShareOfEachDatasetsRangeToo() throws {
        // The worst model of two is ranked first: all of the range is lost, whatever its unit.
        try directory.write(
            "model,dataset,score\na,x,1\nb,x,2\nc,x,3\na,y,300\nb,y,200\nc,y,100\na,z,1\nb,z,2\nc,z,3\n",
            to: "records.csv")
        let json = try TestNotebook().json(
            "%zoo load \(directory.path)\n%evaluate --method history --target y")
        #expect(json["means"]?["history"]?["regret@1"] == .number(200))
        #expect(json["means"]?["history"]?["regret@1 of range"] == .number(1))
    }

    @Test func aLargeOutputIsAskedFor() throws {
        var rows = "model,dataset,score\n"
        for model in 0..<400 {
            for dataset in 0..<60 {
                rows += "a-model-with-a-name-\(model),a-dataset-\(dataset),\(Double(model * dataset % 97) / 97)\n"
            }
        }
        try directory.write(rows, to: "records.csv")
        let notebook = TestNotebook()
        try notebook.run("%zoo load \(directory.path)")
        #expect(try notebook.error("%records --all").name == "LargeOutput")
        #expect(try notebook.error("%records --all", in: RecordingContext(answers: ["no"])).value.contains("MB"))
        #expect(try notebook.run("%records --all", in: RecordingContext(answers: ["y"])) != nil)
        #expect(try notebook.run("%records", in: RecordingContext()) != nil)
    }
}

/// Is interrupted once it was asked so often, and stays so.
private final class PatientContext: ExecutionContext {
    private let inner = RecordingContext()
    private let until: Int
    private let count = Counter()

    init(until: Int) { self.until = until }

    var shown: [DisplayData] { inner.recorded.displays.map(\.data) }
    var isInterrupted: Bool { count.next() > until }
    func write(_ text: String, to stream: OutputStreamName) { inner.write(text, to: stream) }
    func display(_ data: DisplayData, id: String?) { inner.display(data, id: id) }
    func update(_ data: DisplayData, id: String) { inner.update(data, id: id) }
    func clearOutput(wait: Bool) {}
    func ask(_ prompt: String, password: Bool) throws(ExecutionError) -> String { "" }
    func page(_ data: DisplayData) {}
    func setNextInput(_ text: String, replace: Bool) {}
    var inputHistory: [(line: Int, source: String)] { [] }
}
