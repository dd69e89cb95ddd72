import Foundation
import Testing
import TransferGraphCore

/// Damaged copies of a hub: every reader gives facts or an error, and neither crashes nor hangs.
///
/// `TRANSFERGRAPH_FUZZ_SECONDS` is shared by the readers up to a minute; above, each of them has it for itself.
@Suite struct HubFuzzTests {
    private static let seconds: Double = {
        let whole = ProcessInfo.processInfo.environment["TRANSFERGRAPH_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2
        return whole > 60 ? whole : whole / Double(readers.count)
    }()

    private static let readers: [any ZooReader] = [
        HuggingFaceReader(), MTEBReader(), TimmReader(), TorchvisionReader(), TFHubReader(), PyTorchHubReader(),
        KerasReader(),
        PapersWithCodeReader(), ModelLensReader(),
    ]

    @Test(arguments: readers.indices) func aReaderSurvivesDamagedFiles(_ index: Int) throws {
        let reader = Self.readers[index]
        let seeds = HubSeeds.files(of: reader.format)
        let deadline = Date.now + Self.seconds
        var seed: UInt64 = 1
        while Date.now < deadline {
            var damage = Damage(seed: seed)
            let folder = try HubFolder()
            for (path, data) in seeds.prefix(1 + damage.below(seeds.count)) {
                var data = damage.damaged(data, others: seeds.map(\.data))
                // Packed, and damaged once more.
                if damage.below(8) == 0 {
                    data = Compression.zstd(data)
                    if damage.below(2) == 0 { data = damage.damaged(data, others: [data]) }
                }
                try folder.write(data, to: path)
            }
            let began = ContinuousClock.now
            if let place = ReadingPlace(folder.url.path) { _ = reader.recognises(place) }
            if let facts = try? folder.facts(reader) { _ = try? ZooChoice(facts).zoo(name: "damaged", source: "") }
            let took = ContinuousClock.now - began
            #expect(took < .seconds(5), "seed \(seed) took \(took)")
            seed += 1
        }
        #expect(seed > 1)
    }

    /// Files of several hubs and a table in one folder: what joins them is under test as well.
    @Test func aFolderOfSeveralFormatsSurvivesDamagedFiles() throws {
        let all = Self.readers.map { HubSeeds.files(of: $0.format) }
        let table = Data("model,dataset,accuracy\nvgg19,pets,0.9\norg/a,pets,91\n".utf8)
        let deadline = Date.now + Self.seconds
        var seed: UInt64 = 1
        while Date.now < deadline {
            var damage = Damage(seed: seed)
            let folder = try HubFolder()
            for seeds in [all[damage.below(all.count)], all[damage.below(all.count)]] {
                for (path, data) in seeds {
                    try folder.write(damage.damaged(data, others: seeds.map(\.data)), to: path)
                }
            }
            if damage.below(2) == 0 { try folder.write(damage.damaged(table, others: [table]), to: "results.csv") }
            let began = ContinuousClock.now
            _ = try? Zoo.load(path: folder.url.path)
            let took = ContinuousClock.now - began
            #expect(took < .seconds(5), "seed \(seed) took \(took)")
            seed += 1
        }
        #expect(seed > 1)
    }
}

/// Cuts, flips and splices bytes, the same for one seed.
struct Damage {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return limit > 0 ? Int(state % UInt64(limit)) : 0
    }

    mutating func damaged(_ data: Data, others: [Data]) -> Data {
        var bytes = [UInt8](data)
        for _ in 0...below(3) {
            switch below(6) {
            case 0: bytes = Array(bytes.prefix(below(bytes.count + 1)))
            case 1:
                for _ in 0...below(8) where !bytes.isEmpty { bytes[below(bytes.count)] ^= 1 << UInt8(below(8)) }
            case 2:
                let other = others[below(others.count)]
                let start = below(other.count)
                let piece = other.dropFirst(start).prefix(below(400))
                bytes.insert(contentsOf: piece, at: below(bytes.count + 1))
            case 3:
                let tokens = [
                    "{", "[", "- ", "\n", "&a ", "*a", "\0", "\"", "NaN", "---\n", "|", "\u{FFFD}", "\t", ": ", "<!--",
                ]
                bytes.insert(contentsOf: Array(tokens[below(tokens.count)].utf8), at: below(bytes.count + 1))
            case 4:
                let start = below(bytes.count)
                bytes.removeSubrange(start..<min(bytes.count, start + below(60)))
            default: break
            }
        }
        return Data(bytes)
    }
}

/// Files to damage: a few of each format, made for it, and where the snapshots are here some of the real ones.
enum HubSeeds {
    static func files(of format: ZooFormat) -> [(path: String, data: Data)] {
        made(format).map { ($0, Data($1.utf8)) } + real(format)
    }

    private static func real(_ format: ZooFormat) -> [(String, Data)] {
        let folders: [ZooFormat: [String]] = [
            .huggingface: [
                "huggingface/cards/user-108/wav2vec2-large-xlsr-53-french_punctuation/README.md",
                "huggingface/cards/FinanceInc/auditor_sentiment_finetuned/README.md",
            ],
            .torchvision: ["torchvision/torchvision-defaults.json"],
            .keras: ["keras/index.md", "keras/keras-applications-README.md"],
            .pytorchHub: ["pytorch-hub/pytorch_vision_resnet.md", "pytorch-hub/ultralytics_yolov5.md"],
            .tfhub: ["tfhub.dev/assets/docs/google/models/albert_base/1.md"],
        ]
        return (folders[format] ?? []).compactMap { path in
            let url = URL(fileURLWithPath: SharedFiles.path("zoos/hubs/data/" + path))
            return (try? Data(contentsOf: url)).map { ("real/" + path, $0) }
        }
    }

    private static func made(_ format: ZooFormat) -> [(String, String)] {
        switch format {
        case .huggingface:
            return [
                ("a/one/README.md", card),
                ("a/one/config.json", #"{"architectures": ["X"], "image_size": [224, 224]}"#),
                ("a/one/.eval_results/x.yaml", "- dataset: {id: a/b, task_id: c}\n  value: 0.4\n"),
                ("a/two/adapter_config.json", #"{"base_model_name_or_path": "a/one"}"#),
                ("models--b--c/snapshots/0123/README.md", card), ("models--b--c/refs/main", "0123"),
                ("heap/b_d.md", card),
                ("dump.jsonl", #"{"modelId": "x/y", "tags": ["license:mit"], "cardData": {"language": "no"}}"#),
                ("e/f/mergekit_config.yml", "models:\n- model: a/one\n- model: {path: a/two}\nmerge_method: linear\n"),
            ]
        case .mteb:
            return [
                (
                    "results/a__m/0123456789/STS12.json",
                    #"{"task_name": "STS12", "mteb_version": "1.20.0", "scores": {"test": [{"main_score": 0.3, "hf_subset": "en"}, {"main_score": NaN, "hf_subset": "de"}]}}"#
                ),
                (
                    "results/a__m/0123456789/BUCC.json",
                    #"{"mteb_dataset_name": "BUCC", "test": {"de-en": {"f1": 0.5, "precision": 0.4, "recall": 0.5}}}"#
                ),
                (
                    "results/a__m/external/model_meta.json",
                    #"{"n_parameters": 5, "training_datasets": {"A": ["train"]}}"#
                ),
                ("task-main-score.json", #"{"STS12": {"main_score": "cosine_spearman", "type": "STS"}}"#),
            ]
        case .timm:
            return [
                (
                    "results-imagenet.csv",
                    "model,img_size,top1,top1_err,top5,top5_err,param_count\na_b.in1k,224,77.1,22.9,93.2,6.8,\"1,014.45\"\n"
                ),
                ("benchmark-infer.csv", "model,infer_samples_per_sec\na_b,1.5\n"),
                ("model_metadata-in1k.csv", "model,pretrain\na_b,in1k\n"),
            ]
        case .torchvision:
            return [
                (
                    "w.json",
                    #"{"a": {"V1": {"url": "x", "num_params": 5, "_metrics": {"D": {"acc@1": NaN, "fl_all": 3.5}}, "unquantized": "A_Weights.V1"}}}"#
                )
            ]
        case .tfhub:
            return [
                (
                    "d/1.md",
                    "# Module a/b/1\nText, 224 x 224 pixels.\n\n<!-- dataset: x -->\n<!-- parent-model: a/c/2 -->\n"
                )
            ]
        case .pytorchHub:
            return [
                (
                    "p.md",
                    "---\nlayout: hub_detail\ntitle: B\ntags: [vision]\n---\n```python\nm = torch.hub.load('a/b:v1', 'brook1')\n```\nOn ImageNet:\n\n| M | Top-1 error |\n|---|---|\n| brook1 | 30.98 |\n"
                )
            ]
        case .keras:
            return [("k.csv", "Model,Size (MB),Top-1 Accuracy,Top-5 Accuracy,Parameters,Depth\nA,5,79.0%,-,22.9M,3\n")]
        case .modellens:
            return [
                (
                    "data.csv",
                    "task,dataset,model,metric,value,dataset_desp\nqa,d1,a/m,f1,0.5,\"a \"\"b\"\", c\"\nqa,d1,a/n,em,12%,x\n"
                ), ("model_profile.json", #"{"a/m": {"size": 0.5, "family": "bert"}}"#),
                ("model2family.json", #"{"a/n": "t5"}"#),
                ("model_popularity.json", #"[{"model": "a/m", "downloads": 5}]"#),
            ]
        default:
            return [
                (
                    "t.json",
                    #"[{"task": "T", "datasets": [{"dataset": "D", "sota": {"rows": [{"model_name": "M", "metrics": {"Acc": "0.8 ± 0.1"}}]}, "subdatasets": []}], "subtasks": []}]"#
                )
            ]
        }
    }

    private static let card = """
        ---
        language: no
        license: mit
        base_model: &b a/base
        model-index:
        - name: x
          results:
          - task: {type: text-classification}
            dataset: {type: glue, args: cola, name: GLUE COLA}
            metrics:
            - {type: accuracy, value: 0.9, verified: true}
            - {types: [f1, wer], values: [19%, '0,5']}
        ---
        This model is a fine-tuned version of [a/b](https://example.org/a/b) on it.
        """
}
