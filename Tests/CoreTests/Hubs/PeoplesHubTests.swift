import Foundation
import Testing
import TransferGraphCore

/// Folders of hubs as people have them: copied by hand, saved by editors, with other things among them.
struct PeoplesHubTests {
    private func card(
        _ value: String = "0.9", on dataset: String = "pets", split: String? = nil, head: String = "license: mit\n"
    ) -> String {
        let split = split.map { ", split: \($0)" } ?? ""
        return """
            ---
            \(head)model-index:
            - name: x
              results:
              - task: {type: image-classification}
                dataset: {name: \(dataset), type: \(dataset)\(split)}
                metrics: [{type: accuracy, value: \(value)}]
            ---
            # x
            """
    }

    private func load(_ files: [String: String], options: ReadingOptions = ReadingOptions()) throws -> Zoo {
        let hub = try HubFolder(files)
        return try Zoo.load(paths: [hub.url.path], options: options, name: "zoo")
    }

    private func item(_ zoo: Zoo, _ words: String) -> LoadReport.Item? {
        zoo.report.items.first { $0.what.contains(words) }
    }

    // MARK: Splits

    @Test func aDatasetThatModelsAreMeasuredOnByDifferentSplitsIsNamed() throws {
        let zoo = try load([
            "u/a/README.md": card(split: "test"), "u/b/README.md": card(split: "test"),
            "u/c/README.md": card("0.8", split: "train"), "u/d/README.md": card(on: "cars", split: "test"),
            "u/e/README.md": card(on: "cars", split: "test"),
        ])
        let mixed = try #require(item(zoo, "measured on different splits"))
        #expect(mixed.count == 1)
        #expect(mixed.examples == ["pets: test 2, train 1 (u/c)"])
        #expect(zoo.results.count == 5)
    }

    @Test func aTablesSplitsAreLookedAtAsWell() throws {
        let table =
            "model,dataset,split,accuracy\na,pets,test,0.9\nb,pets,validation,0.8\na,cars,test,0.7\nb,cars,test,0.6\n"
        let zoo = try load(["records.csv": table])
        #expect(item(zoo, "measured on different splits")?.examples == ["pets: test 1 (a), validation 1 (b)"])
    }

    @Test func aKeyThatStandsTwiceIsNamed() throws {
        let zoo = try load([
            "u/a/README.md": card("0.9, value: 0.1"), "u/b/README.md": card(head: "license: mit\nlicense: gpl\n"),
            "u/c/README.md": card("0.5"),
        ])
        let note = try #require(item(zoo, "a key stands twice"))
        #expect(note.count == 2 && note.examples.allSatisfy { $0.contains("'value'") || $0.contains("'license'") })
    }

    // MARK: What is a model

    @Test func aTextCalledREADMEIsNoModelByItself() throws {
        let files = [
            "README.md": "# My results",
            "results/org__a/0123456789abcdef/T.json":
                #"{"task_name": "T", "scores": {"test": [{"main_score": 0.5, "hf_subset": "default"}]}}"#,
        ]
        #expect(try load(files).models.map(\.name) == ["org/a"])
        let source = try HubFolder([
            "README.md": "# A program", "package.json": "{}", "src/README.md": "# Its source",
            "docs/index.md": "# Docs",
        ])
        #expect(throws: ZooError.self) { try Zoo.load(path: source.url.path) }
        let site = try HubFolder(["post/README.md": "---\nlayout: page\ntitle: x\n---\n# x"])
        #expect(throws: ZooError.self) { try Zoo.load(path: site.url.path) }
    }

    @Test func cardsOfDataSetsAndSpacesAreNoModels() throws {
        let zoo = try load([
            "u/a/README.md": card(), "u/data/README.md": "---\ntask_categories: [x]\nlicense: mit\n---\n",
            "u/space/README.md": "---\nsdk: gradio\n---\n", "node_modules/lib/README.md": "# lib",
            "u/plain/README.md": "# A card without front matter among others",
        ])
        #expect(zoo.models.map(\.name) == ["u/a", "u/plain"])
    }

    @Test func aCardAtTheRootCountsBesideOthersBelow() throws {
        let hub = try HubFolder(["README.md": card("0.7"), "runs/u/b/README.md": card("0.8")])
        let names = try Zoo.load(path: hub.url.path).models.map(\.name)
        #expect(Set(names) == [hub.url.lastPathComponent, "u/b"])
    }

    @Test func heapsAndSnapshotsAreCalledAsTheirModels() throws {
        let hash = String(repeating: "a", count: 40)
        let zoo = try load(["acme__dog.md": card("0.7"), "acme__dog__6.md": card("0.8")])
        #expect(zoo.models.map(\.name) == ["acme/dog", "acme/dog__6"])
        #expect(try load(["cards/ada__vit/README.md": card()]).models.map(\.name) == ["ada/vit"])
        let hub = try HubFolder([
            "models--acme--cat/refs/main": hash, "models--acme--cat/snapshots/\(hash)/README.md": card(),
        ])
        for part in ["models--acme--cat", "models--acme--cat/snapshots", "models--acme--cat/snapshots/\(hash)", ""] {
            let path = hub.url.appendingPathComponent(part).path
            #expect(try Zoo.load(path: path).models.map(\.name) == ["acme/cat"], "\(part)")
        }
    }

    @Test func oneModelInSeveralPlacesIsReadFromAllAndSaid() throws {
        let hash = String(repeating: "a", count: 40)
        let zoo = try load([
            "acme/dog/README.md": card("0.7", on: "pets"), "cards/acme_dog.md": card("0.8", on: "cars"),
            "models--acme--dog/snapshots/\(hash)/README.md": card("0.9", on: "dtd"),
        ])
        #expect(zoo.models.map(\.name) == ["acme/dog"])
        #expect(zoo.results.count == 3)
        #expect(item(zoo, "lie in several places")?.examples.first?.contains("acme/dog: 3") == true)
    }

    // MARK: What is a dataset

    @Test(arguments: [
        "/content/data", "./data", "data/train.json", "your-dataset", "'{{dataset}}'", "'[More Information Needed]'",
        "private", "image_folder", "unknown",
    ])
    func pathsAndPlaceholdersAreNoDatasets(_ name: String) throws {
        let zoo = try load(["u/a/README.md": card(on: name), "u/b/README.md": card(on: "beans")])
        #expect(zoo.datasets.map(\.name) == ["beans"])
        #expect(item(zoo, "a loader read")?.count == 1)
    }

    @Test func trainingDataAreDatasetsOnlyWhereTheyNameOne() throws {
        let zoo = try load([
            "u/a/README.md": card(
                head: "datasets: [imagefolder, /home/me/data, 'https://huggingface.co/datasets/org/birds', none]\n")
        ])
        #expect(Set(zoo.datasets.map(\.name)) == ["pets", "org/birds"])
        #expect(item(zoo, "training data that names no dataset")?.count == 1)
    }

    @Test func theHubsAddressIsNoPartOfADatasetsName() throws {
        let zoo = try load([
            "u/a/README.md": card(on: "datasets/imdb"), "u/b/README.md": card(on: "imdb"),
            "u/c/README.md": card(on: "datasets/org/birds"), "u/d/README.md": card(on: "datasets/mine/v2/train.csv"),
        ])
        #expect(zoo.datasets.map(\.name) == ["imdb", "org/birds"])
    }

    @Test func oneDatasetUnderTwoOwnersIsJoinedOrReported() throws {
        func glue(_ type: String) -> String {
            card(on: "x").replacing(
                "dataset: {name: x, type: x}", with: "dataset: {name: x, type: \(type), config: mrpc}")
        }
        let zoo = try load([
            "u/a/README.md": glue("glue"), "u/b/README.md": glue("nyu-mll/glue"),
            "u/c/README.md": card(on: "me/tweets"),
            "u/d/README.md": card(on: "tweets"), "u/e/README.md": card(on: "Tweets"),
        ])
        #expect(zoo.datasets.map(\.name) == ["glue/mrpc", "me/tweets", "tweets", "Tweets"])
        let near = try #require(item(zoo, "datasets with nearly equal names"))
        #expect(near.examples == ["tweets, Tweets and me/tweets"])
        var options = ReadingOptions()
        options.mergeNames = .reported
        let joined = try load(
            ["u/c/README.md": card(on: "me/tweets"), "u/d/README.md": card("0.8", on: "tweets")], options: options)
        #expect(joined.datasets.count == 1 && joined.results.count == 2)
    }

    // MARK: Lineage

    @Test func parentsAreFoundInMergesWrappedSentencesAndTheHubsReplies() throws {
        let hub = try HubFolder([
            "u/merge/mergekit_config.yml":
                "slices:\n- sources:\n  - model: org/two+org/lora\n  - model: org/three@main\n  - model: /data/four\n",
            "u/wrapped/README.md":
                "---\nlicense: mit\n---\nThis model is a fine-tuned\nversion of\n[roberta-base](https://huggingface.co/roberta-base) on x.\n",
            "u/link/README.md": "---\nbase_model: '[org/one](https://huggingface.co/org/one)'\n---\n",
            "dump.jsonl":
                #"{"id": "u/reply", "tags": [], "baseModels": {"relation": "quantized", "models": [{"_id": "1", "id": "org/one"}]}}"#
                + "\n{\"_id\": \"65\", \"likes\": 3}\n",
        ])
        let facts = try hub.facts(HuggingFaceReader())
        #expect(facts.parents(of: "u/merge") == ["org/two": "merge", "org/lora": "merge", "org/three": "merge"])
        #expect(facts.parents(of: "u/wrapped") == ["roberta-base": "finetune"])
        #expect(facts.parents(of: "u/link") == ["org/one": "finetune"])
        #expect(facts.parents(of: "u/reply") == ["org/one": "quantized"])
        #expect(facts.count(noted: "entries of a dump that name no model") == 1)
        #expect(facts.places(noted: "entries of a dump") == ["dump.jsonl line 2"])
    }

    // MARK: Marks and line ends

    @Test(arguments: ["\u{FEFF}", "\r\n\r\n", ""])
    func documentsOfTensorFlowHubAreKnownWhateverEditorSavedThem(_ before: String) throws {
        let text = before + "# Module acme/one/1\r\n\r\nx\r\n\r\n<!-- Task: text-embedding -->\r\n"
        let zoo = try load(["1.md": text])
        #expect(zoo.models.map(\.name) == ["acme/one"])
        #expect(zoo.format == "tfhub")
    }

    @Test func aByteOrderMarkBeforeAnyFileOfAHubIsPassedOver() throws {
        let mark = "\u{FEFF}"
        let zoo = try load([
            "u/a/README.md": mark + card(), "u/a/.eval_results/x.yaml": mark + "- dataset: {id: org/b}\n  value: 50\n",
        ])
        #expect(zoo.results.count == 2)
        let tables =
            mark + #"[{"task": "T", "datasets": [{"dataset": "D", "sota": {"metrics": ["Accuracy"], "#
            + #""rows": [{"model_name": "M", "metrics": {"Accuracy": "90"}}]}}]}]"#
        #expect(try load(["evaluation-tables.json": tables]).format == "paperswithcode")
    }

    @Test func tasksOfPapersWithCodeMayLieInAFileEach() throws {
        func task(_ name: String, _ dataset: String) -> String {
            #"{"task": "\#(name)", "categories": [], "datasets": [{"dataset": "\#(dataset)", "sota": {"metrics": "#
                + #"["Accuracy"], "rows": [{"model_name": "M", "metrics": {"Accuracy": "90"}}]}}]}"#
        }
        let zoo = try load(["data/tasks/a.json": task("A", "D1"), "data/tasks/b.json": task("B", "D2")])
        #expect(zoo.datasets.map(\.name) == ["D1", "D2"])
    }

    // MARK: Layouts

    @Test(arguments: [
        #"{"brook50": {"IMAGENET1K_V1": {"num_params": 5, "_metrics": {"ImageNet-1K": {"acc@1": 70.1}}}}}"#,
        #"{"brook50": {"IMAGENET1K_V1": {"url": "u", "meta": {"num_params": 5, "_metrics": {"ImageNet-1K": {"acc@1": 70.1}}}}}}"#,
        #"{"brook50": {"IMAGENET1K_V1": {"url": "u", "num_params": 5, "metrics": {"acc@1": 70.1}}}}"#,
        #"[{"name": "Brook50_Weights.IMAGENET1K_V1", "num_params": 5, "_metrics": {"ImageNet-1K": {"acc@1": 70.1}}}]"#,
        #"{"Brook50_Weights.IMAGENET1K_V1": {"url": "u", "num_params": 5, "_metrics": {"ImageNet-1K": {"acc@1": 70.1}}}}"#,
        #"[{"architecture": "brook50", "weights": "IMAGENET1K_V1", "num_params": 5, "url": "u", "acc@1": 70.1}]"#,
        #"[{"weight": "Brook50_Weights.IMAGENET1K_V1", "num_params": 5, "url": "u", "acc@1": 70.1}]"#,
    ])
    func weightsOfTorchvisionAreReadInAllTheirLayouts(_ text: String) throws {
        let zoo = try load(["tv.json": text])
        #expect(zoo.format == "torchvision")
        #expect(zoo.models.map(\.name) == ["brook50"])
        #expect(zoo.datasets.contains { $0.name == "ImageNet-1K" && $0.metric.name == "acc@1" })
        #expect(zoo.results.values == [70.1])
    }

    /// Nobody named a format: what has torchvision's words and no weights is a table, and told what it lacks as one.
    @Test func aListThatNamesNoWeightsIsATable() throws {
        let list =
            #"[{"net": "a", "url": "u", "num_params": 5, "top1": 70.1}, {"net": "b", "url": "v", "num_params": 6, "top1": 71}]"#
        let error = #expect(throws: ZooError.self) { _ = try load(["tv.json": list]) }
        guard case .table(.content(.missingColumns(let missing, _, let line), _, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(missing == ["model", "dataset"] && line == "model=net,dataset=NAME")
        let names = #expect(throws: ZooError.self) { _ = try load(["tv.json": #"["Brook50_Weights.IMAGENET1K_V1"]"#]) }
        guard case .table(.content(.json(let problem), _, _))? = names else {
            Issue.record("\(String(describing: names))")
            return
        }
        #expect(problem.contains("script/export-zoo torchvision"))
    }

    @Test(arguments: [
        ("results/x/T.json", "x"), ("results/org/x/T.json", "org/x"), ("results/org__x/T.json", "org/x"),
        ("results/x/0123456789abcdef0123456789abcdef01234567/T.json", "x"), ("mteb/T.json", nil),
    ])
    func resultsOfTheBenchmarkMayLieWithoutARevision(_ path: String, _ name: String?) throws {
        let hub = try HubFolder([
            path: #"{"task_name": "T", "scores": {"test": [{"main_score": 0.5, "hf_subset": "default"}]}}"#
        ])
        let zoo = try Zoo.load(path: hub.url.path)
        #expect(zoo.format == "mteb")
        #expect(zoo.models.map(\.name) == [name ?? hub.url.lastPathComponent])
        #expect(zoo.results.values == [0.5])
    }

    @Test func aModelsResultsAloneAreCalledAsWhatDescribesThemSays() throws {
        let zoo = try load([
            "T.json": #"{"task_name": "T", "scores": {"test": [{"main_score": 0.5, "hf_subset": "default"}]}}"#,
            "model_meta.json": #"{"name": "org/x", "n_parameters": 5}"#,
        ])
        #expect(zoo.models.map(\.name) == ["org/x"])
        #expect(zoo.models[0].hasMetadata)
    }

    @Test(arguments: [
        (
            "index.html",
            "<table><tr><th>Model</th><th>Size (MB)</th><th>Top-1 Accuracy</th><th>Top-5 Accuracy</th>"
                + "<th>Parameters</th></tr><tr><td><a href=\"x\">B7</a></td><td>98</td><td>74.9%</td><td>92.1%</td><td>25.6M</td></tr></table>"
        ),
        ("table.tsv", "Model\tSize (MB)\tTop-1 Accuracy\tTop-5 Accuracy\tParameters\nB7\t98\t74.9%\t92.1%\t25.6M\n"),
        ("table.csv", "Model;Size (MB);Top-1 Accuracy;Top-5 Accuracy;Parameters\nB7;98;74.9%;92.1%;25.6M\n"),
    ])
    func kerasTableIsReadFromPagesAndTables(_ file: String, _ text: String) throws {
        let zoo = try load([file: text])
        #expect(zoo.format == "keras")
        #expect(zoo.models.map(\.name) == ["B7"] && zoo.results.values == [74.9])
    }

    @Test func timmsTablesMayHaveSemicolonsAndFractions() throws {
        let header = "model;img_size;top1;top1_err;top5;top5_err;param_count;crop_pct;interpolation\n"
        let zoo = try load([
            "results-imagenet.csv": header + "a;224;80,1;19,9;95;5;5;0,9;x\nb;224;0,7;0,3;0,9;0,1;5;1;x\n"
                + "c;224;75;25;92;8;5;1;x\n"
        ])
        #expect(zoo.format == "timm")
        #expect(zoo.results.values == [80.1, 70, 75])
    }

    /// What the hub says of a model beside its front matter tells the relation.
    @Test func tagsOfTheHubTellTheRelation() throws {
        let folder = try HubFolder([
            "dump.jsonl": """
            {"id": "org/bert", "tags": []}
            {"id": "org/g1", "library_name": "gguf", "tags": ["gguf", "base_model:quantized:org/bert"], "cardData": {"base_model": ["org/bert"]}}
            {"id": "org/g2", "tags": ["gguf"], "cardData": {"base_model": "org/bert"}}
            {"id": "org/g3", "library_name": "peft", "tags": ["base_model:adapter:org/bert"], "cardData": {"base_model": "org/bert"}}
            {"id": "org/g4", "tags": ["gguf"], "cardData": {"base_model": "org/bert", "base_model_relation": "finetune"}}
            {"id": "org/g5", "tags": ["pytorch"], "cardData": {"base_model": "org/bert"}}

            """
        ])
        let facts = try folder.facts(HuggingFaceReader())
        let relations = Dictionary(
            facts.links.map { (facts.names[$0.child], $0.relation) }, uniquingKeysWith: { first, _ in first })
        #expect(
            relations == [
                "org/g1": .quantized, "org/g2": .quantized, "org/g3": .adapter, "org/g4": .finetune,
                "org/g5": .finetune,
            ])
    }

    /// `Test WER` is measured on the test split, whether the card says a split or not.
    @Test func theNameOfAMetricTellsItsSplit() throws {
        func card(_ value: Double, _ split: String) -> String {
            """
            ---
            base_model: facebook/wav2vec2
            model-index:
            - name: x
              results:
              - task: {type: automatic-speech-recognition}
                dataset: {type: common_voice, config: sv\(split)}
                metrics:
                - {type: wer, name: Test WER, value: \(value)}
            ---

            """
        }
        let folder = try HubFolder([
            "a__x/README.md": card(17.1, ""), "b__y/README.md": card(104.2, ", split: test"),
        ])
        let zoo = try Zoo.load(paths: [folder.url.path])
        #expect(zoo.results.count == 1)
        #expect(abs(abs(zoo.results.values[0]) - 60.65) < 1e-9)
    }
}
