import Support

/// Reads `model-index`: the results that a card's front matter lists.
///
/// Cards are not to the letter: a mapping stands for a list of one, a text for a dataset, `types` and `values` for several
/// metrics. What has a value that one can tell is kept, and what has none is noted with its line.
enum ModelIndex {
    static func read(_ node: DataNode?, file: Int, into reading: inout ModelReading) {
        guard let node, !node.isNull else { return }
        for model in node.isMapping ? [node] : node.items {
            guard model.isMapping else {
                note("entries of model-index that are no mappings", model, file, into: &reading)
                continue
            }
            let results = model["results"]
            let items = results.map { $0.isMapping ? [$0] : $0.items } ?? []
            if items.isEmpty {
                reading.note(
                    .noted, "cards whose model-index lists no results", reading.model,
                    at: .init(file: file, line: (results ?? model).line))
            }
            for item in items { readResult(item, file: file, into: &reading) }
        }
        if node.isScalar { note("entries of model-index that are no mappings", node, file, into: &reading) }
    }

    private static func readResult(_ result: DataNode, file: Int, into reading: inout ModelReading) {
        guard result.isMapping else {
            note("results that are no mappings", result, file, into: &reading)
            return
        }
        let metrics = (result["metrics"] ?? result["metric"]).map { $0.isMapping ? [$0] : $0.items } ?? []
        guard !metrics.isEmpty else {
            reading.note(.leftOut, "results without a metric", reading.model, at: .init(file: file, line: result.line))
            return
        }
        var base = ModelReading.Result(
            written: "", entry: reading.newEntry(), place: .init(file: file, line: result.line))
        base.task = result["task"]?["type"]?.name ?? result["task"]?["name"]?.name ?? result["task"]?.name
        DatasetKey(result["dataset"]).map { key in
            base.dataset = key.name
            base.title = key.title
            base.config = key.config
            base.split = key.split
        }
        base.source = result["source"]?["name"]?.name ?? result["source"]?["url"]?.name
        // A leaderboard measured what it says; without one, the model's author did.
        if base.source != nil { base.standing = .measured }
        for metric in metrics { readMetric(metric, base, file: file, into: &reading) }
    }

    private static func readMetric(
        _ metric: DataNode, _ base: ModelReading.Result, file: Int, into reading: inout ModelReading
    ) {
        guard metric.isMapping else {
            note("metrics that are no mappings", metric, file, into: &reading)
            return
        }
        var result = base
        if metric["verified"]?.text == "true" { result.standing = .verified }
        if metric["type"] == nil, metric["value"] == nil, let types = metric["types"], let values = metric["values"] {
            for (type, value) in zip(types.items, values.items) {
                result.metric = type.name
                result.written = written(value)
                result.place.line = value.line
                reading.results.append(result)
            }
            return
        }
        result.metric = name(type: metric["type"]?.name, title: metric["name"]?.name)
        // `Test WER`, as the trainers of speech models call it.
        if result.split == nil { result.split = metric["name"]?.name.flatMap(MetricKnowledge.split(inHeader:)) }
        let value = metric["value"]
        result.written = value.map(written) ?? ""
        result.place.line = (value ?? metric).line
        reading.results.append(result)
    }

    /// A metric's name: its type; of a family such as ROUGE the member that its title names.
    private static func name(type: String?, title: String?) -> String? {
        guard let type, !nothing.contains(type.lowercased()) || title == nil else { return title }
        if let common = common(type) { return common }
        guard let title, type.lowercased() == "rouge" else { return type }
        let member = title.lowercased().filter { $0.isLetter || $0.isNumber }
        return ["rouge1", "rouge2", "rougel", "rougelsum"].contains(member) ? member : type
    }

    /// Types that say nothing, beside which the title says what was measured.
    private static let nothing: Set<String> = ["custom", "other", "unknown", "metric", "metrics", "score", "value"]

    /// What sentence-transformers calls `spearman_cosine` and `cosine_ndcg@10` is `cosine_spearman` and `ndcg_at_10`
    /// elsewhere; `nil` for other names.
    private static func common(_ type: String) -> String? {
        for correlation in ["spearman", "pearson"] {
            for similarity in ["cosine", "manhattan", "euclidean", "dot", "max"]
            where type == "\(correlation)_\(similarity)" {
                return "\(similarity)_\(correlation)"
            }
        }
        for ranking in ["ndcg", "mrr", "map"] where type.hasPrefix("cosine_\(ranking)@") {
            let rank = type.dropFirst("cosine_\(ranking)@".count)
            if !rank.isEmpty, rank.allSatisfy(\.isNumber) { return "\(ranking)_at_\(rank)" }
        }
        return nil
    }

    /// The value as written: of a list or mapping of one, the one.
    static func written(_ value: DataNode) -> String {
        if value.isScalar { return value.text ?? "" }
        let inside = value.isList ? value.items : value.pairs.map(\.value)
        if inside.count == 1 { return written(inside[0]) }
        // Several, or none: no number, and not to be taken for one.
        let texts = inside.prefix(4).map(written).joined(separator: ", ")
        return "[" + texts + (inside.count > 4 ? ", …]" : "]")
    }

    private static func note(_ reason: String, _ node: DataNode, _ file: Int, into reading: inout ModelReading) {
        let text = node.isScalar ? node.text ?? "nothing" : node.isList ? "a list" : "a mapping"
        reading.note(
            .leftOut, reason, "\(reading.model): \(text.prefix(80))", at: .init(file: file, line: node.line))
    }
}
