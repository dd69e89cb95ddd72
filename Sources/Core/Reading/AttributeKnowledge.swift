/// The attributes of models and datasets that something here is computed from, under the spellings that people use.
///
/// Every other attribute is kept under its own name. Nothing is special about the known ones but that graph and methods
/// look for them.
public enum AttributeKnowledge {
    /// The name under which an attribute of a model is kept: `param_count` is `parameters`.
    public static func model(_ attribute: String) -> String {
        let key = key(Self.withoutUnit(attribute))
        return modelSynonyms[key] ?? attribute
    }

    /// The name under which an attribute of a dataset is kept: `n_classes` is `classes`.
    public static func dataset(_ attribute: String) -> String {
        let key = key(attribute)
        return datasetSynonyms[key] ?? attribute
    }

    /// The factor that a unit in brackets says a count's numbers are to be multiplied by: `params (M)`; 1 where none does.
    static func factor(inHeader attribute: String) -> Double {
        guard isCount(model(attribute)), let unit = unit(attribute) else { return 1 }
        switch unit {
        case "k", "thousand", "thousands": return 1e3
        case "m", "million", "millions", "mio": return 1e6
        case "b", "billion", "billions", "bn": return 1e9
        default: return 1
        }
    }

    private static func unit(_ attribute: String) -> String? {
        guard let last = attribute.last, last == ")" || last == "]",
            let open = attribute.lastIndex(where: { $0 == "(" || $0 == "[" })
        else { return nil }
        return attribute[attribute.index(after: open)...].dropLast().trimmed.lowercased()
    }

    /// `#Params (B)` is `Params`.
    private static func withoutUnit(_ attribute: String) -> String {
        guard
            unit(attribute).map({
                ["k", "thousand", "thousands", "m", "million", "millions", "mio", "b", "billion", "billions", "bn"]
                    .contains($0)
            }) ?? false,
            let open = attribute.lastIndex(where: { $0 == "(" || $0 == "[" })
        else { return attribute }
        return String(attribute[..<open])
    }

    /// Attributes that are counts or sizes: in `11,788` the comma can only group.
    public static func isCount(_ canonical: String) -> Bool { counts.contains(canonical) }

    /// Attributes that are numbers, whatever else stands in their column.
    public static func isNumber(_ canonical: String) -> Bool {
        isCount(canonical) || canonical == "pretraining_accuracy"
    }

    /// In small letters with `_` between the words.
    static func key(_ attribute: String) -> String { MetricKnowledge.words(of: attribute).joined(separator: "_") }

    private static let counts: Set<String> = [
        "parameters", "input_size", "output_size", "memory", "labels", "size", "classes", "downloads", "likes",
    ]

    private static let modelSynonyms = table([
        "parameters": [
            "parameters", "number_of_parameters", "num_parameters", "n_parameters", "nb_parameters", "params",
            "num_params",
            "n_params", "param_count", "params_count", "parameter_count", "model_parameters", "number_parameters",
            "nparams",
            "total_params", "total_parameters", "of_params", "of_parameters", "model_params",
        ],
        "family": ["family", "model_family", "model_type"],
        "architecture": [
            "architecture", "architectures", "arch", "network_architecture", "model_architecture", "backbone",
        ],
        "input_size": [
            "input_size", "img_size", "image_size", "input_shape", "input_resolution", "resolution", "crop_size",
            "input",
            "input_length", "max_position_embeddings", "max_tokens", "max_length", "context_length",
        ],
        "output_size": [
            "output_size", "output_shape", "feature_size", "feature_dimension", "embedding_dimension", "embed_dim",
            "embedding_dim", "hidden_size", "num_features", "feature_dim",
        ],
        "memory": ["memory", "memory_consumption", "memory_bytes", "size_in_memory"],
        "labels": ["labels", "number_of_labels", "num_labels", "n_labels"],
        "pretraining_dataset": [
            "pretraining_dataset", "pretraining_datasets", "pre_training_dataset", "pre_training_datasets",
            "pretrained_on", "pre_trained_on", "pretrain_dataset", "pretraining_data", "pre_training_data",
            "training_datasets", "training_dataset", "trained_on", "dataset", "datasets", "source_dataset",
            "pretrain_data", "pretrain_on", "upstream", "upstream_dataset",
            "upstream_data", "pretraining_corpus",
        ],
        "pretraining_accuracy": [
            "pretraining_accuracy", "pre_training_accuracy", "accuracy", "source_accuracy", "pretrain_accuracy",
        ],
        "license": ["license", "licence"],
        "description": ["description", "summary"],
    ])

    private static let datasetSynonyms = table([
        "size": [
            "size", "samples", "n_samples", "num_samples", "number_of_samples", "train_size", "training_samples",
            "n_train",
            "number_of_examples", "num_examples", "n_examples", "examples", "dataset_size", "n_instances", "instances",
            "number_of_instances",
        ],
        "classes": [
            "classes", "number_of_classes", "num_classes", "n_classes", "class_count", "num_labels", "n_labels",
            "number_of_labels", "nb_classes",
        ],
        "metric": ["metric", "main_metric", "evaluation_metric", "eval_metric", "measure", "main_score"],
        "higher_is_better": ["higher_is_better", "greater_is_better", "maximize", "maximise", "higher_better"],
        "scale": ["scale"],
        "task": ["task", "task_type", "type", "task_category"],
        "description": ["description", "summary", "dataset_desp", "dataset_description"],
        "license": ["license", "licence"],
    ])

    private static func table(_ synonyms: [String: [String]]) -> [String: String] {
        var found: [String: String] = [:]
        for (name, spellings) in synonyms { for spelling in spellings { found[spelling] = name } }
        return found
    }
}
