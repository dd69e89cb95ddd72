import Foundation
import JupyterKernel
import TGMagics
import Testing
import TransferGraphCore

/// The pipeline's commands on a small zoo with hostile names.
@Suite struct PipelineTests {
    let notebook: TestNotebook
    private let directory: TemporaryDirectory

    init() throws {
        notebook = TestNotebook()
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory)) --as small")
    }

    @Test func aLoadedZooIsCurrentAndTold() throws {
        let info = try notebook.json("%zoo info")
        #expect(info["kind"] == "zoo" && info["name"] == "small" && info["models"] == 12 && info["results"] == 48)
        #expect(try notebook.text("%zoo list").contains("current"))
        #expect(try notebook.text("%who").contains("small"))
    }

    @Test func whatFailsChangesNothing() throws {
        try notebook.run("%graph build\n%embed node2vec --dimension 4\nkept = 'before'")
        let before = try notebook.text("%who")
        for code in [
            "%zoo load /nowhere", "%zoo load \(directory.path)/similarity.csv", "%zoo use other",
            "%graph build --target nowhere", "%graph build --edges nonsense", "%embed nonsense",
            "%predict --target nowhere", "%predict --target alpha --method nonsense", "kept = %recommend nowhere",
            "%evaluate --target nowhere", "%predict --target alpha --method history --export /nowhere/x.csv",
            "%evaluate --history-ratio 2", "kept = %graph show --around nowhere", "%models --sort nonsense",
        ] {
            let error = try notebook.error(code)
            #expect(error.traceback.count > 1, "\(code)")
            #expect(try notebook.text("%who") == before, "\(code)")
        }
    }

    @Test(arguments: [
        ("%predict --target alhpa", "UnknownDataset", "alpha"), ("%records --model model_3", "UnknownModel", "model-3"),
        ("%predict --target alpha --method hsitory", "UnknownMethod", "history"),
        ("%graph show --around bta", "UnknownNode", "beta"),
        ("%zoo use smal", "UnknownZoo", "small"), ("%scores --method logm", "UnknownMethod", "logme"),
        ("%models --sort famly", "UnknownColumn", "family"),
        ("%graph build --edges resluts", "UsageError", "results"),
    ])
    func misspeltNamesAreHelped(_ code: String, _ name: String, _ mention: String) throws {
        let error = try notebook.error(code)
        #expect(error.name == name)
        #expect(error.traceback.last?.contains(mention) == true)
    }

    @Test func tablesAreOrderedFilteredAndCut() throws {
        let models = try notebook.json("%models --sort parameters --descending --rows 3")
        #expect(models["total"] == 12)
        #expect(
            models["rows"]?.array?.compactMap { $0.array?[0].string } == [TestZoo.hostileModel, "model-10", "model-9"])
        #expect(try notebook.json("%models --match VIT --all")["rows"]?.array?.count == 6)
        #expect(try notebook.json("%records --model model-3")["total"] == 4)
        #expect(try notebook.json("%records --dataset beta")["total"] == 12)
        #expect(try notebook.json("%scores --dataset beta --method logme")["total"] == 12)
        #expect(try notebook.json("%datasets")["total"] == 4)
    }

    @Test func theEvaluationHasTheHistoryBesideAndItsNumbersAreThoseOfTheExport() throws {
        let file = directory.path + "/out.csv"
        let context = RecordingContext()
        let value = try notebook.run("%evaluate --method logme --export \(file)", in: context)
        let json = try #require(value?.data["application/vnd.transfergraph+json"])
        #expect(json["kind"] == "evaluation" && json["methods"] == ["logme", "history"])
        // Every mean has an interval that it lies in, but where the measure is the same on all targets.
        let ofLogME = try #require(json["results"]?.array).filter { $0["method"] == "logme" }
        for measure in Measure.standard {
            if Set(ofLogME.map { $0["measures"]?[measure.name] }).count == 1 {
                #expect(json["intervals"]?["logme"]?[measure.name] == .null)
                continue
            }
            guard case .number(let mean)? = json["means"]?["logme"]?[measure.name],
                let interval = json["intervals"]?["logme"]?[measure.name]?.array, interval.count == 2,
                case .number(let low) = interval[0], case .number(let high) = interval[1]
            else {
                Issue.record("no interval of \(measure.name)")
                continue
            }
            #expect(low <= mean && mean <= high, "\(measure.name)")
        }
        #expect(context.recorded.displays.count == 3, "the means, the regret and the scatter")
        let table = try CSVTable(Data(try String(contentsOfFile: file, encoding: .utf8).utf8), file: file)
        #expect(table.header == ["method", "target", "model", "predicted", "actual"])
        #expect(table.rows.count == 2 * 4 * 12)
        for result in try #require(json["results"]?.array) {
            let rows = table.rows.filter {
                $0.fields[0] == result["method"]?.string && $0.fields[1] == result["target"]?.string
            }
            let pearson = Measures.pearson(
                predicted: rows.compactMap { Double($0.fields[3]) }, actual: rows.compactMap { Double($0.fields[4]) })
            guard case .number(let told)? = result["measures"]?["Pearson"] else {
                Issue.record("no figure")
                return
            }
            #expect(abs(told - (pearson ?? .nan)) < 1e-12)
        }
    }

    @Test func aPredictionIsRankedAndItsBestCanBeUsedInALaterLine() throws {
        let json = try notebook.json("p = %predict --target beta --method history\np")
        let rows = try #require(json["rows"]?.array)
        #expect(json["kind"] == "prediction" && rows.count == 12)
        let predicted = rows.compactMap { row -> Double? in
            if case .number(let value)? = row.array?[1] { value } else { nil }
        }
        #expect(predicted == predicted.sorted(by: >))
        let context = RecordingContext()
        try notebook.run("%echo $p", in: context)
        #expect(context.stdout.trimmingCharacters(in: .whitespacesAndNewlines) == rows[0].array?[0].string)
    }

    @Test func aRecommendationHasEvidence() throws {
        let json = try notebook.json("%recommend alpha --top 3 --method logme")
        let models = try #require(json["models"]?.array)
        #expect(json["kind"] == "recommendation" && models.count == 3)
        #expect(models.allSatisfy { $0["evidence"]?.array?.isEmpty == false })
    }

    @Test func anOrderThatIsNotThatOfThePredictionsSaysWhy() throws {
        #expect(try notebook.text("%recommend alpha --method auto").contains("order of expected gain"))
        #expect(try !notebook.text("%recommend alpha --method history").contains("order of expected gain"))
    }

    @Test func theGraphIsCountedDrawnAndWritten() throws {
        let json = try notebook.json("%graph build --target alpha")
        #expect(json["kind"] == "graph" && json["target"] == "alpha" && json["nodes"] == 16)
        for name in ["g.csv", "g.graphml", "g.svg"] { try notebook.run("%graph export \(directory.path)/\(name)") }
        let csv = try CSVTable(contentsOf: URL(fileURLWithPath: directory.path + "/g.csv"))
        #expect(csv.rows.count == json["edges"]?.integer)
        #expect(try notebook.error("%graph export \(directory.path)/g.txt").name == "UsageError")
    }

    @Test func exportsLeavePipesAloneAndKeepPermissions() throws {
        let pipe = "\(directory.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(
            try notebook.error("%predict --target alpha --method history --export \(pipe)").name == "FileNotWritable")
        var status = stat()
        #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        let file = "\(directory.path)/mine.csv"
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        #expect(chmod(file, 0o600) == 0)
        try notebook.run("%predict --target alpha --method history --export \(file)")
        #expect(lstat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func exportsGoThroughALinkAndKeepIt() throws {
        let outside = try directory.write("old", to: "real.txt")
        let link = directory.path + "/link.csv"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: outside)
        try notebook.run("%predict --target alpha --method history --export \(link)")
        #expect(try String(contentsOfFile: outside, encoding: .utf8).hasPrefix("method,target"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == outside)
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(!left.contains { $0.hasSuffix(".tmp") })
    }

    /// Every display that a name of the zoo can reach.
    @Test(arguments: [
        "%zoo info", "%zoo list", "%models", "%datasets", "%records --all", "%scores --all", "%graph info",
        "%graph show",
        "%graph show --around 'HOSTILE'", "%embed node2vec --dimension 4",
        "%predict --target 'HOSTILE' --method history --top 12",
        "%evaluate --method history --method logme", "%evaluate --target 'HOSTILE'  --method history",
        "%recommend 'HOSTILE' --top 12 --method history", "%recommend alpha --top 12 --method logme", "%who",
    ])
    func hostileNamesAreTextInEveryDisplay(_ code: String) throws {
        let context = RecordingContext()
        let value = try notebook.run(
            code.replacingOccurrences(of: "HOSTILE", with: TestZoo.hostileDataset), in: context)
        let shown = [value].compactMap(\.self) + context.recorded.displays.map(\.data)
        #expect(!shown.isEmpty)
        for data in shown {
            for mime in ["text/html", "image/svg+xml"] {
                guard let text = data.data[mime]?.string else { continue }
                #expect(!text.contains("<script") && !text.contains("<img"), "\(code)")
                #expect(!text.contains("\"quoted\""), "\(code)")
            }
            if let svg = data.data["image/svg+xml"]?.string { #expect(WellFormed.elements(of: svg) != nil, "\(code)") }
        }
        _ = shown
    }

    @Test func hostileNamesAreTextInQuestionsAnswers() throws {
        let context = RecordingContext()
        try notebook.run("?\(TestZoo.hostileModel)", in: context)
        let html = context.recorded.pages.first?.data["text/html"]?.string
        #expect(html?.contains("&lt;script&gt;") == true && html?.contains("<script") == false)
    }

    @Test func aTableStandsForItsFirstCellInALine() throws {
        let context = RecordingContext()
        try notebook.run("best = %models --sort parameters --descending --match model\n%echo $best", in: context)
        #expect(context.stdout == "model-10\n")
    }

    @Test func questionsInSQLAreAnsweredFromTheZoosTables() throws {
        let json = try notebook.json(
            """
            %%sql --rows 2
            select family, count(*) as n, max(score) as best from records join models using (model)
            group by family order by family
            """)
        #expect(json["columns"] == ["family", "n", "best"] && json["total"] == 2)
        #expect(json["rows"]?.array?.map { $0.array?[1] } == [24, 24])
        #expect(try notebook.json("%%sql --rows 3\nselect * from records")["total"] == 48)
        let error = try notebook.error("%%sql\nselect nonsense from models")
        #expect(error.name == "SQLError" && error.value.contains("nonsense"))
        #expect(try notebook.error("%%sql\n").name == "SQLError")
        for question in [
            "attach '\(directory.path)/other.sqlite' as other", "select zeroblob(1000000000)", "drop table models",
            "select load_extension('x')",
        ] {
            #expect(try notebook.error("%%sql\n\(question)").name == "SQLError", "\(question)")
        }
    }

    @Test func anEndlessQuestionIsInterrupted() async throws {
        let context = RecordingContext()
        Task.detached {
            try await Task.sleep(for: .milliseconds(300))
            context.interrupt()
        }
        let code = "%%sql\nwith recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        #expect(try notebook.error(code, in: context).name == "KeyboardInterrupt")
    }

    @Test func theReportLoadsNothingAndHoldsEveryNameAsText() throws {
        let file = directory.path + "/report.html"
        try notebook.run("%report --out \(file) --method logme --top 12")
        let html = try String(contentsOfFile: file, encoding: .utf8)
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("src=\"http"))
        #expect(html.contains("For alpha") && html.contains("<svg"))
    }

    @Test func theSameGraphIsDrawnTheSameEachTime() throws {
        let first = try notebook.run("%graph show")?.data["image/svg+xml"]
        let second = try TestNotebook().run("%zoo load \(directory.path) --as small\n%graph show")?.data[
            "image/svg+xml"]
        #expect(first != nil && first == second)
    }

    @Test func everyMethodThatIsListedCanBeUsed() throws {
        let rows = try #require(try notebook.json("%methods")["rows"]?.array)
        for method in rows.compactMap({ $0.array?[0].string }) {
            let options =
                method.hasPrefix("tg:")
                ? "--embeddings 1 --dimension 4" : method.hasPrefix("graph:") ? "--dimension 4" : ""
            let json = try notebook.json("%predict --target alpha \(options) --method \(method)")
            #expect(json["method"]?.string == method)
        }
    }

    /// The same figures as a file of them gives.
    @Test func anEvaluationIsSetBesideAnotherOne() throws {
        let file = directory.path + "/there.csv"
        try notebook.run(
            "e = %evaluate --method logme\nhalf = %evaluate --method logme --method random --history-ratio 0.5")
        let there = try #require(try notebook.json("half")["results"]?.array)
        var table = "method,target,pearson,spearman\n"
        for row in there {
            guard let method = row["method"]?.string, let target = row["target"]?.string,
                case .number(let pearson)? = row["measures"]?["Pearson"],
                case .number(let spearman)? = row["measures"]?["Spearman"]
            else { continue }
            table += "\(method),\(target),\(pearson),\(spearman)\n"
        }
        _ = try directory.write(table, to: "there.csv")
        let (value, read) = try (notebook.json("%compare e half"), notebook.json("%compare e \(file)"))
        let (own, others) = try (#require(value["means"]?.array), #require(read["means"]?.array))
        #expect(own.map { $0["method"] } == [.string("logme"), .string("history")] && others.count == 2)
        for (a, b) in zip(own, others) { #expect(a["pearson"] == b["pearson"] && a["p"] == b["p"]) }
        let text = try notebook.text("%compare e half")
        #expect(text.contains("Here history ratio 1; there history ratio 0.5."), "\(text)")
        #expect(try !notebook.text("%compare e e").contains("ratio"))
        #expect(try notebook.text("%compare e e").contains("equal"))
        try notebook.run("p = %predict --target alpha --method history")
        #expect(try notebook.error("%compare e p").name == "UsageError")
    }

    @Test func anEvaluationIsSetBesideAFileOfFigures() throws {
        let mine = try notebook.json("e = %evaluate --method logme\ne")
        let results = try #require(mine["results"]?.array)
        func figure(_ method: String, _ target: String) throws -> Double {
            let result = try #require(
                results.first { $0["method"]?.string == method && $0["target"]?.string == target })
            guard case .number(let value)? = result["measures"]?["Pearson"] else { throw CocoaError(.coderReadCorrupt) }
            return value
        }
        // The history's own figures, LogME's shifted by a tenth, and a method that was not evaluated.
        var table = "task,target,method,models,pearson,regret_at_5\n"
        for target in ["alpha", "beta", "gamma"] {
            table += "x,\(target),published LogME,9,\(try figure("logme", target) - 0.1),0\n"
            table += "x,\(target),\"history mean (min-max, others only)\",12,\(try figure("history", target)),0\n"
            table += "x,\(target),published TG:lr:n2v,12,0.5,0\n"
        }
        let file = try directory.write(table, to: "figures.csv")
        let json = try notebook.json("%compare e \(file)")
        #expect(json["kind"] == "comparison" && json["means"]?.array?.count == 2)
        for (mean, shift) in zip(try #require(json["means"]?.array), [0.1, 0]) {
            guard case .number(let here)? = mean["here"]?["Pearson"],
                case .number(let there)? = mean["there"]?["Pearson"]
            else {
                Issue.record("no figures")
                return
            }
            #expect(mean["targets"] == 3)
            #expect(abs(here - there - shift) < 1e-12)
            // Three targets are too few to tell a difference from chance.
            #expect(mean["distinguishable"] == false)
        }
        #expect(json["results"]?.array?.count == 6)
        let shown = try #require(try notebook.run("%compare e \(file)")?.data["text/html"]?.string)
        #expect(shown.contains("+0.100, may be noise") && shown.contains("history"))
        #expect(try notebook.error("%compare f \(file)").name == "UnknownVariable")
        #expect(try notebook.error("%compare e /nowhere.csv").name == "FileNotFound")
        let other = try directory.write("method,target,pearson\nnone,alpha,1\n", to: "other.csv")
        #expect(try notebook.error("%compare e \(other)").name == "NothingToCompare")
        let poor = try directory.write("method,target,score\nlogme,alpha,1\n", to: "poor.csv")
        #expect(try notebook.error("%compare e \(poor)").traceback.joined().contains("pearson"))
    }

    @Test(arguments: ["node2vec", "graphsage"]) func anEmbeddingTellsHowWellItFindsEdges(learner: String) throws {
        let json = try notebook.json("%embed \(learner) --dimension 8")
        let links = try #require(json["link_prediction"])
        #expect(links["held_out_edges"]?.integer ?? 0 > 0)
        for how in ["hadamard", "dot_product"] {
            guard case .number(let area)? = links[how]?["area_under_curve"] else {
                Issue.record("no figure")
                return
            }
            #expect((0...1).contains(area))
        }
        #expect(try notebook.json("%embed \(learner) --dimension 8 --no-quality")["link_prediction"] == .null)
    }

    /// Of a graph that is not learned at once, what was drawn of it is shown where the embedding is.
    @Test func anEmbeddingOfALargeGraphTellsHowItWasGoneThrough() throws {
        let directory = try TemporaryDirectory()
        var records = "model,dataset,accuracy\n"
        for model in 0..<2100 {
            for dataset in 0..<3 { records += "m\(model),d\(dataset),0.\((model * 7 + dataset * 13) % 90 + 10)\n" }
        }
        let file = try directory.write(records, to: "large.csv")
        let learn = "%embed graphsage --dimension 2 --epochs 1 --no-quality"
        let json = try notebook.json("%zoo load \(file)\n\(learn)")["sampling"]
        #expect(json?["neighbours"]?.integer == 8)
        #expect(json?["edges"] == json?["edges_an_epoch"])
        #expect(try notebook.text(learn).contains("8 neighbours drawn of each node"))
        try notebook.run("%zoo load words")
        #expect(try notebook.json(learn)["sampling"] == .null)
    }

    @Test(arguments: ["--p 2", "--q 2", "--walks 3", "--length 9", "--window 2", "--negatives 1", "--lock-free"])
    func graphNetworksRefuseWhatOnlyWalksHave(option: String) throws {
        let error = try notebook.error("%embed gat --dimension 8 \(option)")
        #expect(error.traceback.joined().contains(String(option.prefix { $0 != " " })))
        #expect(try notebook.json("%embed gat --dimension 8 --epochs 7 --threads 2")["losses"]?.array?.count == 7)
    }
}
