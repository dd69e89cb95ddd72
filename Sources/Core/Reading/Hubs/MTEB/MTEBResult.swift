/// What one result file says: main scores by split and subset.
struct MTEBResult: Sendable, Equatable {
    struct Score: Sendable, Equatable {
        var split: String
        /// A language, as a rule; `nil` for `default`.
        var subset: String?
        /// As written; empty where there is none.
        var written: String
        /// Which metric it is, where it is not called the main score.
        var metric: String?
        var line: Int
    }

    var task: String
    /// A version of the benchmark's program as one number that grows with it; 0 where none is given.
    var version: Double
    var scores: [Score] = []
    /// Further metrics that were asked for.
    var others: [Score] = []

    /// Whether a file begins as one of results does.
    static func isResult(_ head: String) -> Bool {
        ["\"task_name\"", "\"mteb_dataset_name\"", "\"mteb_version\""].contains { head.contains($0) }
    }

    /// - Parameters:
    ///   - mainScore: what a task counts by, where the benchmark's table says it.
    ///   - wanted: a further metric to be read.
    ///   - name: the file's name without its ending.
    /// - Returns: `nil` where the text is no result.
    init?(_ root: DataNode, name: String, mainScore: (String) -> String?, wanted: String?) {
        guard root.isMapping else { return nil }
        task = (root["task_name"] ?? root["mteb_dataset_name"])?.name ?? name
        version = Self.version(root["mteb_version"]?.text)
        if let scores = root["scores"], scores.isMapping {
            for (split, entries) in scores.pairs {
                for entry in entries.itemsOrSelf where entry.isMapping {
                    add(entry, split: split, subset: entry["hf_subset"]?.name, mainScore(task), wanted)
                }
            }
        } else if root["mteb_dataset_name"] != nil || root["mteb_version"] != nil {
            for (split, entry) in root.pairs where entry.isMapping {
                let subsets = entry.pairs.filter { $0.value.isMapping && !Self.similarities.contains($0.key) }
                if subsets.isEmpty {
                    add(entry, split: split, subset: nil, mainScore(task), wanted)
                } else {
                    for (subset, entry) in subsets { add(entry, split: split, subset: subset, mainScore(task), wanted) }
                }
            }
        } else {
            return nil
        }
    }

    private mutating func add(
        _ entry: DataNode, split: String, subset: String?, _ mainScore: String?, _ wanted: String?
    ) {
        let subset = subset == "default" ? nil : subset
        func score(_ node: DataNode?, _ metric: String?) -> Score {
            Score(
                split: split, subset: subset, written: node?.text ?? "", metric: metric, line: (node ?? entry).line)
        }
        if let node = entry["main_score"] {
            scores.append(score(node, nil))
        } else if let (node, metric) = Self.derived(entry, mainScore) {
            scores.append(score(node, metric))
        } else {
            scores.append(score(nil, nil))
        }
        if let wanted, let found = entry.pairs.first(where: { $0.key == wanted }), found.value.isScalar {
            others.append(score(found.value, wanted))
        }
    }

    /// The main score of a file before version 1.11, and how the file calls it.
    ///
    /// Its metrics lie by similarity: `cos_sim: {spearman: …}` is `cosine_spearman`. Where the table of tasks does not say
    /// which one counts, the kinds of task are told apart by what they have.
    private static func derived(_ entry: DataNode, _ mainScore: String?) -> (DataNode, String)? {
        if let mainScore, let found = find(mainScore, in: entry) { return found }
        if let node = entry["cosine_spearman"], node.isScalar { return (node, "cosine_spearman") }
        if let node = entry["cos_sim"]?["spearman"] { return (node, "cos_sim.spearman") }
        if let node = entry["max"]?["ap"] { return (node, "max.ap") }
        if let node = entry["cos_sim"]?["ap"] { return (node, "cos_sim.ap") }
        // Bitext mining has precision and recall beside its F1, classification has not.
        if entry["precision"] != nil, entry["recall"] != nil, let node = entry["f1"] { return (node, "f1") }
        if let node = entry["ndcg_at_10"] { return (node, "ndcg_at_10") }
        if let node = entry["v_measure"] { return (node, "v_measure") }
        if let node = entry["map"] { return (node, "map") }
        if let node = entry["accuracy"] { return (node, "accuracy") }
        return nil
    }

    private static func find(_ metric: String, in entry: DataNode) -> (DataNode, String)? {
        if let found = entry.pairs.first(where: { $0.key == metric }), found.value.isScalar {
            return (found.value, metric)
        }
        for (similarity, prefix) in [("cos_sim", "cosine_"), ("max", "max_"), ("dot", "dot_")]
        where metric.hasPrefix(prefix) {
            let part = metric.dropFirst(prefix.count)
            let inside = entry.pairs.first { $0.key == similarity }?.value
            if let found = inside?.pairs.first(where: { $0.key == part }) {
                return (found.value, "\(similarity).\(part)")
            }
        }
        return nil
    }

    private static let similarities: Set<String> = [
        "cos_sim", "cosine", "euclidean", "manhattan", "dot", "max", "similarity",
    ]

    /// `1.34.19.dev0` is 1 034 019.
    private static func version(_ text: String?) -> Double {
        let numbers = (text ?? "").split(separator: ".").prefix(3).map { Double($0.prefix { $0.isNumber }) ?? 0 }
        return numbers.reduce(into: (value: 0.0, weight: 1e6)) { sum, number in
            sum.value += min(number, 999) * sum.weight
            sum.weight /= 1e3
        }.value
    }
}
