import Testing
import TransferGraphCore

/// Which results are of models on what they were trained on.
@Suite struct TrainedOnTests {
    private let files = [
        "records.csv": """
        model,dataset,score,runs
        a,HotpotQA,0.9,3
        a,NFCorpus,0.5,1
        b,HotpotQA,0.7,2
        b,NFCorpus,0.4,1
        c,HotpotQA,0.6,5
        c,NFCorpus,0.8,7
        d,HotpotQA,0.2,1
        d,SciFact,0.3,4

        """,
        "models.csv": "model,training_datasets\na,Hotpot-QA;web\nb,\nc,nfcorpus\nd,\n",
        "lineage.csv": "model,parent\nb,a\nb,c\na,b\n",
    ]

    private func zoo(_ files: [String: String]) throws -> Zoo {
        try withExtendedLifetime(TemporaryZoo(files)) { try Zoo.load(path: $0.path) }
    }

    /// Names differ in case and `-`; b has what both of its parents have, and a circle in the lineage ends.
    @Test func trainingDataAreMatchedByNameAndInherited() throws {
        let zoo = try zoo(files)
        let trained = TrainedOn(zoo)
        func isTrained(_ model: String, _ dataset: String) throws -> Bool {
            try trained.contains(model: zoo.model(named: model), dataset: zoo.dataset(named: dataset))
        }
        #expect(try isTrained("a", "HotpotQA") && isTrained("b", "HotpotQA") && isTrained("b", "NFCorpus"))
        #expect(try isTrained("c", "NFCorpus") && !isTrained("c", "HotpotQA"))
        #expect(try !isTrained("d", "HotpotQA") && !trained.isKnown(zoo.model(named: "d")))
        let (a, b) = (try zoo.model(named: "a"), try zoo.model(named: "b"))
        #expect(try trained.isInherited(model: b, dataset: zoo.dataset(named: "HotpotQA")))
        #expect(try !trained.isInherited(model: a, dataset: zoo.dataset(named: "HotpotQA")))
        #expect(try trained.isInherited(model: a, dataset: zoo.dataset(named: "NFCorpus")))
        #expect(trained.resultCount(in: zoo) == 5)
    }

    @Test func withoutThemTheOtherResultsKeepWhatIsListedBesideThem() throws {
        let zoo = try zoo(files)
        let (rest, count) = zoo.withoutTrainedOn()
        #expect(count == 5 && rest.results.count == 3)
        let kept = rest.results.entries.enumerated().map { position, entry in
            "\(rest.models[entry.model].name) \(rest.datasets[entry.dataset].name) \(entry.value) \(rest.runs[position])"
        }
        #expect(Set(kept) == ["c HotpotQA 0.6 5", "d HotpotQA 0.2 1", "d SciFact 0.3 4"])
    }

    @Test func aZooThatSaysNothingOfTrainingDataStaysAsItIs() throws {
        var files = files
        files["models.csv"] = nil
        let zoo = try zoo(files)
        #expect(TrainedOn(zoo).isEmpty && zoo.withoutTrainedOn().count == 0)
        #expect(zoo.withoutTrainedOn().zoo.results == zoo.results)
    }
}
