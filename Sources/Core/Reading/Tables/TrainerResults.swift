import Support

/// What the trainers of transformers write of a run: `all_results.json`, `eval_results.json`, `trainer_state.json`.
enum TrainerResults {
    struct Entry {
        let metric: String
        let split: String
        let value: DataNode
    }

    /// The files that may hold a run's results, the first with any of them counts: `all_results.json` has them all.
    static let files = [
        "all_results.json", "eval_results.json", "test_results.json", "predict_results.json", "trainer_state.json",
    ]

    /// The results in a file's root; of `trainer_state.json` those of the last evaluation.
    static func entries(_ root: DataNode) -> [Entry] {
        guard let log = root["log_history"] else { return scalars(root) }
        for step in log.items.reversed() {
            let found = scalars(step)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func scalars(_ node: DataNode) -> [Entry] {
        node.pairs.compactMap { key, value in
            // What language models' scripts work out of the evaluation's loss stands there without a prefix.
            if key == "perplexity", value.isScalar {
                return Entry(metric: key, split: "validation", value: value)
            }
            guard value.isScalar, let (prefix, split) = splits.first(where: { key.hasPrefix($0.prefix) }) else {
                return nil
            }
            let metric = String(key.dropFirst(prefix.count))
            return metric.isEmpty || isSpeed(metric) ? nil : Entry(metric: metric, split: split, value: value)
        }
    }

    private static let splits = [("eval_", "validation"), ("test_", "test"), ("predict_", "test")].map {
        (prefix: $0.0, split: $0.1)
    }

    private static func isSpeed(_ metric: String) -> Bool {
        metric == "samples" || metric == "runtime" || metric.hasSuffix("_per_second") || metric.hasSuffix("_time")
            || metric.contains("mem_")
    }

    /// The model and the dataset that a run's folders name: `MODEL/DATASET`, or `MODEL-finetuned-DATASET`. Folders such as
    /// `seed-1` below them are runs.
    static func names(folders: [String]) -> (model: String, dataset: String)? {
        var folders = folders
        while let last = folders.last, isRun(last) { folders.removeLast() }
        guard let last = folders.last else { return nil }
        for mark in ["-finetuned-", "-fine-tuned-", "_finetuned_", "-ft-"] {
            guard let cut = last.range(of: mark), cut.lowerBound > last.startIndex, cut.upperBound < last.endIndex
            else { continue }
            let dataset = String(last[cut.upperBound...])
            return (String(last[..<cut.lowerBound]), RunNames.withoutRun(dataset) ?? dataset)
        }
        return folders.count > 1
            ? (folders.dropLast().joined(separator: "/"), RunNames.withoutRun(last) ?? last) : nil
    }

    /// `seed-1`, `run3`, `checkpoint-500`.
    static func isRun(_ folder: String) -> Bool {
        let digits = folder.drop { !$0.isNumber }
        let word = String(folder.prefix { !$0.isNumber }).trimming(["-", "_", "="]).lowercased()
        return !digits.isEmpty && digits.allSatisfy(\.isNumber)
            && ["seed", "run", "fold", "trial", "checkpoint", ""].contains(word)
    }

    /// The number of a folder `checkpoint-500`; `nil` for another.
    static func checkpoint(_ folder: String) -> Int? {
        folder.hasPrefix("checkpoint-") ? Int(folder.dropFirst("checkpoint-".count)) : nil
    }
}
