import JupyterKernel
import TGMagics
import Testing

/// `%evaluate --protocol`, and results of models on what they were trained on.
@Suite struct ProtocolTests {
    private let notebook = TestNotebook()
    private let directory: TemporaryDirectory

    /// 20 models on 8 datasets; m0 was trained on d1, and m1 comes from it.
    init() throws {
        directory = try TemporaryDirectory()
        var rows = "model,dataset,score\n"
        for dataset in 0..<8 {
            for model in 0..<20 {
                rows += "m\(model),d\(dataset),\(Double(model) / 20 + Double((model * 7 + dataset * 13) % 23) / 50)\n"
            }
        }
        try directory.write(rows, to: "records.csv")
        var models = "model,family,parameters,release,training_datasets\n"
        for model in 0..<20 {
            models +=
                "m\(model),f\(model % 3),\(1000 * (model + 1)),\(2000 + (model * 7) % 20),\(model == 0 ? "D-1" : "")\n"
        }
        try directory.write(models, to: "models.csv")
        try directory.write("model,parent\nm1,m0\n", to: "lineage.csv")
        try notebook.run("%zoo load \(directory.path)")
    }

    @Test(arguments: ["new-dataset", "new-model", "new-both", "completion"])
    func everyProtocolShowsItsMeasures(name: String) throws {
        let line = "%evaluate --protocol \(name) --targets 3 --threads 1"
        let value = try #require(try notebook.run(line))
        let json = try #require(value.data["application/vnd.transfergraph+json"])
        #expect(json["protocol"] == .string(name))
        #expect(
            json["methods"]?.array?.map(\.string) == [
                "auto", "history", "nearest-text", "factorisation", "family-size",
            ])
        #expect(json["seeds"] == [42])
        let text = try #require(value.data["text/plain"]?.string)
        for measure in ["Pearson", "Spearman", "weighted Kendall", "NDCG@1", "NDCG@10", "Hit@5", "Recall@10"] {
            #expect(text.contains(measure), "\(measure)")
            #expect(json["means"]?["auto"]?[measure] != .null && json["means"]?["auto"]?[measure] != nil, "\(measure)")
        }
        #expect(text.contains("Held out at a time: ") && !text.contains("regret"))
        // History says the same of every model that it has not seen.
        let isNew = name == "new-model" || name == "new-both"
        #expect((json["means"]?["history"]?["Pearson"] == .null) == isNew)
        #expect(json[isNew ? "against_family-size" : "against_history"] != nil)
        #expect(json["results"]?.array?.first?["models"] == 20)
    }

    @Test func aProtocolsExportHasEachModelOnce() throws {
        let file = directory.path + "/predictions.csv"
        try notebook.run(
            "%evaluate --protocol completion --method family-size --target d2 --target d4 --export \(file)")
        let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        // Two methods, as history is always there.
        #expect(rows.count == 1 + 2 * 2 * 20 && Set(rows).count == rows.count)
    }

    @Test func partsOfAProtocolJoinToTheWhole() throws {
        let line = "%evaluate --protocol new-both --method nearest-text --target d2 --target d4 --seed 1 --seed 2"
        let whole = try notebook.json(line)
        for part in 1...2 { try notebook.run("\(line) --part \(part)/2 --out \(directory.path)/parts") }
        let merged = try notebook.json("%merge \(directory.path)/parts")
        #expect(merged["results"] == whole["results"] && merged["means"] == whole["means"])
        #expect(merged["protocol"] == "new-both" && merged["seeds"] == [1, 2])
    }

    @Test func aProtocolThatIsNoneIsNamed() throws {
        let error = try notebook.error("%evaluate --protocol new-models")
        #expect(error.value.contains("new-model"))
    }

    @Test func resultsOnTrainingDataAreMarkedEverywhere() throws {
        let records = try #require(try notebook.run("%records --dataset d1")?.data["text/plain"]?.string)
        #expect(records.contains("trained on it") && records.contains("yes, by its parent"))
        let listed = try notebook.json("%records --where \"trained_on = 1\" --columns model,trained_on")
        #expect(listed["rows"]?.array?.map { $0.array?.first?.string } == ["m0", "m1"])
        let predicted = try notebook.run("%predict --target d1 --method history --top 20")
        let text = try #require(predicted?.data["text/plain"]?.string)
        #expect(
            text.contains("trained on it") && text.contains("2 of the models were trained on d1; of 18 it is not known")
        )
        #expect(predicted?.data["application/vnd.transfergraph+json"]?["trained_on"] == ["m0", "m1"])
        let other = try #require(
            try notebook.run("%predict --target d2 --method history")?.data["text/plain"]?.string)
        #expect(!other.contains("trained on"))
        let card = try notebook.run("%card m1")
        #expect(card?.data["text/plain"]?.string?.contains("yes, by its parent") == true)
        let evaluated = try #require(
            try notebook.run("%evaluate --method history --target d1 --target d2")?.data["text/plain"]?.string)
        #expect(evaluated.contains("trained on it") && evaluated.contains("2 of the targets' 40 results"))
    }

    @Test func aRecommendationSaysWhatItsModelsRecordsRestOn() throws {
        let line = "%recommend d2 --method history --top 20"
        let text = try #require(try notebook.run(line)?.data["text/plain"]?.string)
        #expect(text.contains("say less of others: m1 1 of 7, m0 1 of 7") || text.contains("m0 1 of 7, m1 1 of 7"))
        #expect(text.contains("Nothing is known of what m"))
        let own = try #require(
            try notebook.run("%recommend d1 --method history --top 20")?.data["text/plain"]?.string)
        #expect(own.contains("Trained on d1 itself: m"))
        // Every model has a result on d1: it is held out, also where two of them are left out.
        let held = try notebook.json("%recommend d1 --method history --top 20 --exclude-trained-on")
        #expect(held["models"]?.array?.count == 20 && held["conditioned"] == false)
        let without = try #require(try notebook.run(line + " --exclude-trained-on")?.data["text/plain"]?.string)
        #expect(without.contains("Left out: 2 of 160 results") && !without.contains("say less of others"))
    }

    /// What is left out is no evidence, and nothing to be compared with.
    @Test func excludedResultsAreAsIfTheyWereNotThere() throws {
        let with = try notebook.json("%evaluate --method history --target d1 --target d2")
        let without = try notebook.json("%evaluate --method history --target d1 --target d2 --exclude-trained-on")
        #expect(with["results"]?.array?.first?["models"] == 20 && without["results"]?.array?.first?["models"] == 18)
        #expect(without["results"]?.array?.first?["trained_on"] == 0)
        // Without the two results on d1, the others are all there is of d1: a zoo that never had them says the same.
        let rows = try String(contentsOfFile: directory.path + "/records.csv", encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("m0,d1,") && !$0.hasPrefix("m1,d1,") }
        try directory.write(rows.joined(separator: "\n") + "\n", to: "records.csv")
        let bare = TestNotebook()
        try bare.run("%zoo load \(directory.path)")
        let line = "%predict --target d2 --method history --top 20"
        #expect(try bare.json(line)["rows"] == notebook.json(line + " --exclude-trained-on")["rows"])
        #expect(try bare.json(line)["rows"] != notebook.json(line)["rows"])
    }

    @Test func aTableIsOrderedByAColumnThatIsNotShown() throws {
        let names = { (json: JSON) in json["rows"]?.array?.map { $0.array?.first?.string } }
        let shown = try notebook.json("%models --columns family,release --sort release --all")
        #expect(try names(notebook.json("%models --columns family --sort release --all")) == names(shown))
        #expect(try names(notebook.json("%models --sort release --all")) == names(shown))
        #expect(names(shown) != names(try notebook.json("%models --all")))
        let results = try notebook.json("%records --columns score --sort normalised --descending --dataset d3 --rows 1")
        #expect(names(results) == names(try notebook.json("%records --dataset d3 --sort result --descending --rows 1")))
        #expect(
            try notebook.error("%models --columns family --sort releas").traceback.joined().contains(
                "Did you mean release"))
    }

    @Test(arguments: [
        "%evaluate", "%simulate", "%score all --features f.npy", "%features extract --models a --data b --out c",
    ])
    func threadsAreCheckedAlike(line: String) throws {
        #expect(try notebook.error("\(line) --threads 0").value.contains("--threads takes a count from 1 to 1024."))
    }
}
