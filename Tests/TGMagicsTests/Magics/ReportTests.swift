import Foundation
import JupyterKernel
import TGMagics
import Testing

@Suite struct ReportTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory))")
    }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: directory.path + "/" + name))
    }

    private func write(_ name: String, _ options: String = "") throws -> String {
        try notebook.run("%report --target alpha --method auto --out \(directory.path)/\(name) \(options)")
        return String(decoding: try bytes(name), as: UTF8.self)
    }

    @Test func itAnswersWithReasonsTrustAndHowItWasMade() throws {
        let html = try write("r.html")
        for part in [
            "For alpha: which model to fine-tune?", "first, then", "such intervals held", "mean correlation of",
            "What speaks for", "What would change the answer", "How far this can be trusted", "sha256:", "<td",
            "TransferGraph \(InterpreterInfo.version)", "seed", "What the words mean", "regret@k", "size: A4",
            "expected result",
        ] { #expect(html.contains(part), "\(part)") }
        #expect(
            !html.contains("<script") && !html.contains("<img") && !html.contains("src=\"")
                && !html.contains("url(http"))
        let details = html.components(separatedBy: "<details").count
        #expect(details == html.components(separatedBy: "</details>").count && details > 3)
    }

    @Test func theEndingSaysTheFormat() throws {
        #expect(try write("r.md", "--no-evaluation").hasPrefix("# Which model to fine-tune for alpha"))
        #expect(try write("r.json", "--no-evaluation").contains("\"kind\":\"report\""))
        try notebook.run("%report --target alpha --method history --out \(directory.path)/r.pdf")
        let pdf = try bytes("r.pdf")
        #expect(pdf.starts(with: Array("%PDF-".utf8)) && pdf.count > 10_000)
        #expect(String(decoding: pdf, as: UTF8.self).contains("595"))
    }

    @Test(arguments: ["x.docx", "x.html.gz", "x.csv"]) func anEndingThatIsNotKnownIsRefusedBeforeTheWork(name: String)
        throws
    {
        let error = try notebook.error("%report --target alpha --out \(directory.path)/\(name)")
        #expect(error.name == "UsageError" && error.traceback.joined().contains(".html, .md, .json or .pdf"))
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/" + name))
    }

    @Test(arguments: ["html", "md", "json", "pdf"]) func twoRunsAreTheSameBytes(ending: String) throws {
        _ = try write("a.\(ending)")
        let first = try bytes("a.\(ending)")
        _ = try write("a.\(ending)")
        #expect(try bytes("a.\(ending)") == first)
    }

    @Test func withoutEvaluationNothingIsMeasuredAndThatIsSaid() throws {
        let html = try write("n.html", "--no-evaluation")
        #expect(!html.contains("How far this can be trusted"))
        #expect(html.contains("How far that can be trusted was not measured here."))
    }

    /// A dataset with results of one's own is answered as `%recommend` answers, within the same limits.
    @Test func resultsSoFarAndLimitsStandInIt() throws {
        try notebook.run(
            """
            %dataset add mine --like alpha,beta
            %result add mine model-3 0.71
            %result add mine model-8 0.64
            """)
        let limits = "--where \"parameters > 2e6\" --exclude model-10 --method auto"
        try notebook.run("%report --target mine \(limits) --no-evaluation --out \(directory.path)/m.html")
        let html = String(decoding: try bytes("m.html"), as: UTF8.self)
        for part in [
            "For mine: which model to fine-tune next?", "the best result so far is 0.7100, of model-3",
            "Asked for: only models for which parameters &gt; 2e6; not model-10.", "Tried on mine",
            "2 tried already", "2 by --where", "1 by --exclude", "What speaks for", "uses the 2 results",
        ] { #expect(html.contains(part), "\(part)") }
        let json = try notebook.json("%recommend mine \(limits)")
        let models = try #require(json["models"]?.array).compactMap { $0["model"]?.string }
        #expect(models.count == 5)
        #expect(html.contains("Fine-tune \(models[0]) next, then \(models[1]) and \(models[2])"))
        // The whole zoo's report has the dataset too, and the others as if they were new.
        try notebook.run("%report --method history --no-evaluation --out \(directory.path)/all.html")
        let all = String(decoding: try bytes("all.html"), as: UTF8.self)
        #expect(all.contains("For mine: which model to fine-tune next?"))
        #expect(all.contains("For alpha: which model to fine-tune?"))
    }

    /// The first sentence says what the tables say.
    @Test func whereNothingBetterIsLeftItSaysStop() throws {
        var rows = "model,dataset,metric,score\n"
        for model in 0..<12 {
            for dataset in 0..<6 where model > 0 || dataset > 0 {
                rows += "m\(model),d\(dataset),accuracy,\(40 + 4 * model + (model * 5 + dataset) % 3)\n"
            }
        }
        try directory.write(rows, to: "nearly.csv")
        try notebook.run(
            """
            %zoo load \(directory.path)/nearly.csv
            %report --target d0 --method auto --no-evaluation --out \(directory.path)/s.md
            """)
        let text = String(decoding: try bytes("s.md"), as: UTF8.self)
        for part in ["Stop here and keep m11, the best so far", "m0 is the only model that may still be chosen."] {
            #expect(text.contains(part), "\(part)")
        }
        for part in ["Fine-tune m0 next", "1 models", "above all others"] { #expect(!text.contains(part), "\(part)") }
    }

    /// A cell is put into the history when it has ended.
    @Test func theLinesAboveInTheSameCellStandInIt() throws {
        try notebook.run(
            """
            %dataset add mine --like alpha,beta
            %report --target mine --method history --no-evaluation --out \(directory.path)/l.md
            """, in: RecordingContext(history: [(1, "%report --target alpha")]))
        let text = String(decoding: try bytes("l.md"), as: UTF8.self)
        let (before, own) = (text.range(of: "%report --target alpha"), text.range(of: "%dataset add mine --like"))
        #expect(try #require(before).lowerBound < #require(own).lowerBound)
    }

    /// A graph stands in it only if the answer uses one.
    @Test func theGraphIsThatOfTheAnswer() throws {
        #expect(!(try write("g.html", "--no-evaluation")).contains("The zoo and its graph"))
        try notebook.run(
            "%report --target alpha --method graph:lr:spectral --no-evaluation --out \(directory.path)/g.html")
        #expect(String(decoding: try bytes("g.html"), as: UTF8.self).contains("Around alpha"))
    }

    /// Results of models that cannot be chosen are gone by all the same, and are not said to be held out.
    @Test func resultsOutsideOfTheLimitsAreNotHeldOut() throws {
        try notebook.run("%dataset add mine --like alpha,beta\n%result add mine model-3 0.71")
        try notebook.run(
            "%report --target mine --exclude model-3 --method auto --no-evaluation --out \(directory.path)/o.html")
        let html = String(decoding: try bytes("o.html"), as: UTF8.self)
        for part in ["which model to fine-tune next?", "Tried on mine", "uses the 1 result that"] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains("held out; they judge") && !html.contains("the best result so far is"))
    }

    @Test func aBudgetStandsInIt() throws {
        let html = try write("b.html", "--no-evaluation --budget 9e6 --cost parameters")
        #expect(html.contains("runs that together cost at most 9000000 parameters"))
        #expect(html.contains("A budget of 9000000 parameters"))
        #expect(try notebook.error("%report --target alpha --budget 9e6").name == "UsageError")
        #expect(try notebook.error("%report --target alpha --where \"parameters > 1e12\"").name == "NoCandidates")
        #expect(try notebook.error("%report --target alpha --where nonsense").name != "NoCandidates")
    }

    /// An expected result lies in the units of the dataset: turned from the place by the ranges of the others.
    @Test func predictionsAreInTheUnitsOfTheDataset() throws {
        var rows = "model,dataset,metric,score\n"
        for model in 0..<12 {
            for dataset in 0..<6 {
                rows += "m\(model),d\(dataset),accuracy,\(40 + 4 * model + (model * 5 + dataset) % 7)\n"
            }
        }
        try directory.write(rows, to: "percent.csv")
        try notebook.run(
            """
            %zoo load \(directory.path)/percent.csv
            %report --target d0 --method auto --no-evaluation --out \(directory.path)/p.json
            """)
        let text = String(decoding: try bytes("p.json"), as: UTF8.self)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let tables = try #require(report["parts"] as? [[String: Any]]).compactMap { $0["table"] as? [String: Any] }
        let columns = try #require(tables.first?["columns"] as? [String])
        let place = try #require(columns.firstIndex(of: "expected result"))
        let rowsShown = try #require(tables.first?["rows"] as? [[Any]])
        let values = rowsShown.compactMap { $0[place] as? Double }
        // The best of twelve models reached 84 to 90.
        #expect(values.count == 5 && values.allSatisfy { (60...100).contains($0) }, "\(values)")
        #expect(text.contains("accuracy, higher is better, in percent"), "the scale is said")
    }

    @Test func everyCommandStandsInItWhole() throws {
        let cell = "%%zoo here\n" + (0..<60).map { "model-\($0),dataset,0.\($0)" }.joined(separator: "\n")
        #expect(cell.utf8.count > 900)
        let line = "%report --target alpha --method history --no-evaluation --out \(directory.path)/c"
        for ending in ["html", "md", "json"] {
            let context = RecordingContext(history: [(1, cell), (2, "\(line).\(ending)")])
            try notebook.run("\(line).\(ending)", in: context)
            let text = String(decoding: try bytes("c.\(ending)"), as: UTF8.self)
            #expect(text.contains(ending == "json" ? cell.replacing("\n", with: "\\n") : cell), "\(ending)")
        }
        // Where the front end keeps no history, the line itself is there with its options.
        try notebook.run("\(line).md --top 3 --exclude model-1 --seed 7")
        let text = String(decoding: try bytes("c.md"), as: UTF8.self)
        #expect(text.contains("--top 3 --exclude model-1") && text.contains("--seed 7"))
        // A file's lines too.
        try directory.write("%echo begun\n\(line).md\n", to: "script.tg")
        try notebook.run(
            "%run \(directory.path)/script.tg",
            in: RecordingContext(history: [(1, "%run \(directory.path)/script.tg")]))
        #expect(String(decoding: try bytes("c.md"), as: UTF8.self).contains("%echo begun"))
    }

    @Test func theContentIsThatOfAllTables() throws {
        func content() throws -> Substring {
            let text = try write("h.md", "--no-evaluation")
            return try #require(text.firstMatch(of: #/sha256:[0-9a-f]{64}/#)?.output)
        }
        let first = try content()
        try notebook.run("%zoo save \(directory.path)/saved\n%zoo load \(directory.path)/saved")
        #expect(try content() == first)
        let models = String(decoding: try bytes("models.csv"), as: UTF8.self)
        try directory.write(
            models.replacing(",4000000", with: ",4000001"), to: "models.csv")
        try notebook.run("%zoo load \(directory.path)")
        #expect(try content() != first)
    }

    /// Interrupted again and again, it ends as if nothing had been.
    @Test func anInterruptedReportGoesOn() throws {
        let line = "%report --method auto --out \(directory.path)/i.html"
        let whole = TestNotebook()
        try whole.run("%zoo load \(directory.path)\n\(line)")
        let expected = try bytes("i.html")
        try FileManager.default.removeItem(atPath: directory.path + "/i.html")
        var (interrupted, limit) = (0, 5)
        while limit < 100_000 {
            let outcome = notebook.interpreter.execute(
                Cell(code: line, silent: false, executionCount: 1), in: HurriedContext(for: .milliseconds(limit)))
            guard case .failure(let error) = outcome else { break }
            #expect(error.name == "KeyboardInterrupt")
            #expect(!FileManager.default.fileExists(atPath: directory.path + "/i.html"))
            interrupted += 1
            limit = limit * 3 / 2
        }
        #expect(interrupted > 0)
        try notebook.run(line)
        let again = String(decoding: try bytes("i.html"), as: UTF8.self)
        // HurriedContext and RecordingContext have other histories: only the commands may differ.
        let (a, b) = (again.components(separatedBy: "<pre>"), String(decoding: expected, as: UTF8.self))
        #expect(b.hasPrefix(a[0]))
    }
}
