import Foundation
import Testing
import TransferGraphCore

/// The totals that other people's parsers gave for the snapshots in `../shared/zoos/hubs` (`EXPECTED.json`).
@Suite(.enabled(if: SharedFiles.areThere, "Skipped: the snapshots of hubs (../shared/zoos/hubs) are not here."))
struct HubTotalsTests {
    private func usable(_ facts: Facts) -> [Facts.Row] { facts.rows.filter { $0.value != nil } }

    private func cells(_ rows: [Facts.Row]) -> Int {
        Set(rows.map { [$0.model, $0.dataset ?? "", $0.config ?? ""] }).count
    }

    private struct Expected {
        let totals: [String: Any]

        init() throws {
            let data = try Data(contentsOf: URL(fileURLWithPath: SharedFiles.path("zoos/hubs/EXPECTED.json")))
            let root = try JSONSerialization.jsonObject(with: data) as? [String: Any]
            totals = root?["totals"] as? [String: Any] ?? [:]
        }

        func number(_ path: String...) throws -> Int {
            var here: Any = totals
            for key in path { here = try #require((here as? [String: Any])?[key], "\(path)") }
            return try #require(here as? Int)
        }
    }

    @Test func huggingFaceCardsLoseNoResult() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "huggingface/cards", HuggingFaceReader())
        let rows = facts.rows
        // Two cards that PyYAML stops at for a tab have five entries: libyaml reads them.
        let read = ["NbAiLab/whisper-large-v2-nob", "user-271/LayoutLMv3-Fine-Tuning-FUNSD"]
        let further = rows.filter { read.contains($0.model) }
        #expect(further.count == 5 && further.allSatisfy { $0.value != nil && $0.dataset != nil })
        func count(_ name: String) throws -> Int { try expected.number("huggingface", "cards", "counts", name) }
        #expect(try rows.count == count("metric entries") + 5)
        #expect(try usable(facts).count == count("metric entries usable") + 5)
        #expect(try usable(facts).count { $0.dataset != nil } == count("metric entries usable, dataset named") + 5)
        let models = facts.describedModels
        #expect(try models.count == count("models"))
        let named = usable(facts).filter { $0.dataset != nil }
        #expect(
            try Set(named.map(\.model)).count == expected.number(
                "huggingface", "cards", "models_with_a_usable_named_result") + 2)
        #expect(facts.count(noted: "cards without front matter") == 3)
    }

    /// 1,180 datasets and 1,509 cells by type and configuration. More come from two cards that PyYAML stops at, and where one
    /// type and configuration holds many datasets that are told apart by their names only.
    @Test func huggingFaceCardsHaveTheDatasetsAndCellsThatAreExpected() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "huggingface/cards", HuggingFaceReader())
        let named = usable(facts).filter { $0.dataset != nil }
        let stopped = ["NbAiLab/whisper-large-v2-nob", "user-271/LayoutLMv3-Fine-Tuning-FUNSD"]
        #expect(Set(named.filter { stopped.contains($0.model) }.map(\.model)).count == 2)
        // The configurations of datasets that are told apart by their names, which stand in the configuration's place.
        let shared = [
            "BeIR/cqadupstack": "default", "mteb/bucc-bitext-mining": "ru-en", "mteb/sts22-crosslingual-sts": "ru",
            "reciTAL/mlsum": "ru", "ai-forever/ru-scibench-grnti-classification": "default",
            "ai-forever/ru-scibench-oecd-classification": "default", "mteb/sib200": "rus_Cyrl",
            "mozilla-foundation/common_voice_8_0": "ja",
        ]
        let titled = named.filter { row in
            shared[row.dataset ?? ""] != nil
                && (row.config?.hasPrefix("MTEB ") == true || row.config == "Common Voice 7.0")
        }
        #expect(Set(titled.map { [$0.dataset ?? "", $0.config ?? ""] }).count == 28)
        let ours = named.filter { !stopped.contains($0.model) }.map { row in
            var row = row
            if titled.contains(row) { row.config = shared[row.dataset ?? ""] }
            return row
        }
        func datasets(_ rows: [Facts.Row]) -> Int { Set(rows.map { [$0.dataset ?? "", $0.config ?? ""] }).count }
        // One less: `args: 'config: hi, split: test'` of three cards is the configuration hi, which others have too.
        #expect(ours.contains { $0.model == "user-067/whisper-small-hi" && $0.config == "hi" && $0.split == "test" })
        #expect(try datasets(ours) == expected.number("huggingface", "cards", "datasets_type_config") - 1)
        #expect(try cells(ours) == expected.number("huggingface", "cards", "cells_model_dataset"))
    }

    @Test func huggingFaceLineageIsThatOfTheRules() throws {
        let facts = try HubFacts.read(shared: "huggingface/cards", HuggingFaceReader())
        #expect(facts.edges["adapter via base_model"] == 2)
        #expect(facts.edges["finetune via base_model"] == 22)
        #expect(facts.edges["merge via base_model"] == 29)
        // One of the 230 sentences names the model itself (user-018/firstcolab), which is no parent.
        #expect(facts.edges["finetune via body"] == 229)
        #expect(facts.parents(of: "user-018/firstcolab").isEmpty)
    }

    @Test func theCacheAndTheClonesAreReadWhole() throws {
        let expected = try Expected()
        for (part, folder) in [("hub-cache", "huggingface/hub-cache"), ("cloned", "huggingface/cloned")] {
            let facts = try HubFacts.read(shared: folder, HuggingFaceReader())
            let list = facts.rows.filter { !$0.file.contains(".eval_results") }
            #expect(try list.count == expected.number("huggingface", part, "counts", "metric entries"))
            #expect(
                try list.count { $0.value != nil }
                    == expected.number("huggingface", part, "counts", "metric entries usable"))
            let named = usable(facts).filter { $0.dataset != nil }
            #expect(
                try Set(named.map(\.model)).count
                    == expected.number("huggingface", part, "models_with_a_usable_named_result"))
            let models = facts.describedModels
            #expect(try models.count == expected.number("huggingface", part, "counts", "models"))
            #expect(try facts.links.count == expected.number("huggingface", part, "edges_total"))
        }
        let clones = try HubFacts.read(shared: "huggingface/cloned", HuggingFaceReader())
        #expect(clones.rows.count { $0.file.contains(".eval_results") } == 1)
        #expect(clones.count(noted: "models without a card") == 2)
    }

    @Test func tensorFlowHubsDocumentsAreAllUnderstood() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "tfhub.dev", TFHubReader())
        let kinds = facts.models(with: "kind")
        let older = facts.count(noted: "older versions")
        #expect(try kinds.count + older == expected.number("tfhub", "counts", "documents that are a model"))
        #expect(facts.count(noted: "texts that are no document") == 0)
        #expect(try facts.links.count == expected.number("tfhub", "parent_edges"))
        #expect(facts.rows.isEmpty)
        let names = Set(kinds.map { $0.split(separator: " ")[0] })
        #expect(try names.count == expected.number("tfhub", "distinct_without_version"))
    }

    @Test func pytorchHubsPagesGiveWhatTheyLoad() throws {
        let expected = try Expected()
        let folder = SharedFiles.path("zoos/hubs/data/pytorch-hub")
        var entries: Set<[String]> = []
        let front = try #require(try Array("{}".utf8).withUnsafeBufferPointer { try YAMLReader.read($0) }.root)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".md") {
            let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8).replacing("\r\n", with: "\n")
            for entry in PyTorchHubPage(front: front, text: text).entries {
                entries.insert([entry.repository, entry.name])
            }
        }
        #expect(try entries.count == expected.number("pytorch_hub", "distinct_repo_and_entrypoint"))
        let facts = try HubFacts.read(shared: "pytorch-hub", PyTorchHubReader())
        #expect(facts.count(noted: "texts that are no page") == 1)
        #expect(facts.rows.allSatisfy { $0.value != nil && $0.dataset != nil })
    }

    @Test func torchvisionsWeightsAreReadInSpiteOfTheirNaN() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "torchvision", TorchvisionReader())
        // A second file of three architectures repeats some.
        let rows = facts.rows.filter { $0.file == "torchvision-weights.json" }
        #expect(try rows.count { $0.value != nil } == expected.number("torchvision", "results_with_a_usable_metric"))
        #expect(rows.count { $0.value == nil && $0.written == "NaN" } == 2)
        #expect(try cells(rows) == expected.number("torchvision", "cells_weight_dataset"))
        #expect(try Set(rows.compactMap(\.dataset)).count == expected.number("torchvision", "datasets"))
        #expect(try facts.links.count == expected.number("torchvision", "unquantized_edges"))
        let lower = (0..<facts.measurements.count).filter { row in
            facts.measurements.directions[row] == false && facts.rows[row].file == "torchvision-weights.json"
        }
        #expect(try lower.count == expected.number("torchvision", "lower_is_better"))
        let models = facts.describedModels
        #expect(try models.count == expected.number("torchvision", "weights"))
    }

    @Test func timmsTablesAreReadRowByRow() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "timm", TimmReader())
        let rows = facts.rows
        #expect(try rows.count { $0.metric == "top1" && $0.value != nil } == expected.number("timm", "rows_with_top1"))
        #expect(try Set(rows.map(\.model)).count == expected.number("timm", "models"))
        #expect(try Set(rows.compactMap(\.dataset)).count == expected.number("timm", "datasets"))
        #expect(try Set(rows.map { TimmName($0.model).architecture }).count == expected.number("timm", "architectures"))
        #expect(facts.count(noted: "metadata of names") == 521)
    }

    @Test func theBenchmarksResultsAreReadOldAndNew() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "mteb", MTEBReader())
        let rows = facts.rows
        // Four reranking files say no more than `map`, which is taken with a note.
        let map = facts.leftOut.first { $0.reason.hasPrefix("results of before version") }
        #expect(map?.count == 36)
        // The mean of a task's subsets is a row of its own.
        let means = rows.count { $0.written?.hasPrefix("mean of") == true }
        #expect(means > 0)
        #expect(try rows.count { $0.value != nil } - means == expected.number("mteb", "results_with_main_score") + 4)
        #expect(try Set(rows.map(\.model)).count == expected.number("mteb", "models"))
        #expect(try Set(rows.compactMap(\.dataset)).count == expected.number("mteb", "tasks"))
        let cells = Set(rows.filter { $0.value != nil }.map { [$0.model, $0.dataset ?? ""] }).count
        #expect(try cells == expected.number("mteb", "cells_model_task") + 4)
        // One of the nineteen is a path.
        #expect(
            try facts.links.count + facts.count(noted: "parents that are a path")
                == (expected.number("mteb", "adapted_from_edges")))
        #expect(facts.count(noted: "folders below a revision") == 1)
    }

    @Test func kerasTablesAreReadCurrentAndOlder() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "keras/keras-applications.csv", KerasReader())
        let rows = facts.rows
        #expect(
            try rows.count { $0.metric == "Top-1 Accuracy" && $0.value != nil }
                == expected.number("keras", "results_top1"))
        #expect(
            try rows.count { $0.metric == "Top-5 Accuracy" && $0.value != nil }
                == expected.number("keras", "results_top5"))
        #expect(try rows.count { $0.value == nil } == expected.number("keras", "missing_top5"))
        let older = try HubFacts.read(shared: "keras/keras-applications-README.md", KerasReader())
        #expect(try Set(older.rows.map(\.model)).count == expected.number("keras", "older_readme_rows"))
    }

    @Test func papersWithCodesTablesLoseNoValue() throws {
        let expected = try Expected()
        let facts = try HubFacts.read(shared: "paperswithcode", PapersWithCodeReader())
        // Twelve values more than the count's parser takes stand in bold, **70.3**, or have a mark behind them, 28.5*.
        let usable = facts.rows.filter { $0.value != nil }
        let marked = usable.count { $0.written?.hasSuffix("*") == true }
        #expect(marked == 12)
        #expect(try usable.count - marked == expected.number("paperswithcode", "counts", "usable"))
    }
}
