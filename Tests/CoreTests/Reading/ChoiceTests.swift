import Foundation
import Testing
import TransferGraphCore

/// What the choice makes of facts, whatever format they came from.
struct ChoiceTests {
    /// Facts of a hub: reports of fine-tuned copies.
    private struct Hub {
        var facts = Facts()
        let file: Int32

        init() {
            facts.beginSource("hub", format: .huggingface)
            facts.source.repeats = .reports
            facts.source.resultsAreOfCopies = true
            file = facts.addFile("cards.md")
        }

        mutating func add(
            _ model: String, _ dataset: String, _ value: String, metric: String = "accuracy", split: String? = nil,
            config: String? = nil, _ provenance: Provenance = Provenance()
        ) {
            facts.add(
                model: model, dataset: dataset, config: config, split: split, metric: metric, written: value,
                entry: facts.newEntry(), provenance: provenance,
                at: .init(file: file, line: facts.measurements.count + 1))
        }

        func zoo(_ options: ReadingOptions = ReadingOptions()) throws -> Zoo {
            try ZooChoice(facts, options: options).zoo(name: "z", source: "hub")
        }
    }

    @Test func theReportOfHigherStandingCountsAndTheOtherIsADisagreement() throws {
        var hub = Hub()
        hub.add("a", "gifs", "0.25", Provenance(standing: .selfReported))
        hub.add("a", "gifs", "0.6667", Provenance(standing: .verified))
        hub.add("a", "gifs", "0.6667", Provenance(standing: .selfReported))
        let zoo = try hub.zoo()
        #expect(try TableCase.result(zoo, "a", "gifs") == 0.6667)
        let reasons = try #require(zoo.reading).entries.map(\.decision.reason)
        #expect(reasons == [.disagreement, .result, .sameReport])
        #expect(TableCase.note(zoo, "another value")?.examples == ["cards.md line 1: a on gifs 0.25"])
    }

    @Test func theLargerSettingAndTheLaterDateCount() throws {
        var hub = Hub()
        hub.add("a", "d", "0.8", Provenance(setting: hub.facts.names.intern("img_size=224"), preference: 224))
        hub.add("a", "d", "0.7", Provenance(setting: hub.facts.names.intern("img_size=288"), preference: 288))
        hub.add("a", "e", "0.1", Provenance(date: hub.facts.names.intern("2024-02-01")))
        hub.add("a", "e", "0.2", Provenance(date: hub.facts.names.intern("2023-12-31")))
        let zoo = try hub.zoo()
        #expect(try TableCase.result(zoo, "a", "d") == 0.7)
        #expect(try TableCase.result(zoo, "a", "e") == 0.1)
    }

    @Test func testComesBeforeValidationAndConfigurationsAreDatasets() throws {
        var hub = Hub()
        hub.add("a", "birds", "0.61", split: "validation", config: "lake")
        hub.add("a", "birds", "0.59", split: "test", config: "lake")
        hub.add("a", "birds", "0.44", split: "test", config: "river")
        hub.add("b", "birds", "0.5", split: "train", config: "river")
        let zoo = try hub.zoo()
        #expect(try TableCase.result(zoo, "a", "birds/lake") == 0.59)
        #expect(try TableCase.result(zoo, "a", "birds/river") == 0.44)
        #expect(try TableCase.result(zoo, "b", "birds/river") == 0.5)
        #expect(zoo.reading?.entries.first { _ in true }?.decision.reason == .otherSplit)
    }

    @Test func byParentTheMedianOfTheCheckpointsIsTheResult() throws {
        var hub = Hub()
        for (index, value) in ["0.9", "0.5", "0.6", "0.55"].enumerated() {
            hub.add("user\(index)/copy", "emotion", value)
            hub.facts.link(
                "user\(index)/copy", to: "base", relation: .finetune, source: "base_model", at: .init(file: hub.file))
            hub.facts.describe(model: "user\(index)/copy", "license", .category("mit"), at: .init(file: hub.file))
        }
        hub.add("other", "emotion", "0.7")
        let zoo = try hub.zoo()
        #expect(zoo.models.map(\.name) == ["base", "other"])
        #expect(try TableCase.result(zoo, "base", "emotion") == 0.575)
        #expect(zoo.runs == [4, 1])
        #expect(zoo.runRanges[0] == Zoo.RunRange(lowest: 0.5, highest: 0.9))
        var options = ReadingOptions()
        options.runs = .best
        #expect(try TableCase.result(hub.zoo(options), "base", "emotion") == 0.9)
        options.higherIsBetter = false
        #expect(try TableCase.result(hub.zoo(options), "base", "emotion") == 0.5)
        options = ReadingOptions()
        options.by = .checkpoint
        #expect(try hub.zoo(options).models.count == 5)
        #expect(try hub.zoo(options).results.count == 5)
    }

    @Test func aMergeIsItsOwnRow() throws {
        var hub = Hub()
        hub.add("merged", "d", "0.5")
        for parent in ["a", "b"] {
            hub.facts.link("merged", to: parent, relation: .merge, source: "base_model", at: .init(file: hub.file))
        }
        #expect(try hub.zoo().models.map(\.name) == ["merged"])
    }

    @Test func oneMetricStandsForADatasetTheBenchmarksOwnWhereItHasOne() throws {
        var hub = Hub()
        for model in ["a", "b"] {
            hub.add(model, "glue", "0.8", metric: "accuracy", config: "cola")
            hub.add(model, "glue", "0.5", metric: "Matthews Correlation", config: "cola")
            hub.add(model, "glue", "0.3", metric: "loss", config: "cola")
            hub.add(model, "wiki", "2.5", metric: "loss")
            hub.add(model, "squad", "88", metric: "exact_match")
            hub.add(model, "squad", "91", metric: "f1")
        }
        let zoo = try hub.zoo()
        #expect(try TableCase.result(zoo, "a", "glue/cola") == 0.5)
        #expect(try TableCase.result(zoo, "a", "squad") == 91)
        // Nothing but a loss among reports: not a dataset, unless asked for.
        #expect((try? zoo.dataset(named: "wiki")) == nil)
        #expect(TableCase.note(zoo, "nothing but losses")?.count == 2)
        var options = ReadingOptions()
        options.metric = "loss"
        let losses = try hub.zoo(options)
        #expect(try TableCase.result(losses, "a", "wiki") == 2.5)
        #expect(try !TableCase.metric(losses, "wiki").higherIsBetter)
    }

    @Test func aMetricThatHardlyAnyModelHasGivesWayToOneOfTheTaskThatMostHave() throws {
        var hub = Hub()
        for index in 0..<6 { hub.add("m\(index)", "glue", "0.\(index + 1)", metric: "accuracy", config: "cola") }
        hub.add("m0", "glue", "0.5", metric: "matthews_correlation", config: "cola")
        #expect(try hub.zoo().results.count == 6)
    }

    @Test func aliasesAreOneDataset() throws {
        var hub = Hub()
        hub.add("a", "quora", "0.5")
        hub.add("b", "mteb/quora", "0.6")
        hub.facts.alias(.dataset, "mteb/quora", of: "quora")
        let zoo = try hub.zoo()
        #expect(zoo.datasets.map(\.name) == ["quora"])
        #expect(try TableCase.result(zoo, "b", "mteb/quora") == 0.6)
    }

    @Test func aResultOnItsOwnPreTrainingDataIsAFeatureOfAParent() throws {
        var hub = Hub()
        hub.facts.describe(model: "base", "datasets", .set(["imagenet"]), at: .init(file: hub.file))
        hub.add("base", "imagenet", "81.5")
        hub.add("copy", "pets", "0.9")
        hub.facts.link("copy", to: "base", relation: .finetune, source: "base_model", at: .init(file: hub.file))
        let zoo = try hub.zoo()
        #expect(zoo.results.count == 1)
        #expect(zoo.models.first { $0.name == "base" }?.pretrainingAccuracy == 0.815)
        hub.facts.source.holdsOnlyBenchmarks = true
        #expect(try hub.zoo().results.count == 2)
    }

    @Test func whatIsLeftOutIsInTheReportWithItsPlace() throws {
        var hub = Hub()
        hub.add("a", "d", "0.5")
        hub.facts.add(model: "a", dataset: nil, metric: "accuracy", written: "0.9", at: .init(file: hub.file, line: 9))
        hub.facts.note(.leftOut, "cards without front matter", example: "b", at: .init(file: hub.file, line: 3))
        let zoo = try hub.zoo()
        #expect(TableCase.note(zoo, "without a dataset")?.examples == ["cards.md line 9: a 0.9"])
        #expect(TableCase.note(zoo, "without front matter")?.examples == ["cards.md line 3: b"])
        #expect(zoo.reading?.entries.map(\.dataset) == ["d", nil])
    }

    @Test func typedColumnsKeepWhatTheySay() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score,seed\na,d,0.5,1\nb,d,0.7,2\n",
            [
                "models.csv":
                    "model,n_params,license,tags,release,notes,pretrained_on,img_size\na,22.1M,mit,x;y,2024-03-17,,imagenet;coco,224\nb,5000000,NA,x,2023-01-01,,imagenet,\n",
                "datasets.csv": "dataset,n_classes,languages\nd,10,eng;nob\n",
            ])
        #expect(zoo.modelMetadata.value(0, "parameters") == .number(22_100_000))
        #expect(zoo.modelMetadata.value(0, "license") == .category("mit"))
        #expect(zoo.modelMetadata.value(1, "license") == nil)
        #expect(zoo.modelMetadata.value(0, "tags") == .set(["x", "y"]))
        #expect(zoo.modelMetadata.value(1, "tags") == .set(["x"]))
        #expect(zoo.models[0].inputSize == 224)
        #expect(zoo.models[0].pretrainingDatasets.map { zoo.datasets[$0].name } == ["imagenet", "coco"])
        #expect(zoo.models[0].pretrainingDataset == nil && zoo.models[1].pretrainingDataset != nil)
        #expect(try zoo.datasets[zoo.dataset(named: "d")].classes == 10)
        #expect(zoo.resultMetadata?.value(1, "seed") == .number(2))
        // A set of data is an edge to each.
        let edges = ZooGraph(zoo).edges.count { $0.kind == .pretraining }
        #expect(edges == 3)
    }

    @Test func theMetricAboveATableIsItsMetric() throws {
        let zoo = try TableCase.zoo(
            "\"Table 2: Word error rates (%) on the test sets\"\nModel,LibriSpeech,TED-LIUM\na,3.4,4.9\nb,5.0,6.2\nc,4.1,7\n"
        )
        #expect(try TableCase.metric(zoo, "LibriSpeech").higherIsBetter == false)
        #expect(TableCase.note(zoo, "stands above the table") != nil)
        // Two of them say nothing of one table.
        let both = try TableCase.zoo("\"Table 3: accuracy and perplexity\"\nModel,pets,cars\na,3.4,4.9\nb,5.0,6.2\n")
        #expect(try TableCase.metric(both, "pets").name == nil)
    }

    @Test func languageModellingGoesByPerplexity() {
        #expect(MetricKnowledge.preferred(dataset: "wikitext", task: nil).contains("perplexity"))
        let preferred = MetricKnowledge.preferred(dataset: "wikitext/wikitext-103-v1", task: "text-generation")
        let accuracy = preferred.firstIndex(of: "accuracy") ?? 0
        #expect((preferred.firstIndex(of: "perplexity") ?? 99) < accuracy)
    }

    @Test func twoSpellingsOfAScoreAreOneMethod() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\na,d,1\nb,d,2\n",
            ["scores.csv": "model,dataset,method,value\na,d,LogME,0.5\nb,d,logme,0.7\n"])
        #expect(zoo.scores.count == 1)
        #expect(zoo.scores[0].values.count == 2)
        #expect(TableCase.note(zoo, "second spelling")?.examples == ["logme is LogME"])
    }

    @Test func otherNamesOfATableStandForItsRow() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\nrn50,d,1\nb,d,2\nresnet50,e,3\nb,e,1\nshared,e,2\n",
            ["models.csv": "model,aliases\nresnet50,rn50;shared\nb,shared\n"])
        #expect(try TableCase.result(zoo, "resnet50", "d") == 1)
        #expect(zoo.models.map(\.name) == ["resnet50", "b", "shared"])
        #expect(TableCase.note(zoo, "other names that several have")?.count == 1)
    }

    @Test func oneResultAndTheSameResultsAreSaid() throws {
        let zoo = try TableCase.zoo(
            "model,dataset,score\na,d,1\nb,d,2\nc,d,4\na,e,1\nb,e,2\nc,e,4\na,f,3\n")
        #expect(TableCase.note(zoo, "with one result")?.examples == ["f"])
        #expect(TableCase.note(zoo, "all the same as another's")?.examples == ["e and d"])
    }

    @Test func anEmptyCellWasWrittenEmpty() throws {
        let zoo = try TableCase.zoo("model,dataset,score\na,d,1\nb,d,\nc,d,2\n")
        #expect(try #require(zoo.reading).entries.map(\.written) == ["1", "", "2"])
    }
}
