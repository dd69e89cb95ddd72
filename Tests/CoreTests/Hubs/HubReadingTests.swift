import Foundation
import Testing
import TransferGraphCore

/// What hubs' files say in ways that were once misread.
@Suite struct HubReadingTests {
    @Test func aTableOfPapersWithCodeCountsByTheMetricThatItListsFirst() throws {
        let folder = try HubFolder([
            "evaluation-tables.json":
                #"[{"task": "T", "subtasks": [], "datasets": [{"dataset": "D", "sota": {"metrics": ["PSNR", "FLOPS"], "rows": [{"model_name": "A", "metrics": {"FLOPS": "4", "PSNR": "30"}}, {"model_name": "B", "metrics": {"FLOPS": "9", "PSNR": "31"}}]}}]}]"#
        ])
        let zoo = try Zoo.load(path: folder.url.path)
        let used = try #require(zoo.reading).entries.filter { $0.decision.reason.isUsed }
        #expect(used.map(\.metric) == ["PSNR", "PSNR"])
        #expect(used.map(\.value) == [30, 31])
    }

    @Test func aDatasetOfTwoTasksWithMetricsOfTheirOwnIsTwo() throws {
        func task(_ name: String, _ metric: String) -> String {
            #"{"task": "\#(name)", "subtasks": [], "datasets": [{"dataset": "D", "sota": {"metrics": ["\#(metric)"], "rows": [{"model_name": "A", "metrics": {"\#(metric)": "30"}}]}}]}"#
        }
        let folder = try HubFolder(["tables.json": "[\(task("Captions", "BLEU")), \(task("Boxes", "box mAP"))]"])
        let facts = try folder.facts(PapersWithCodeReader())
        #expect(facts.rows.map(\.config) == ["Captions", "Boxes"])
        #expect(facts.count(noted: "datasets that several tasks measure") == 2)
    }

    private func page(_ body: String, loads model: String) -> [String: String] {
        [
            "page.md":
                "---\nlayout: hub_detail\ntitle: Brook\nsummary: x\n---\n```python\ntorch.hub.load('acme/x', '\(model)')\n```\n\n\(body)\n"
        ]
    }

    @Test func aRowIsNotTakenForALongerNameThatHasARowOfItsOwn() throws {
        let table = "ImageNet\n\n| Model | Top-1 error |\n|---|---|\n| brook50 | 24.0 |\n| brook50_ibn_a | 22.5 |"
        let facts = try HubFolder(page(table, loads: "brook50_ibn_a")).facts(PyTorchHubReader())
        #expect(facts.rows.map(\.model) == ["brook50", "brook50_ibn_a"])
        #expect(facts.rows.map(\.value) == [76, 77.5])
        #expect(facts.count(noted: "tables whose dataset is taken from the text") == 1)
    }

    @Test func errorsInFractionsAreNotTakenForPercents() throws {
        let table = "ImageNet\n\n| Model | Top-1 error |\n|---|---|\n| brook18 | 0.25 |\n| brook34 | 0.125 |"
        let facts = try HubFolder(page(table, loads: "brook18")).facts(PyTorchHubReader())
        #expect(facts.rows.map(\.value) == [75, 87.5])
    }

    @Test func whatWasEvaluatedOnIsTheDatasetAndNotWhatWasTrainedOn() throws {
        let body =
            "This model was pre-trained on ImageNet and is here evaluated on Stanford Dogs.\n\n| Model | Top-1 error |\n|---|---|\n| brook18 | 12.5 |"
        let facts = try HubFolder(page(body, loads: "brook18")).facts(PyTorchHubReader())
        #expect(facts.rows.map(\.dataset) == ["Stanford Dogs"])
    }

    @Test func aRowThatIsLongerThanItsHeaderIsLeftOutAndCounted() throws {
        let table = "ImageNet\n\n| Model | Top-1 error |\n|---|---|\n| brook18 | 25 |\n| brook34 | 12 | 5 |"
        let facts = try HubFolder(page(table, loads: "brook18")).facts(PyTorchHubReader())
        #expect(facts.rows.map(\.model) == ["brook18"])
        #expect(facts.count(noted: "rows with more fields") == 1)
        let timm = try HubFolder([
            "results-imagenet.csv":
                "model,img_size,top1,top1_err,top5,top5_err\na,224,80,1,19,9,95,5\nb,224,81.1,18.9,95,5\n"
        ]).facts(TimmReader())
        #expect(Set(timm.rows.map(\.model)) == ["b"])
        #expect(timm.count(noted: "rows with more fields") == 1)
    }

    @Test func speedsAloneAreNoResults() throws {
        let folder = try HubFolder([
            "benchmark-infer.csv": "model,infer_samples_per_sec,infer_step_time\na,1000,10\nb,900,11\n"
        ])
        #expect(throws: ZooError.onlySpeeds(path: folder.url.path)) { try Zoo.load(path: folder.url.path) }
    }

    @Test func aTableOfKerasWhoseTopFivesAreSmallerHoldsErrors() throws {
        let facts = try HubFolder([
            "README.md":
                "| | Input | Top-1 | Top-5 | Size | Stem |\n|---|---|---|---|---|---|\n| BrookNet | 224 | 25.5 | 8.5 | 25.6M | 23.6M |\n"
        ]).facts(KerasReader())
        #expect(facts.rows.map(\.value) == [74.5, 91.5])
    }

    private func card(_ type: String, _ name: String) -> [String: String] {
        [
            "o/m/README.md":
                "---\nmodel-index:\n- name: x\n  results:\n  - dataset: {name: d, type: d}\n    metrics:\n    - {type: \(type), name: \(name), value: 0.5}\n---\n"
        ]
    }

    @Test(arguments: [
        ("custom", "Accuracy", "Accuracy"), ("other", "F1", "F1"), ("accuracy", "Top", "accuracy"),
        ("spearman_cosine", "Spearman Cosine", "cosine_spearman"), ("cosine_ndcg@10", "x", "ndcg_at_10"),
        ("accuracy", "Top-5 Accuracy", "top5_accuracy"), ("accuracy", "Top-1 Accuracy", "accuracy"),
        ("wer", "Test CER", "cer"), ("wer", "Test WER", "wer"), ("cer", "Dev CER (+LM)", "cer"),
        ("precision", "mAP@0.5(box)", "box_map"), ("precision", "mAP@0.5", "map"), ("f1", "Eval F1", "f1"),
        ("f1", "F1 Macro", "f1"), ("acc_norm", "normalized accuracy", "acc_norm"), ("sacrebleu", "Bleu", "sacrebleu"),
        ("rouge", "Rouge1", "rouge1"), ("accuracy", "POS Accuracy", "accuracy"), ("wer", "Error rate", "wer"),
        ("top5_accuracy", "Accuracy", "top5_accuracy"), ("accuracy", "English", "accuracy"),
    ])
    func aMetricIsCalledByWhatSaysMost(_ type: String, _ name: String, _ expected: String) throws {
        let facts = try HubFolder(card(type, name)).facts(HuggingFaceReader())
        #expect(facts.rows.map(\.metric) == [expected])
    }

    private func results(_ dataset: String, _ metrics: String) -> [String: String] {
        [
            "o/m/README.md":
                "---\nmodel-index:\n- name: x\n  results:\n  - dataset: \(dataset)\n    metrics: \(metrics)\n---\n"
        ]
    }

    @Test(arguments: [
        ("{name: n/a, type: imdb}", "imdb", nil), ("{name: GLUE/COLA, type: glue, args: cola}", "glue", "cola"),
        ("{name: WMT14/en-de, type: wmt14, config: de-en}", "wmt14", "de-en"),
        ("{name: squad/v2, type: squad_v2}", "squad_v2", nil), ("{name: train/test, type: emotion}", "emotion", nil),
        ("{name: org/mood, type: glue}", "org/mood", nil), ("{name: GLUE MRPC, type: glue}", "glue", "mrpc"),
        ("{name: GLUE SST-2, type: glue}", "glue", "sst2"), ("{name: GLUE COLA}", "glue", "cola"),
        ("{name: org/birds, type: csv}", "org/birds", nil), ("[{name: Birds, type: birds}]", "birds", nil),
    ])
    func aDatasetIsItsTypeAndItsConfiguration(_ written: String, _ name: String, _ config: String?) throws {
        let facts = try HubFolder(results(written, "[{type: accuracy, value: 0.5}]")).facts(HuggingFaceReader())
        #expect(facts.rows.map(\.dataset) == [name])
        #expect(facts.rows.map(\.config) == [config])
    }

    @Test func averagesOfOneEntryAreApart() throws {
        let metrics = "[{type: f1, name: F1 Macro, value: 0.6}, {type: f1, name: F1 Micro, value: 0.9}]"
        let facts = try HubFolder(results("{type: d}", metrics)).facts(HuggingFaceReader())
        #expect(facts.rows.map(\.metric) == ["f1_macro", "f1_micro"])
    }

    @Test(arguments: [
        ("verified: True", Provenance.Standing.verified), ("verified: yes", .verified), ("verifyToken: abc", .verified),
        ("verified: false, verifyToken: abc", .selfReported), ("verified: no", .selfReported),
    ])
    func whatIsVerifiedIsKnownByWordOrToken(_ word: String, _ standing: Provenance.Standing) throws {
        let metrics = "[{type: accuracy, value: 0.5, \(word)}]"
        let facts = try HubFolder(results("{type: d}", metrics)).facts(HuggingFaceReader())
        #expect(facts.rows.map(\.standing) == [standing])
    }

    @Test(arguments: [
        ("{accuracy: 0.8, f1: 0.7}", [0.8, 0.7] as [Double?]), ("[{accuracy: 0.8}, {f1: 0.7}]", [0.8, 0.7]),
        ("[{types: [accuracy, f1, wer], values: [0.8, 0.7]}]", [0.8, 0.7, nil]),
        ("[{type: [accuracy, f1], value: [0.8, 0.7]}]", [0.8, 0.7]),
    ])
    func severalMetricsOfOneMappingAreAllRead(_ metrics: String, _ values: [Double?]) throws {
        let facts = try HubFolder(results("{type: d}", metrics)).facts(HuggingFaceReader())
        #expect(facts.rows.map(\.metric) == Array(["accuracy", "f1", "wer"].prefix(values.count)))
        #expect(facts.rows.map(\.value) == values)
    }

    @Test func anAddressOfTheHubIsAParent() throws {
        let facts = try HubFolder([
            "o/m/README.md": "---\nbase_model: https://huggingface.co/org/one/\n---\n",
            "o/n/README.md": "---\nbase_model: [org/one, org/one]\n---\n",
        ]).facts(HuggingFaceReader())
        #expect(facts.parents(of: "o/m") == ["org/one": "finetune"])
        #expect(facts.parents(of: "o/n") == ["org/one": "finetune"])
    }

    /// The parents of a model by the text of its card.
    private func parents(_ head: String, _ sentence: String) throws -> [String: String] {
        try HubFolder(["o/m/README.md": "---\n\(head)\n---\n\(sentence).\n"]).facts(HuggingFaceReader())
            .parents(of: "o/m")
    }

    @Test(arguments: [
        "fine-tuned version of [XLS-R](https://huggingface.co/org/one)", "fine tuned version of [org/one](org/one)",
        "finetuned version of **[org/one](https://huggingface.co/org/one)** on X",
        "Fine-Tuned Version of the [org/one](https://huggingface.co/org/one/tree/main) model",
        "fine\u{2011}tuned version of <a href=\"https://huggingface.co/org/one\">One</a>",
        "model finetuned from [org/one](https://huggingface.co/org/one)",
        "fine-tuned version of [https://huggingface.co/org/one](https://huggingface.co/org/one)",
    ])
    func aSentenceNamesTheParentByItsLink(_ sentence: String) throws {
        #expect(try parents("license: mit", "This is a \(sentence)") == ["org/one": "finetune"])
    }

    @Test(arguments: [
        "not a fine-tuned version of [org/one](https://huggingface.co/org/one)",
        "a fine-tuned version of [BERT](https://arxiv.org/abs/1810.04805)",
        "a fine-tuned version of [output/checkpoint-500](https://huggingface.co/output/checkpoint-500)",
        "a fine-tuned version of [./x](https://huggingface.co/./x)",
        "a fine-tuned version of [/content/x](https://huggingface.co//content/x)",
    ])
    func aSentenceThatNamesNoModelGivesNoParent(_ sentence: String) throws {
        #expect(try parents("license: mit", "This is \(sentence)").isEmpty)
    }

    @Test(arguments: [("library_name: peft", "adapter"), ("tags: [lora]", "adapter"), ("tags: [gguf]", "quantized")])
    func aSentencesRelationIsThatOfTheLibraryAndTheTags(_ head: String, _ relation: String) throws {
        let sentence = "A fine-tuned version of [org/one](https://huggingface.co/org/one)"
        #expect(try parents(head, sentence) == ["org/one": relation])
    }

    @Test func cardsAndRepliesOfDatasetsAreNoModels() throws {
        let facts = try HubFolder([
            "o/m/README.md": "---\nlicense: mit\n---\n", "o/d/README.md": "---\npretty_name: D\nconfigs: []\n---\n",
            "dump.jsonl": #"{"id": "glue", "tags": ["task_categories:x"]}"#,
        ]).facts(HuggingFaceReader())
        #expect(facts.describedModels == ["o/m"])
        #expect(facts.count(noted: "cards of data sets") == 2)
    }

    private func result(_ scores: String) -> String { #"{"task_name": "T", "scores": {\#(scores)}}"# }

    @Test func aTaskIsMeasuredOnTheSplitThatItsTableSays() throws {
        let dev = #""dev": [{"main_score": 0.4, "hf_subset": "default"}]"#
        let test = #""test": [{"main_score": 0.7, "hf_subset": "default"}]"#
        let files = [
            "results/o__p/1111111111/T.json": result("\(dev), \(test)"), "results/o__q/1111111111/T.json": result(dev),
            "task-main-score.json": #"{"T": {"main_score": "ndcg_at_10", "eval_splits": ["dev"]}}"#,
        ]
        let folder = try HubFolder(files)
        let zoo = try Zoo.load(path: folder.url.path)
        #expect(zoo.results.count == 2)
        let facts = try folder.facts(MTEBReader())
        #expect(facts.count(noted: "results on further splits of a task") == 1)
    }

    @Test func resultsOnOtherSplitsOrSubsetsThanOthersAreNoted() throws {
        let facts = try HubFolder([
            "results/o__p/1111111111/T.json": result(#""train": [{"main_score": 0.9, "hf_subset": "default"}]"#),
            "results/o__q/1111111111/T.json": result(#""test": [{"main_score": 0.6, "hf_subset": "default"}]"#),
            "results/o__r/1111111111/T.json": result(#""test": [{"main_score": 0.6, "hf_subset": "sw"}]"#),
        ]).facts(MTEBReader())
        #expect(facts.count(noted: "results on the training split") == 1)
        #expect(facts.count(noted: "results on other subsets") == 1)
    }
}
