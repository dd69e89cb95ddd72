/// Which split of each task its results are taken from: the same for all models.
struct MTEBSplits {
    /// By task.
    private var chosen: [String: String] = [:]
    /// The models that have a result on the chosen split, by task.
    private var models: [String: Set<String>] = [:]

    /// - Parameter said: the splits that the table of tasks gives, by task.
    init(_ results: some Sequence<(model: String, result: MTEBResult)>, said: [String: [String]]) {
        var found: [String: [String: Set<String>]] = [:]
        for (model, result) in results {
            for score in result.scores where WrittenNumber(score.written) != nil {
                found[result.task, default: [:]][score.split, default: []].insert(model)
            }
        }
        for (task, splits) in found {
            let most = splits.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
            // Of several that the table says the test comes first, as everywhere.
            let own = said[task]?.filter { splits[$0] != nil } ?? []
            let split =
                own.contains("test") ? "test" : own.first ?? (splits["test"] != nil ? "test" : nil) ?? most
            guard let split else { continue }
            chosen[task] = split
            models[task] = splits[split]
        }
    }

    /// What is to be done with a model's result on a split of a task.
    enum Use {
        case result
        /// The model has one on the task's own split.
        case passedOver
        /// Others of the task have theirs on another split.
        case elsewhere(own: String)
        /// It was measured on what models are trained on.
        case training(own: String)
    }

    func use(of split: String, task: String, model: String) -> Use {
        guard let own = chosen[task], own != split else { return .result }
        if models[task]?.contains(model) == true { return .passedOver }
        return split.hasPrefix("train") ? .training(own: own) : .elsewhere(own: own)
    }
}
