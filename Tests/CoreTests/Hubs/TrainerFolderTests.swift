import Testing
import TransferGraphCore

/// Folders of runs as the trainers of transformers leave them.
struct TrainerFolderTests {
    private func results(_ accuracy: Double) -> String {
        #"{"epoch": 3.0, "eval_accuracy": \#(accuracy), "eval_loss": 0.5, "eval_runtime": 3.2, "train_loss": 0.1}"#
    }

    private func config(_ parent: String, _ task: String? = nil) -> String {
        #"{"_name_or_path": "\#(parent)", "architectures": ["BertFor"], "model_type": "bert"\#(task.map { #", "finetuning_task": "\#($0)""# } ?? "")}"#
    }

    private func card(_ parent: String, _ dataset: String, _ results: String = "[]") -> String {
        """
        ---
        license: apache-2.0
        base_model: \(parent)
        tags:
        - generated_from_trainer
        model-index:
        - name: x
          results: \(results)
        ---
        # x

        This model is a fine-tuned version of [\(parent)](https://huggingface.co/\(parent)) on \(dataset).
        """
    }

    private func load(_ files: [String: String]) throws -> Zoo {
        let folder = try HubFolder(files)
        return try Zoo.load(paths: [folder.url.path], name: "zoo")
    }

    /// Each of the words on the dataset is understood, and the result is the parent's.
    @Test func resultsBesideAModelAreItsParents() throws {
        let zoo = try load([
            "out/a/config.json": config("bert-base", "mrpc"), "out/a/all_results.json": results(0.8),
            "out/a/trainer_state.json": #"{"log_history": [{"eval_accuracy": 0.1}]}"#,
            "out/b/config.json": "{}", "out/b/README.md": card("bert-base", "the emotion dataset"),
            "out/b/eval_results.json": results(0.7),
            "out/gpt-finetuned-mrpc/config.json": #"{"model_type": "gpt"}"#,
            "out/gpt-finetuned-mrpc/all_results.json": results(0.6),
            "bert-base/cola/config.json": config("bert-base"), "bert-base/cola/all_results.json": results(0.5),
        ])
        #expect(Set(zoo.models.map(\.name)) == ["bert-base", "gpt"])
        #expect(Set(zoo.datasets.map(\.name)) == ["mrpc", "emotion", "cola"])
        #expect(try TableCase.result(zoo, "bert-base", "mrpc") == 0.8)
        #expect(try TableCase.result(zoo, "bert-base", "emotion") == 0.7)
        #expect(try TableCase.result(zoo, "gpt", "mrpc") == 0.6)
        #expect(try TableCase.result(zoo, "bert-base", "cola") == 0.5)
        #expect(try TableCase.metric(zoo, "mrpc").name == "accuracy")
        #expect(TableCase.note(zoo, "results that trainers wrote beside a model")?.count == 4)
    }

    /// Scripts of language models write the perplexity without a prefix.
    @Test func perplexityIsALanguageModelsResult() throws {
        let zoo = try load([
            "gpt2/wikitext/all_results.json": #"{"epoch": 3.0, "eval_loss": 2.95, "perplexity": 19.1}"#,
            "opt/wikitext/all_results.json":
                #"{"epoch": 3.0, "eval_loss": 3.1, "eval_accuracy": 0.4, "perplexity": 22.2}"#,
        ])
        #expect(try TableCase.metric(zoo, "wikitext").name == "perplexity")
        #expect(try TableCase.result(zoo, "gpt2", "wikitext") == 19.1)
        #expect(try TableCase.result(zoo, "opt", "wikitext") == 22.2)
    }

    /// Seeds of one model are its runs, and no models that differ by a seed.
    @Test func seedsAreRunsOfTheParent() throws {
        let files = (1...3).flatMap { seed in
            [
                ("bert-cola-seed\(seed)/config.json", config("bert", "cola")),
                ("bert-cola-seed\(seed)/all_results.json", results(0.5 + Double(seed) / 10)),
            ]
        }
        let zoo = try load(Dictionary(uniqueKeysWithValues: files))
        #expect(zoo.models.map(\.name) == ["bert"] && zoo.runs == [3])
        #expect(try TableCase.result(zoo, "bert", "cola") == 0.7)
        #expect(TableCase.note(zoo, "differ by a seed") == nil)
    }

    /// The last evaluation stands in the state of the last checkpoint, where the run wrote nothing else.
    @Test func theLastCheckpointsStateIsTheRuns() throws {
        func state(_ values: Double...) -> String {
            let steps = values.map { #"{"eval_accuracy": \#($0), "step": 1}, {"loss": 0.3, "step": 2}"# }
            return #"{"best_metric": 0.9, "log_history": [\#(steps.joined(separator: ", "))]}"#
        }
        let zoo = try load([
            "bert-finetuned-pets/checkpoint-500/config.json": config("bert"),
            "bert-finetuned-pets/checkpoint-500/trainer_state.json": state(0.4),
            "bert-finetuned-pets/checkpoint-1000/config.json": config("bert", "pets"),
            "bert-finetuned-pets/checkpoint-1000/trainer_state.json": state(0.4, 0.6),
        ])
        #expect(zoo.models.map(\.name) == ["bert"] && zoo.datasets.map(\.name) == ["pets"])
        #expect(try TableCase.result(zoo, "bert", "pets") == 0.6)
        #expect(TableCase.note(zoo, "earlier checkpoints of runs")?.count == 1)
    }

    /// Owner and name are no model and its dataset; what names no dataset is counted.
    @Test func aHubsOwnFoldersNameNoDataset() throws {
        let listed = """
            [{task: {type: x}, dataset: {type: pets, name: pets}, metrics: [{type: accuracy, value: 0.9}]}]
            """
        let zoo = try load([
            "owner/one/config.json": config("bert"), "owner/one/all_results.json": results(0.8),
            "owner/two/README.md": card("bert", "an unknown dataset", listed),
            "owner/two/all_results.json": results(0.2),
        ])
        #expect(zoo.datasets.map(\.name) == ["pets"])
        #expect(try TableCase.result(zoo, "bert", "pets") == 0.9)
        #expect(TableCase.note(zoo, "results of trainers that name no dataset")?.count == 1)
        #expect(TableCase.note(zoo, "the card's are taken")?.count == 1)
    }

    /// Runs without a model's files beside runs with them: both are read.
    @Test func runsOfBothKindsAreRead() throws {
        let zoo = try load([
            "bert/pets/all_results.json": results(0.8), "bert/pets/train_results.json": #"{"train_loss": 1}"#,
            "gpt-finetuned-pets/config.json": config("gpt"), "gpt-finetuned-pets/all_results.json": results(0.6),
            "lost/eval_results.json": results(1), "bert/cars/seed-1/all_results.json": #"{"train_loss": 1}"#,
        ])
        #expect(Set(zoo.models.map(\.name)) == ["bert", "gpt"] && zoo.datasets.map(\.name).contains("pets"))
        #expect(try TableCase.result(zoo, "bert", "pets") == 0.8)
        #expect(try TableCase.result(zoo, "gpt", "pets") == 0.6)
        #expect(TableCase.note(zoo, "do not name a model and a dataset")?.count == 1)
        #expect(TableCase.note(zoo, "never evaluated")?.count == 1)
    }
}
