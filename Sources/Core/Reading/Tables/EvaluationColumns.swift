import Support

/// Columns of one model's evaluations on several datasets, as trainers name them: `eval_imdb_accuracy`.
enum EvaluationColumns {
    struct Parts {
        let split: String
        let dataset: String
        let metric: String
    }

    /// What columns say by their names; empty unless each that begins with a split names a dataset and a metric behind it,
    /// but for metrics of no dataset, speeds and spreads, and two datasets are named.
    static func parts(of names: [String]) -> [String: Parts] {
        var found: [String: Parts] = [:]
        for name in names {
            guard let (split, rest) = begin(name), !isOfNoDataset(rest) else { continue }
            guard let (dataset, metric) = MetricKnowledge.datasetAndMetric(rest),
                !SummaryNames.isSummaryOfDatasets(dataset), !isNumbered(dataset)
            else { return [:] }
            found[name] = Parts(split: split, dataset: dataset, metric: metric)
        }
        return Set(found.values.map(\.dataset)).count > 1 ? found : [:]
    }

    /// Whether a name is that of one of several runs, steps, classes or layers: `seed1`, `layer 12`.
    private static func isNumbered(_ name: String) -> Bool {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
        let key = AttributeKnowledge.key(String(name.dropLast(digits)))
        return digits > 0
            && (FactNames.runs.contains(key) || FactNames.steps.contains(key)
                || ["class", "label", "layer", "head", "shot", "k", "task"].contains(key))
    }

    /// The split that a name begins with, and what follows.
    static func begin(_ name: String) -> (split: String, rest: String)? {
        guard let cut = name.firstIndex(where: { "_/ ".contains($0) }) else { return nil }
        let (split, rest) = (name[..<cut].lowercased(), String(name[name.index(after: cut)...]))
        return MetricKnowledge.splitWords.contains(split) && !rest.isEmpty ? (split, rest) : nil
    }

    /// Whether what follows a split is a metric, a fact, a spread or a speed alone: `loss`, `runtime`, `samples_per_second`.
    private static func isOfNoDataset(_ rest: String) -> Bool {
        MetricKnowledge.isKnown(rest) || MetricKnowledge.isSpread(rest)
            || MetricKnowledge.words(of: rest).suffix(2) == ["per", "second"]
            || FactNames.isFact(rest, numbers: { [] })
    }
}
