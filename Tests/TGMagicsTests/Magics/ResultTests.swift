import Foundation
import JupyterKernel
import TGMagics
import Testing

/// From a dataset of one's own to a decision: constraints, first results, what next.
@Suite struct ResultTests {
    let notebook = TestNotebook()
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try notebook.run("%zoo load \(try TestZoo.write(to: directory)) --as small")
        try notebook.run("%dataset add mine --like alpha,beta --size 100 --classes 4 --metric accuracy")
    }

    private func names(_ json: JSON, _ key: String) -> [String] {
        json[key]?.array?.compactMap { $0["model"]?.string } ?? []
    }

    @Test(arguments: ["auto", "history"])
    func modelsThatWereTriedAreListedApartAndNotProposedAgain(method: String) throws {
        try notebook.run("%result add mine model-3 0.61 --hours 0.5")
        try notebook.run("%result add mine model-9 0.83")
        let json = try notebook.json("%recommend mine --method \(method) --top 12")
        #expect(json["kind"] == "recommendation" && json["conditioned"] == true)
        #expect(names(json, "tried") == ["model-9", "model-3"])
        let next = names(json, "models")
        #expect(next.count == 10 && !next.contains("model-3") && !next.contains("model-9"))
        #expect(json["best"] == 0.83 && json["metric"] == "accuracy" && json["scale"] == "fraction")
        for model in json["models"]?.array ?? [] {
            guard case .number(let low)? = model["low"], case .number(let high)? = model["high"],
                case .number(let chance)? = model["chance_to_beat_best"]
            else {
                Issue.record("a number is missing")
                return
            }
            #expect(low <= high && (0...1).contains(chance) && low >= 0 && high <= 1)
        }
        let text = try notebook.text("%recommend mine --method \(method)")
        #expect(text.contains("Tried on mine") && (text.contains("Worth going on") || text.contains("Stop here")))
    }

    @Test func theOldViewIsThereWhereItIsAskedForOrAllIsKnown() throws {
        try notebook.run("%result add mine model-3 0.61")
        let heldOut = try notebook.json("%recommend mine --method history --hold-out")
        #expect(heldOut["conditioned"] == false && heldOut["models"]?.array?.count == 5)
        #expect(try notebook.text("%recommend alpha --method history").contains("were held out"))
        #expect(try notebook.error("%recommend alpha --delta 0.1").name == "UsageError")
    }

    @Test func takingAResultOutLeavesTheZooAsItWas() throws {
        let before = try notebook.json("%datasets")
        let records = try notebook.json("%records --all")
        try notebook.run("%result add mine model-3 61 --metric acc --hours 2")
        #expect(try notebook.json("%result list")["rows"]?.array?.count == 1)
        #expect(try notebook.json("%records --all") != records)
        try notebook.run("%result remove mine model-3")
        #expect(try notebook.json("%datasets") == before && notebook.json("%records --all") == records)
        #expect(try notebook.json("%result list")["rows"]?.array?.isEmpty == true)
    }

    @Test func mistakesAreNamedAndChangeNothing() throws {
        try notebook.run("%result add mine model-3 0.61")
        let before = try notebook.json("%result list")
        for (line, name) in [
            ("%result add mine model-33 0.5", "UnknownModel"), ("%result add nowhere model-4 0.5", "UnknownDataset"),
            ("%result add mine model-4 61", "ResultError"), ("%result add mine model-4 -0.5", "ResultError"),
            ("%result add mine model-4 good", "ResultError"), ("%result add mine model-4 nan", "ResultError"),
            ("%result add alpha model-4 0.5", "ResultKnown"), ("%result remove alpha model-4", "ResultError"),
            ("%result add mine model-4 0.5 --metric wer", "ResultError"),
            ("%result remove mine model-4", "UnknownResult"),
            ("%result add mine model-4", "UsageError"), ("%result add mine model-4 0.5 --hours nan", "ResultError"),
        ] {
            #expect(try notebook.error(line).name == name, "\(line)")
            #expect(try notebook.json("%result list") == before, "\(line)")
        }
        let error = try notebook.error("%result add mine model-33 0.5")
        #expect(error.traceback.joined().contains("Did you mean model-3"))
    }

    /// All rows of a file or none.
    @Test func resultsAreReadFromAFile() throws {
        let good = try directory.write("model,result,hours\nmodel-1,0.5,1\nmodel-2,0.6,\n", to: "good.csv")
        let bad = try directory.write("model,result\nmodel-4,0.5\nmodel-44,0.6\n", to: "bad.csv")
        #expect(try notebook.error("%result add mine --from \(bad)").traceback.joined().contains("line 3"))
        #expect(try notebook.json("%result list")["rows"]?.array?.isEmpty == true)
        try notebook.run("%result add mine --from \(good)")
        #expect(try notebook.json("%result list")["rows"]?.array?.count == 2)
    }

    /// A file's own columns are heeded, and so is a percent sign.
    @Test func aFilesDatasetMetricAndPercentSignsAreHeeded() throws {
        let other = try directory.write("model,dataset,result\nmodel-1,mine,0.5\nmodel-2,beta,0.6\n", to: "other.csv")
        let error = try notebook.error("%result add mine --from \(other)")
        #expect(error.name == "ResultError" && error.traceback.joined().contains("line 3"))
        let metric = try directory.write("model,result,metric\nmodel-1,0.5,wer\n", to: "metric.csv")
        #expect(try notebook.error("%result add mine --from \(metric)").name == "ResultError")
        #expect(try notebook.json("%result list")["rows"]?.array?.isEmpty == true)
        try notebook.run("%result add mine model-1 0.5%")
        #expect(try notebook.text("%result list").contains("in percent"))
        try notebook.run("%dataset add whole --like alpha --metric accuracy")
        try notebook.run("%result add whole model-1 0.25")
        try notebook.run("%result add whole model-2 '50 %'")
        let rows = try notebook.json("%result list --dataset whole")["rows"]?.array ?? []
        #expect(rows.compactMap { $0.array?[2] } == [0.25, 0.5])
    }

    @Test func constraintsLeaveModelsOutAndCountThem() throws {
        let json = try notebook.json(
            "%recommend mine --method history --top 12 --where \"family = 'vit'\" --exclude model-2")
        #expect(names(json, "models").count == 5)
        #expect(
            json["left_out"] == [
                ["reason": "by --exclude", "count": 1], ["reason": "by --where", "count": 6],
            ])
        let error = try notebook.error("%recommend mine --where \"parameters < 0\"")
        #expect(error.name == "NoCandidates" && error.traceback.joined().contains("12 left out by --where"))
        let typo = try notebook.error("%recommend mine --where \"paramters < 5\"")
        #expect(typo.name == "UnknownColumn" && typo.traceback.joined().contains("Did you mean parameters"))
        #expect(try notebook.error("%recommend mine --where \"parameters <\"").name == "SQLError")
        #expect(try notebook.error("%recommend mine --exclude nobody").name == "UnknownModel")
        #expect(try notebook.error("%recommend mine --budget 3").name == "UsageError")
        #expect(try notebook.error("%recommend mine --budget 3 --cost family").name == "ColumnError")
        #expect(try notebook.error("%recommend mine --budget 3 --cost colour").name == "UnknownColumn")
    }

    @Test func aBudgetThatTakesNoModelSaysWhatTheCheapestCosts() throws {
        let error = try notebook.error("%recommend mine --budget 0.5 --cost parameters")
        #expect(error.name == "NoCandidates" && error.traceback.joined().contains("costs least"))
    }

    /// A variable in a query is a value: what it holds is never read as SQL.
    @Test func aVariableInAQueryIsAValue() throws {
        try notebook.run("n = 2")
        try notebook.run("who = \"x'; select 'y\"")
        let rows = try notebook.json("%%sql\nselect $who as who, $n + 1 as more")["rows"]?.array ?? []
        #expect(rows.first?.array == ["x'; select 'y", 3])
        #expect(try notebook.json("%%sql\nselect model from models limit $n")["rows"]?.array?.count == 2)
        #expect(try notebook.error("%%sql\nselect $nobody").name == "UnknownVariable")
        #expect(try notebook.error("%%sql\nselect ?").name == "SQLError")
    }

    /// In a condition too, in double quotes as in single ones; a text that holds SQL selects nothing.
    @Test func aVariableInAConditionIsAValue() throws {
        try notebook.run("family = 'vit'\nmost = 4000000\nharm = \"x' or 'a' = 'a\"\nlist = 'vit' 'resnet'")
        func rows(_ line: String) throws -> Int { try notebook.json(line)["rows"]?.array?.count ?? -1 }
        #expect(try rows("%models --where \"family = $family\"") == 6)
        #expect(try rows("%models --where 'family = $family'") == 6)
        #expect(try rows("%models --where=\"family = ${family} and parameters <= $most\"") == 2)
        #expect(try rows("%models --where \"family = $harm\"") == 0)
        #expect(try rows("%datasets --where \"dataset like 'al' || '%' and size > $most\"") == 0)
        try notebook.run("one = 1")
        #expect(try rows("%records --where \"model = 'model-' || $one\"") == 4)
        let json = try notebook.json("%recommend mine --method history --top 12 --where \"family = $family\"")
        #expect(names(json, "models").count == 6)
        // A condition that a variable holds as a whole is that condition.
        try notebook.run("only = \"family = 'vit'\"")
        #expect(try rows("%models --where $only") == 6)
        #expect(try rows("%models --where \"family in ($family) and $one and parameters < $most\"") > 0)
        for (line, name) in [
            ("%models --where \"family = $nobody\"", "UnknownVariable"),
            ("%models --where \"family in ($list)\"", "SQLError"),
            ("%models --where \"family = '$family'\"", "SQLError"),
            ("%models --where \"$only and parameters > 0\"", "SQLError"),
            ("%models --where \"parameters > 0 or (not $only)\"", "SQLError"),
            ("%recommend mine --where \"family like '%$family%'\"", "SQLError"),
        ] {
            #expect(try notebook.error(line).name == name, "\(line)")
        }
        try notebook.run("wrong = 'VIT'")
        #expect(
            try notebook.text("%models --where \"family = $wrong\"").contains(
                "'VIT' is not 'vit', which 6 of the models"))
    }

    @Test func aConditionOnRecordsThatMissesIsPointedOut() throws {
        #expect(try notebook.text("%records --where \"dataset = 'Alpha'\"").contains("'Alpha' is not 'alpha'"))
        #expect(
            try notebook.text("%records --where \"dataset = 'Alpha'\" --columns score").contains(
                "holds for none of the"))
        #expect(try !notebook.text("%records --where \"dataset = 'alpha'\"").contains("condition"))
    }

    @Test func aDatasetOfOnesOwnIsTakenOutWithItsResults() throws {
        let own = TestNotebook()
        try own.run("%zoo load \(directory.path) --as small")
        let (before, records) = try (own.json("%datasets"), own.json("%records --all"))
        try own.run(
            "%dataset add mine --like alpha,beta --size 100 --metric accuracy --text \"alpha photos\" --near beta=2")
        try own.run("%dataset remove mine")
        #expect(try own.json("%datasets") == before)
        try own.run("%dataset add mine --like alpha,beta --size 100 --metric accuracy\n%result add mine model-3 0.6")
        let asked = RecordingContext(answers: ["n"])
        try own.run("%dataset remove mine", in: asked)
        #expect(asked.stdout == "Nothing was removed.\n")
        #expect(try own.json("%result list")["rows"]?.array?.count == 1)
        #expect(try own.error("%dataset remove mine").name == "StdinNotImplementedError")
        let answered = RecordingContext(answers: ["y"])
        try own.run("%dataset remove mine", in: answered)
        #expect(answered.stdout.contains("'mine' with its 1 result: the zoo has"))
        #expect(try own.json("%datasets") == before && own.json("%records --all") == records)
        try own.run("%dataset add mine --like alpha\n%result add mine model-3 0.6 --metric accuracy")
        try own.run("%dataset remove mine --force")
        #expect(try own.json("%datasets") == before)
        #expect(try own.error("%dataset remove alpha").name == "DatasetError")
        #expect(try own.error("%dataset remove mine").name == "UnknownDataset")
    }

    /// What %features extract wrote tells how large a dataset is.
    @Test func aFolderOfFeaturesTellsSizeAndClasses() throws {
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }"
        let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + [0, 1, 2, 0, 1, 2]
        try Data(bytes).write(to: URL(fileURLWithPath: directory.path + "/labels.npy"))
        _ = try directory.write(
            #"{"format": "transfergraph-features", "version": 1, "data": {"labels": "labels.npy"}, "models": []}"#,
            to: "manifest.json")
        try notebook.run("%dataset add folder --like alpha --from \(directory.path)")
        let rows = try notebook.json("%%sql\nselect size, classes from datasets where dataset = 'folder'")["rows"]?
            .array
        #expect(rows?.first?.array == [6, 3])
        #expect(try notebook.error("%dataset add other --from /nowhere").name == "FileNotFound")
        #expect(try notebook.error("%dataset add other --from \(directory.path) --labels x.npy").name == "UsageError")
    }

    /// 0.6 beside 61 may be 60 % or 0.6 %: who gives it says which.
    @Test func aSmallValueAmongPercentagesIsRefusedUntilItIsClear() throws {
        try notebook.run("%result add mine model-3 61")
        let error = try notebook.error("%result add mine model-4 0.6")
        #expect(error.name == "ResultError" && error.traceback.joined().contains("Write 60 "), "\(error)")
        try notebook.run("%result add mine model-5 0.7 %")
        try notebook.run("%result add mine model-6 59")
        #expect(try notebook.json("%result list")["rows"]?.array?.count == 3)
    }

    /// A cell that runs again is no mistake, and one whose value was mended has the last word.
    @Test func aResultGivenAgainTakesThePlaceOfTheEarlier() throws {
        try notebook.run("%result add mine model-3 0.61")
        #expect(try !notebook.text("%result add mine model-3 0.61").contains("replaced"))
        #expect(try notebook.text("%result add mine model-3 0.71").contains("was 0.61, and is replaced"))
        let rows = try notebook.json("%result list")["rows"]?.array
        #expect(rows?.count == 1 && rows?.first?.array?.contains(0.71) == true)
        #expect(try notebook.error("%result add alpha model-4 0.5").name == "ResultKnown")
    }

    /// What is loaded again has not what the session added to it; that is said, not left to be found out.
    @Test func loadingAZooAgainTellsWhatIsGone() throws {
        try notebook.run("%result add mine model-3 0.61")
        let again = try notebook.text("%zoo load \(directory.path) --as small")
        #expect(again.contains("1 dataset and 1 result that you had added"), "\(again)")
        #expect(try !notebook.text("%zoo load \(directory.path) --as small").contains("had added"))
    }

    /// The second of two conditions would be the only one.
    @Test func anOptionGivenTwiceIsRefusedWhereItTakesOneValue() throws {
        for line in [
            "%recommend mine --where \"parameters < 5\" --where \"family = 'a'\"", "%recommend mine --top 3 --top=4",
            "%models --where 1 --where 2", "%zoo load x --merge-names A=B --merge-names C=D",
        ] {
            let error = try notebook.error(line)
            #expect(error.name == "UsageError" && error.traceback.joined().contains("given twice"), "\(line)")
        }
        try notebook.run("%recommend mine --exclude model-1 --exclude model-2 --method history")
    }

    /// The chance of one of several is no smaller than that of one of them, and no larger than their sum.
    @Test func chancesOfOneAndOfAnyAgree() throws {
        for result in [0.5, 0.7, 0.9] {
            try notebook.run("%result add mine model-3 \(result)")
            let json = try notebook.json("%recommend mine --top 40 --delta 0")
            let each = json["models"]?.array?.compactMap { model -> Double? in
                if case .number(let chance)? = model["chance_to_beat_best"] { chance } else { nil }
            }
            guard let each, case .number(let any)? = json["chance_of_more"] else {
                Issue.record("a chance is missing")
                return
            }
            #expect((each.max() ?? 0) <= any && any <= each.reduce(0, +) + 1e-9)
        }
    }

    /// The zoo's accuracies say nothing of losses: predictions lie around the results that are known, and none below 0.
    @Test(arguments: [[0.9, 0.7], [0.02, 0.5]])
    func aMetricThatTheZooLacksIsPredictedByItsOwnResults(results: [Double]) throws {
        try notebook.run("%dataset add loss --like alpha --metric log_loss")
        for (index, result) in results.enumerated() {
            try notebook.run("%result add loss model-\(index + 1) \(result)")
        }
        let json = try notebook.json("%recommend loss --top 12")
        #expect(json["higher_is_better"] == false)
        let models = json["models"]?.array ?? []
        #expect(models.count == 12 - results.count)
        for model in models {
            guard case .number(let predicted)? = model["predicted"], case .number(let low)? = model["low"] else {
                Issue.record("a number is missing")
                return
            }
            #expect(low >= 0 && predicted >= 0 && predicted < 4 * (results.max() ?? 0), "\(predicted)")
        }
    }

    /// The best so far is of a model that could be chosen: one that cannot be had is beaten by none, and beats none.
    @Test(arguments: ["auto", "history"]) func theBestSoFarMeetsTheConstraints(method: String) throws {
        try notebook.run("%result add mine model-3 0.61")
        try notebook.run("%result add mine model-9 0.83")
        let all = try notebook.json("%recommend mine --method \(method)")
        #expect(all["best"] == 0.83)
        let line = "%recommend mine --method \(method) --exclude model-9"
        let some = try notebook.json(line)
        #expect(some["best"] == 0.61 && names(some, "tried") == ["model-9", "model-3"])
        guard case .number(let chance)? = some["chance_of_more"], case .number(let before)? = all["chance_of_more"]
        else {
            Issue.record("a chance is missing")
            return
        }
        #expect(chance >= before)
        #expect(try notebook.text(line).contains("1 of the 2 models tried does not meet the limits"))
        let none = try notebook.json("\(line) --exclude model-3")
        #expect(none["best"] == .null && none["stop"] == .null && names(none, "models").count == 5)
    }

    /// What is left out is evidence all the same: the predictions of the others stay.
    @Test func aConstraintChangesNoPrediction() throws {
        func predictions(_ options: String) throws -> [String: JSON] {
            let json = try notebook.json("%recommend mine --top 12 \(options)")
            return Dictionary(
                uniqueKeysWithValues: (json["models"]?.array ?? []).map {
                    ($0["model"]?.string ?? "", $0["predicted"] ?? .null)
                })
        }
        let all = try predictions("")
        let some = try predictions("--where \"family = 'vit'\"")
        #expect(some.count == 6)
        for (model, value) in some { #expect(all[model] == value) }
    }

    @Test func aBudgetBuysASetWithinIt() throws {
        try notebook.run("%result add mine model-3 0.61")
        let json = try notebook.json("%recommend mine --budget 12000000 --cost parameters")
        let costs = (json["models"]?.array ?? []).compactMap { model -> Double? in
            switch model["cost"] {
            case .number(let value): value
            case .integer(let value): Double(value)
            default: nil
            }
        }
        #expect(!costs.isEmpty && costs.reduce(0, +) <= 12_000_000)
        #expect(try notebook.text("%recommend mine --budget 12000000 --cost parameters").contains("A budget of"))
    }

    @Test func withoutResultsItSaysThatTheNumbersArePlaces() throws {
        let text = try notebook.text("%recommend mine --method history")
        #expect(text.contains("places within the dataset"))
        try notebook.run("%dataset add untied")
        #expect(try notebook.text("%recommend untied --method history").contains("general order of the models"))
        #expect(try notebook.text("%predict --target untied --method history").contains("general order of the models"))
        #expect(try !notebook.text("%recommend mine --method history").contains("general order of the models"))
    }

    @Test func everyOptionOfADatasetIsUsedOrRefused() throws {
        #expect(try notebook.error("%dataset add other --text \"quantum chemistry\"").name == "NoMatch")
        #expect(try notebook.text("%dataset add other --text \"photos for gamma\"").contains("like gamma"))
        #expect(try notebook.error("%dataset add other --like nowhere").name == "UnknownDataset")
        #expect(try notebook.error("%dataset add other --near alpha=0.1 --near alpha=0.2").name == "UsageError")
        #expect(try notebook.error("%dataset add other --distance cosine").name == "UsageError")
        let file = try directory.write("dataset,distance\nalpha,0.5\nbeta,2\n", to: "distances.csv")
        try notebook.run("%dataset add other --distances \(file)")
        let rows = try notebook.json(
            "%%sql\nselect distance from similarity where 'other' in (dataset_a, dataset_b) and 'alpha' in (dataset_a, dataset_b)"
        )
        #expect(rows["rows"] == [[0.5]])
        let bad = try directory.write("dataset,distance\nalpah,0.5\n", to: "bad.csv")
        #expect(try notebook.error("%dataset add other --distances \(bad)").traceback.joined().contains("alpha"))
    }

    /// `result` was a name for variables long before it was a command.
    @Test func aVariableOfTheCommandsNameIsShownByItsName() throws {
        #expect(try notebook.text("result = \"my own\"\nresult") == "my own")
        #expect(try notebook.json("result list")["rows"]?.array?.isEmpty == true)
    }

    /// Every option of the replay, with the cost of the models tried and the mean of it for those of unknown cost.
    @Test func theReplayHasARowAStrategyAndWhatItCost() throws {
        let json = try notebook.json(
            "%simulate --target alpha --target beta --runs 3 --cost parameters --method history --method history:sequential --method random --seed 1 --seed 2"
        )
        #expect(json["kind"] == "simulation" && json["targets"] == ["alpha", "beta"])
        let strategies = try #require(json["strategies"]?.array)
        #expect(strategies.map { $0["strategy"]?.string } == ["history", "history:sequential", "random"])
        for strategy in strategies {
            let regret = strategy["regret"]?.array ?? []
            let cost = (strategy["cost"]?.array ?? []).map { value -> Double in
                if case .number(let number) = value { number } else { .nan }
            }
            #expect(regret.count == 3 && cost.count == 3 && cost[0] >= 1_000_000 && cost[2] > cost[1])
        }
        #expect(try notebook.json("%simulate --targets 2 --runs 2 --method history")["targets"]?.array?.count == 2)
        let auto = try notebook.json("%simulate --runs 2 --history-ratio 0.5 --method auto --method auto:list")
        #expect(auto["strategies"]?.array?.first?["stop"]?["share"] != nil && auto["history_ratio"] == 0.5)
        for (line, name) in [
            ("%simulate --target nowhere", "UnknownDataset"), ("%simulate --method nonsense", "UnknownMethod"),
            ("%simulate --cost family", "ColumnError"), ("%simulate --cost colour", "UnknownColumn"),
            ("%simulate --runs 0", "UsageError"), ("%simulate --targets 2 --target alpha", "UsageError"),
        ] {
            #expect(try notebook.error(line).name == name, "\(line)")
        }
    }
}
