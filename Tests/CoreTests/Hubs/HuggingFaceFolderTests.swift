import Foundation
import Testing
import TransferGraphCore

@Suite struct HuggingFaceFolderTests {
    private let card =
        "---\nlicense: mit\nmodel-index:\n- results:\n  - dataset: {type: ducks}\n    metrics: [{type: f1, value: 0.5}]\n---\n"

    @Test func aCacheIsReadByTheRevisionThatItsReferenceNames() throws {
        let old = String(repeating: "0", count: 40)
        let new = String(repeating: "f", count: 40)
        let hub = try HubFolder(
            [
                "models--org--pond/refs/main": old,
                "models--org--pond/blobs/b1": card.replacing("0.5", with: "0.25"),
                "models--org--pond/snapshots/\(new)/README.md": card,
                "models--org--pond/.no_exist/\(old)/adapter_config.json": "",
                "models--plain/snapshots/\(new)/config.json": #"{"model_type": "bert"}"#,
                "models--org--unfinished/blobs/x.incomplete": "", "datasets--glue/refs/main": old, ".locks/x": "",
                "models--org--broken/refs/main": old,
            ],
            links: [
                "models--org--pond/snapshots/\(old)/README.md": "../../blobs/b1",
                "models--org--broken/snapshots/\(old)/README.md": "../../blobs/gone",
            ])
        let facts = try hub.facts(HuggingFaceReader())
        #expect(facts.describedModels == ["org/pond", "plain", "org/broken"])
        #expect(facts.rows.map(\.value) == [0.25])
        #expect(facts.count(noted: "cached models with further revisions") == 1)
        #expect(facts.count(noted: "cached models of which no card") == 1)
        #expect(
            facts.places(noted: "files of models that cannot be read") == [
                "models--org--broken/snapshots/\(old)/README.md"
            ])
    }

    /// A version control without links writes them out as texts.
    @Test func aLinkThatIsWrittenOutAsATextIsFollowed() throws {
        let hash = String(repeating: "ab", count: 20)
        let hub = try HubFolder([
            "models--a--b/refs/main": "r1", "models--a--b/blobs/\(hash)": card,
            "models--a--b/snapshots/r1/README.md": "../../blobs/\(hash)",
        ])
        #expect(try hub.facts(HuggingFaceReader()).rows.map(\.dataset) == ["ducks"])
    }

    @Test func nothingLeadsOutOfThePlace() throws {
        let outside = try HubFolder(["secret.md": card, "org/inner/README.md": card])
        let hub = try HubFolder(
            ["a/one/README.md": card, "models/x/y/config.json": "{}"],
            links: [
                "a/two/README.md": outside.url.appendingPathComponent("secret.md").path,
                "a/three": outside.url.appendingPathComponent("org/inner").path,
                "a/loop": "..",
                "a/four/README.md": "/etc/passwd",
            ])
        let facts = try hub.facts(HuggingFaceReader())
        #expect(Set(facts.rows.map(\.model)) == ["a/one"])
        let refused = facts.leftOut.first { $0.reason.hasPrefix("files of models that cannot be read") }
        #expect(refused?.count == 2)
        #expect(refused?.examples.allSatisfy { $0.text.contains("leads out") } == true)
    }

    @Test(arguments: [
        ("ORG_NAME.md", "ORG/NAME"), ("ORG_NAME_README.md", "ORG/NAME"), ("ORG--NAME.md", "ORG/NAME"),
        ("NAME.md", "NAME"),
        ("a_b_c.md", "a/b_c"), ("_x.md", "_x"), ("tweets_a__b_README.md", "tweets/a__b"), ("a__b_c.md", "a/b_c"),
    ])
    func aHeapsFilesAreNamedByTheirFirstUnderscore(_ file: String, _ name: String) {
        #expect(HuggingFaceFolders.heapName(file) == name)
    }

    @Test func foldersAreNamedByOwnerAndModelWhereverTheyLie() throws {
        let hub = try HubFolder([
            "cards/org/one/README.md": card, "cards/plain/README.md": card, "cards/org/README.md": "# Us",
            "cloned/lab/two/config.json": "{}", "cloned/lab/two/1_Pooling/config.json": "{}",
            "cloned/lab/two/.cache/huggingface/x/README.md": card,
        ])
        #expect((try hub.facts(HuggingFaceReader())).describedModels == ["org/one", "plain", "lab/two"])
        #expect((try hub.facts(HuggingFaceReader(), in: "cards")).describedModels == ["org/one", "plain"])
    }

    /// What lies in a model's subfolders belongs to it, whatever texts are there.
    @Test(arguments: [
        ("onnx/README.md", "ONNX files", 0), ("images/README.md", "---\nlicense: mit\n---\n", 1),
        ("checkpoint-500/README.md", "---\nbase_model: a/b\n---\n", 1),
        ("Q4/README.md", "---\nlicense: mit\n---\n", 1),
    ])
    func aModelWithATextInASubfolderIsReadWithItsResults(_ file: String, _ text: String, _ count: Int) throws {
        let hub = try HubFolder(["o/m/README.md": card, "o/m/\(file)": text, "o/n/README.md": card])
        let facts = try hub.facts(HuggingFaceReader())
        #expect(facts.rows.map(\.model) == ["o/m", "o/n"])
        #expect(facts.describedModels == ["o/m", "o/n"])
        #expect(facts.count(noted: "cards in a model's subfolders") == count)
        let alone = try hub.facts(HuggingFaceReader(), in: "o/m")
        #expect(alone.rows.map(\.model) == ["m"])
    }

    @Test func weightsMakeAModelOfAFolderWhoseSubfoldersHaveCards() throws {
        let hub = try HubFolder([
            "o/q/README.md": "---\nlicense: mit\n---\n", "o/q/m.gguf": "x",
            "o/q/Q4/README.md": "---\nlicense: mit\n---\n", "o/p/adapter_config.json": "{}",
            "o/p/checkpoint-5/README.md": card, "o/p/checkpoint-5/adapter_config.json": "{}",
        ])
        let facts = try hub.facts(HuggingFaceReader())
        #expect(facts.describedModels == ["o/q", "o/p"])
        #expect(facts.count(noted: "cards in a model's subfolders") == 2)
    }

    @Test func checkpointsAndPartsOfANeighbourTakeNoOwnerAway() throws {
        let config = #"{"model_type": "bert"}"#
        let run = try HubFolder([
            "o/run/checkpoint-500/README.md": card, "o/run/checkpoint-500/config.json": config,
            "o/other/README.md": card,
        ])
        #expect((try run.facts(HuggingFaceReader())).describedModels == ["o/run", "o/other"])
        let pipelines = try HubFolder([
            "o/sd/model_index.json": #"{"_class_name": "X"}"#, "o/sd/unet/config.json": config,
            "o/sd/vae/config.json": config, "o/parts/unet/config.json": config, "o/m/README.md": card,
        ])
        #expect((try pipelines.facts(HuggingFaceReader())).describedModels == ["o/sd", "o/parts", "o/m"])
    }

    @Test func oneOfTheHubsRepliesIsReadALineOrAsAList() throws {
        let lines = #"""
            {"modelId": "a/one", "tags": ["dataset:glue", "license:mit", "base_model:adapter:b/two", "base_model:b/two"], "safetensors": {"total": 5000}}
            {"id": "a/three", "tags": [], "cardData": {"datasets": ["no"], "base_model": ["a", "b"]}, "model-index": [{"results": [{"dataset": {"type": "x"}, "metrics": [{"type": "f1", "value": 1}]}]}]}
            {"id": broken
            """#
        let hub = try HubFolder(["dump.jsonl": lines])
        let facts = try hub.facts(HuggingFaceReader())
        #expect(facts.describedModels == ["a/one", "a/three"])
        #expect(facts.parents(of: "a/one") == ["b/two": "adapter"])
        #expect(facts.parents(of: "a/three") == ["a": "merge", "b": "merge"])
        #expect(facts.rows.map(\.line) == [2])
        #expect(facts.places(noted: "models of a dump") == ["dump.jsonl line 3"])
        let list = try HubFolder(["list.json": #"[{"id": "a/b", "tags": ["x"]}, {"id": "a/c", "tags": []}]"#])
        #expect((try list.facts(HuggingFaceReader())).describedModels == ["a/b", "a/c"])
    }
}

@Suite struct ModelIndexTests {
    /// Twelve datasets of one repository, told apart by their titles only, are twelve; a title that only says more of the
    /// same is none of its own.
    @Test func datasetsOfOneIdentityAreToldApartByTheirTitles() throws {
        func result(_ type: String, _ name: String, _ value: String) -> String {
            "  - dataset: {type: \(type), name: \(name), config: default, split: test}\n    metrics: [{type: main_score, value: \(value)}]\n"
        }
        let card =
            "---\nmodel-index:\n- results:\n" + result("mteb/sib200", "MTEB SIB200Classification", "71.5")
            + result("mteb/sib200", "MTEB SIB200ClusteringS2S", "34.25")
            + result("common_voice_8", "Common Voice 8", "3")
            + result("common_voice_8", "Common Voice 8 pt", "4") + "---\n"
        let hub = try HubFolder(["a/m/README.md": card])
        let zoo = try Zoo.load(paths: [hub.url.path])
        #expect(
            Set(zoo.datasets.map(\.name)) == [
                "mteb/sib200/MTEB SIB200Classification", "mteb/sib200/MTEB SIB200ClusteringS2S",
                "common_voice_8/default",
            ])
    }

    /// FORMATS.md, rule S: an entry with any value above 1 is in percent as a whole.
    @Test func aPercentBelowOneIsKnownByItsNeighbour() throws {
        let hub = try HubFolder([
            "a/one/README.md":
                "---\nmodel-index:\n- results:\n  - dataset: {type: cv}\n    metrics: [{type: cer, value: 0.88}, {type: wer, value: 4.09}]\n---\n",
            "a/two/README.md":
                "---\nmodel-index:\n- results:\n  - dataset: {type: cv}\n    metrics: [{type: cer, value: 0.02}]\n---\n",
        ])
        var options = ReadingOptions()
        options.metric = "cer"
        let zoo = try Zoo.load(paths: [hub.url.path], options: options)
        let values = try ["a/one", "a/two"].map { zoo.result(try zoo.model(named: $0), on: 0) ?? .nan }
        // Both on one scale: 0.88 % and 2 %.
        #expect(abs(values[0] / values[1] - 0.44) < 1e-12)
        #expect(!zoo.datasets[0].metric.higherIsBetter)
    }

    @Test func aLoaderIsNoDataset() throws {
        let hub = try HubFolder([
            "a/one/README.md":
                "---\nmodel-index:\n- results:\n  - dataset: {type: imagefolder, name: imagefolder}\n    metrics: [{type: accuracy, value: 0.9}]\n---\n"
        ])
        let zoo = try Zoo.load(paths: [hub.url.path])
        #expect(zoo.datasets.isEmpty && zoo.results.count == 0)
        #expect(zoo.report.items.contains { $0.what.contains("a loader read") && $0.count == 1 })
    }
}
