import Foundation
import JupyterKernel
import TGMagics
import Testing

/// What the first results on a dataset of one's own say, and what they do not.
@Suite struct FirstResultTests {
    private let notebook = TestNotebook()
    private static let mixture = """
        %%zoo mix
        model,dataset,metric,score
        a,x,accuracy,0.9
        b,x,accuracy,0.8
        c,x,accuracy,0.5
        a,y,wer,0.1
        b,y,wer,0.2
        c,y,wer,0.5
        """

    /// The metric decides the direction whenever it is named.
    @Test(arguments: [
        ["%result add q a 0.12 --metric wer", "%result add q c 0.4"],
        ["%result add q a 0.12", "%result add q c 0.4 --metric wer"],
    ])
    func aMetricNamedLaterIsThatOfAllResults(lines: [String]) throws {
        try notebook.run(Self.mixture)
        try notebook.run("%dataset add q --like y")
        for line in lines { try notebook.run(line) }
        let value = try notebook.json("%recommend q")
        #expect(value["higher_is_better"] == .bool(false))
        #expect(value["best"] == .number(0.12))
        let list = try notebook.text("%result list")
        #expect(list.contains("wer") && list.contains("0.12"), "\(list)")
    }

    @Test func percentsBeforeTheMetricIsNamedArePercents() throws {
        try notebook.run("%zoo load words\n%dataset add q --like iberian --metric foo\n%dataset remove q --force")
        try notebook.run(Self.mixture)
        try notebook.run(
            "%dataset add q --like x\n%result add q a 91\n%result add q b 89.5 --metric accuracy\n%result add q c 60")
        let value = try notebook.json("%recommend q --hold-out")
        #expect(value["kind"] == .string("recommendation"))
        let list = try notebook.text("%result list")
        #expect(list.contains("91") && list.contains("percent"), "\(list)")
    }

    /// Results that came with the zoo are not turned round behind its back.
    @Test func theZoosOwnResultsKeepTheirDirection() throws {
        try notebook.run("%%zoo bare\nmodel,x,y\na,.9,.8\nb,.8,.7\nc,,.5\n")
        let error = try notebook.error("%result add x c 0.3 --metric wer")
        #expect(error.name == "ResultError" && error.value.contains("higher is taken to be better"), "\(error.value)")
    }

    /// One number has no spread: no interval, no gain, no advice to stop.
    @Test(arguments: ["5", "350", "0.02", "0"])
    func oneResultSaysNothingOfTheSpread(first: String) throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian --metric mse")
        try notebook.run("%result add mine ends-64x2/europe-2500 \(first)")
        let text = try notebook.text("%recommend mine --top 3")
        #expect(text.contains("One result does not tell how far apart"), "\(text)")
        #expect(!text.contains("Stop here") && !text.contains("80 % interval") && !text.contains("expected gain"))
        let value = try notebook.json("%recommend mine --top 3")
        #expect(value["stop"] == .null && value["chance_of_more"] == .null && value["in_units"] == .bool(false))
        for model in try #require(value["models"]?.array) {
            #expect(model["low"] == .null && model["expected_gain"] == .null)
            guard case .number(let place)? = model["predicted"] else {
                Issue.record("no place: \(model)")
                continue
            }
            #expect((-0.5...1.5).contains(place))
        }
        // A second, different result tells something.
        try notebook.run("%result add mine gru-24/europe-2500 \((Double(first) ?? 0) * 2 + 1)")
        #expect(try notebook.json("%recommend mine --top 3")["in_units"] == .bool(true))
        let directory = try TemporaryDirectory()
        try notebook.run("%result remove mine gru-24/europe-2500")
        try notebook.run("%report --target mine --no-evaluation --out \(directory.path)/r.md")
        let report = try String(contentsOfFile: "\(directory.path)/r.md", encoding: .utf8)
        #expect(!report.contains("Stop here") && report.contains("a place among the models"), "\(report.prefix(1500))")
    }

    /// Where other datasets have the metric, one result is enough, as before.
    @Test func theSpreadOfOtherDatasetsIsEnough() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian --metric accuracy")
        try notebook.run("%result add mine ends-64x2/europe-2500 0.58")
        let value = try notebook.json("%recommend mine --top 3")
        #expect(value["in_units"] == .bool(true) && value["stop"] != .null)
    }

    @Test func aBestResultAtTheBoundLeavesNothingToGain() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian --metric accuracy")
        try notebook.run("%result add mine ends-64x2/europe-2500 1.0")
        let value = try notebook.json("%recommend mine --top 1")
        let first = try #require(value["models"]?.array?.first)
        #expect(first["expected_gain"] == .number(0) || first["expected_gain"] == .integer(0), "\(first)")
    }

    @Test func aFileThatNamesAModelTwiceIsRefusedAsThat() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            "model,result\nends-64x2/europe-2500,0.5\ngru-24/europe-2500,0.4\nends-64x2/europe-2500,0.6\n", to: "r.csv")
        try notebook.run("%zoo load words\n%dataset add mine --like iberian")
        let error = try notebook.error("%result add mine --from \(directory.path)/r.csv")
        #expect(error.value.contains("twice, in lines 2 and 4"), "\(error.value)")
        #expect(try notebook.error("%result remove mine gru-24/europe-2500").name == "UnknownResult")
    }

    /// A percent sign stays one when the metric is named later, and is refused where nothing says what it is.
    @Test func aPercentSignStaysAPercent() throws {
        try notebook.run(Self.mixture)
        try notebook.run("%dataset add q --like x\n%result add q a '0.5 %'\n%result add q b 60% --metric accuracy")
        let rows = try notebook.json("%result list")["rows"]?.array ?? []
        #expect(rows.compactMap { $0.array?[2] } == [0.5, 60].map(JSON.number))
        #expect(try notebook.text("%result list").contains("in percent"))
        try notebook.run("%dataset add r --like x\n%result add r a 0.5")
        let error = try notebook.error("%result add r b 40%")
        #expect(error.name == "ResultError" && error.value.contains("nothing says what 40 % is"), "\(error.value)")
        try notebook.run("%result add r b 40% --metric accuracy")
        #expect(
            try notebook.json("%result list --dataset r")["rows"]?.array?.compactMap { $0.array?[2] }
                == [0.5, 0.4].map(JSON.number))
    }

    /// A file of results is read as a zoo's table of results is.
    @Test(arguments: [
        ("model;accuracy;hours\na;50,5 %;1,5\nb;60,25 %;2\n", [50.5, 60.25]),
        ("model;result\na;0,505\nb;0,6025\n", [0.505, 0.6025]),
        ("model,dataset,Accuracy (%)\na,q,50.5\nb,q,60.25\n", [50.5, 60.25]),
        ("| model | accuracy |\n|---|---|\n| a | 0.505 |\n| b | 0.6025 |\n", [0.505, 0.6025]),
        ("model,f1,accuracy\na,0.1,0.505\nb,0.2,0.6025\n", [0.505, 0.6025]),
    ])
    func aFileIsReadAsAZoosTable(text: String, values: [Double]) throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(text, to: text.hasPrefix("|") ? "r.md" : "r.csv")
        try notebook.run(Self.mixture)
        try notebook.run("%dataset add q --like x --metric accuracy\n%result add q --from \(file)")
        let rows = try notebook.json("%result list")["rows"]?.array ?? []
        #expect(rows.compactMap { $0.array?[2] } == values.map(JSON.number), "\(rows)")
        if text.contains("hours") { #expect(rows.compactMap { $0.array?[5] } == [1.5, 2].map(JSON.number)) }
    }

    @Test func whatAFileHoldsBesideItsResultsIsSaid() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("model,accuracy,f1,lr\na,0.5,0.4,0.1\nb,0.6,0.5,0.1\n", to: "r.csv")
        try notebook.run(Self.mixture)
        try notebook.run("%dataset add q --like x")
        let text = try notebook.text("%result add q --from \(file)")
        #expect(text.contains("other metric") && text.contains("columns that are not kept (1), such as lr"), "\(text)")
        #expect(try notebook.error("%result add q --from \(file) --metric wer").value.contains("not wer"))
        let bad = try directory.write("model,accuracy\na,0.5\nb,good\nc,0.7\n", to: "bad.csv")
        let error = try notebook.error("%result add q --from \(bad)")
        #expect(error.value.contains("'good' is not a number") && error.traceback.joined().contains("line 3"))
        // What is missing of a metric that does not count is not missing.
        let other = try directory.write("model,accuracy,f1\na,0.5,n/a\nb,0.6,0.5\n", to: "other.csv")
        try notebook.run("%result add q --from \(other)")
        let none = try directory.write("system,points\na,b\n", to: "none.csv")
        #expect(try notebook.error("%result add q --from \(none)").traceback.joined().contains("--columns") == false)
    }

    /// `1%` is a share of what results can be, which on a dataset in percent is one point.
    @Test(arguments: [("58", "1%", "1"), ("0.58", "1%", "0.01"), ("58", "0.5", "0.5"), ("0.58", "2 %", "0.02")])
    func aDifferenceIsInUnitsOrAShareOfTheRange(first: String, delta: String, expected: String) throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian --metric accuracy")
        try notebook.run("%result add mine ends-64x2/europe-2500 \(first)")
        let line = "%recommend mine --top 1 --delta '\(delta)'"
        guard case .number(let found)? = try notebook.json(line)["delta"] else {
            Issue.record("no delta")
            return
        }
        #expect(abs(found - (Double(expected) ?? 0)) < 1e-9)
        let text = try notebook.text(line)
        let points =
            first == "58" ? " percentage points above the best so far, 58.00 %" : " above the best so far, 0.5800"
        #expect(text.contains(points) && text.contains("reaches more than"), "\(text)")
    }

    @Test func aDifferenceBeyondTheRangeIsRefusedOrSaid() throws {
        try notebook.run("%zoo load words\n%dataset add mine --like iberian --metric accuracy")
        try notebook.run("%result add mine ends-64x2/europe-2500 0.58")
        let error = try notebook.error("%recommend mine --delta 1")
        #expect(error.name == "UsageError" && error.value.contains("can be better by 1"), "\(error.value)")
        #expect(try notebook.error("%recommend mine --delta 100%").name == "UsageError")
        #expect(try notebook.error("%recommend mine --delta -1").name == "UsageError")
        let far = try notebook.text("%recommend mine --top 1 --delta 0.5")
        #expect(far.contains("no result can be more than 0.5000 above the best so far"), "\(far)")
        #expect(
            try notebook.text("%recommend mine --top 1 --delta 0.1 --exclude ends-64x2/europe-2500").contains(
                "--delta is not used"))
    }

    @Test func whatIsAssumedIsSaidWithResultsToo() throws {
        try notebook.run("%%zoo bare\nmodel,x,y,z\na,.9,.8,.7\nb,.8,.7,.6\nc,.5,.5,.4\nd,.4,.3,.2\ne,.3,.2,.1\n")
        try notebook.run("%dataset add q --like x\n%result add q a 0.9\n%result add q b 0.8")
        #expect(try notebook.text("%recommend q").contains("is assumed: nothing says so"))
    }
}
