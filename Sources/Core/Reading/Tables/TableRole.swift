/// What a column of a table is for, under the headers that people give it.
enum TableRole: String, Sendable, CaseIterable {
    case model
    case dataset
    case score
    case metric
    case split
    case config
    case higherIsBetter = "higher_is_better"
    case lowerIsBetter = "lower_is_better"
    case scale
    case runs

    /// Headers in small letters with `_` between the words, the most telling first.
    var headers: [String] {
        switch self {
        case .model:
            [
                "model", "model_name", "model_id", "modelname", "models", "pretrained_model", "model_path",
                "checkpoint",
                "checkpoint_name", "backbone", "architecture", "arch", "network", "framework", "algorithm",
                "classifier",
                "system", "method", "learner", "encoder", "provider", "flow_name", "estimator", "model_name_or_path",
                "modell", "modelo", "modele", "modèle", "modelle", "modelos", "modèles", "modello", "modelli",
                "sprachmodell",
            ]
        case .dataset:
            [
                "dataset", "dataset_name", "datasets", "target_dataset", "finetuned_dataset", "fine_tuned_dataset",
                "finetune_dataset", "eval_dataset", "test_dataset", "data_name", "dataset_id", "task", "task_name",
                "target",
                "benchmark", "corpus", "data", "data_set", "test_set", "problem", "tasks", "benchmarks", "datensatz",
                "task_id",
                "openml_task_id", "downstream_task", "downstream_dataset", "downstream", "eval_task", "datensätze",
                "datensaetze", "jeu_de_données", "jeu_de_donnees", "jeux_de_données", "jeux_de_donnees",
                "conjunto_de_datos", "conjunto_de_dados", "conjuntos_de_datos", "aufgabe", "tâche", "tache", "tarea",
                "tarefa", "insieme_di_dati", "zbiór_danych", "dataverzameling",
            ]
        case .score:
            [
                "score", "result", "value", "performance", "metric_value", "eval_score", "test_score", "oracle",
                "main_score",
                "score_test", "score_val", "metric_score", "results", "scores", "mean_test_score", "mean_score",
                "ergebnis", "punktzahl",
                "résultat",
                "resultat", "resultado", "risultato", "puntuación", "puntuacion", "punteggio",
            ]
        case .metric:
            [
                "metric", "metric_name", "measure", "metric_type", "eval_metric", "evaluation_metric", "function",
                "metrik", "métrique",
                "métrica", "metrica",
            ]
        case .split: ["split", "eval_split", "dataset_split", "partition"]
        case .config: ["config", "configuration", "dataset_config", "config_name", "subset"]
        case .higherIsBetter:
            [
                "higher_is_better", "greater_is_better", "maximize", "maximise", "higher_better", "larger_is_better",
                "direction", "metric_direction", "better", "optimization_direction", "optimisation_direction",
            ]
        case .lowerIsBetter: ["lower_is_better", "smaller_is_better", "minimize", "minimise", "lower_better"]
        case .scale: ["scale"]
        case .runs: ["runs", "n_runs", "num_runs", "number_of_runs"]
        }
    }

    /// The column with the first of the role's headers.
    func column(in keys: [String], except taken: Set<Int> = []) -> Int? {
        for header in headers {
            if let column = keys.indices.first(where: { keys[$0] == header && !taken.contains($0) }) { return column }
        }
        // `config.model`, as trackers of experiments export it.
        for header in headers {
            let column = keys.indices.first { column in
                guard let cut = keys[column].firstIndex(of: "_"), !taken.contains(column) else { return false }
                return Self.groups.contains(String(keys[column][..<cut]))
                    && keys[column][keys[column].index(after: cut)...] == header
            }
            if let column { return column }
        }
        return nil
    }

    /// Groups that trackers of experiments put settings and results under.
    static let groups: Set<String> = ["config", "cfg", "params", "param", "hparams", "args", "summary", "tags"]
}
