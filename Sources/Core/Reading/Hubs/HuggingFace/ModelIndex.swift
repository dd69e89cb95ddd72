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
        let first = reading.results.count
        let types = metrics.compactMap { $0["type"]?.name }
        for metric in metrics {
            let isRepeated = types.count { $0 == metric["type"]?.name } > 1
            readMetric(metric, base, isRepeated: isRepeated, file: file, into: &reading)
        }
        tellScales(from: first, into: &reading)
    }

    /// Of a metric that an entry gives twice, one number a hundred times the other, the smaller is a fraction: `wer: 0.421`
    /// and `Wer: 42.1` are one result.
    private static func tellScales(from first: Int, into reading: inout ModelReading) {
        let range = first..<reading.results.count
        guard range.count > 1 else { return }
        for index in range {
            let small = reading.results[index]
            guard small.scale == nil, let metric = small.metric, MetricKnowledge.isBounded(metric),
                let value = WrittenNumber(small.written)?.value, value > 0, value <= 1
            else { continue }
            let large = range.first { other in
                let result = reading.results[other]
                guard result.split == small.split, let name = result.metric,
                    MetricKnowledge.canonical(name) == MetricKnowledge.canonical(metric),
                    let number = WrittenNumber(result.written)?.value
                else { return false }
                return number > 1 && abs(100 * value - number) <= 0.005 * number
            }
            guard let large else { continue }
            reading.results[index].scale = .fraction
            reading.note(
                .noted, "results that a card gives as a fraction and in percent: one result",
                "\(metric) \(small.written) and \(reading.results[large].written)", at: small.place)
        }
    }

    private static func readMetric(
        _ metric: DataNode, _ base: ModelReading.Result, isRepeated: Bool, file: Int, into reading: inout ModelReading
    ) {
        guard metric.isMapping else {
            note("metrics that are no mappings", metric, file, into: &reading)
            return
        }
        var result = base
        if isVerified(metric) { result.standing = .verified }
        if let pairs = pairs(metric) {
            for (type, value) in pairs {
                result.metric = type
                result.written = value.map(written) ?? ""
                result.place.line = (value ?? metric).line
                reading.results.append(result)
            }
            return
        }
        result.metric = name(type: metric["type"]?.name, title: metric["name"]?.name, isRepeated: isRepeated)
        // `Test WER`, as the trainers of speech models call it.
        if result.split == nil { result.split = metric["name"]?.name.flatMap(MetricKnowledge.split(inHeader:)) }
        let value = metric["value"]
        result.written = value.map(written) ?? ""
        result.place.line = (value ?? metric).line
        reading.results.append(result)
    }

    /// Whether somebody else than the author measured it: said in any of YAML's words, or shown by a token.
    private static func isVerified(_ metric: DataNode) -> Bool {
        guard let said = metric["verified"]?.text?.lowercased() else { return metric["verifyToken"]?.name != nil }
        return ["true", "yes", "on"].contains(said)
    }

    /// The metrics of a mapping that holds several: lists of types and values, or names with their values.
    private static func pairs(_ metric: DataNode) -> [(type: String?, value: DataNode?)]? {
        let types = metric["types"] ?? metric["type"]
        let values = metric["values"] ?? metric["value"]
        if let types, let values, types.isList, values.isList {
            return (0..<max(types.items.count, values.items.count)).map { index in
                (
                    index < types.items.count ? types.items[index].name : nil,
                    index < values.items.count ? values.items[index] : nil
                )
            }
        }
        let isNamed = metric.pairs.contains { ["type", "value", "name", "types", "values"].contains($0.key) }
        if isNamed || !metric.pairs.allSatisfy({ MetricKnowledge.isKnown($0.key) }) { return nil }
        return metric.pairs.map { ($0.key, $0.value) }
    }

    /// A metric's name: its type; of a family such as ROUGE the member that its title names, and the title's metric where
    /// that is another than the type.
    ///
    /// - Parameter isRepeated: whether the entry has several metrics of the type.
    private static func name(type: String?, title: String?, isRepeated: Bool) -> String? {
        guard let type, !nothing.contains(type.lowercased()) || title == nil else { return title }
        if let common = common(type) { return common }
        guard let title else { return type }
        if type.lowercased() == "rouge" {
            let member = title.lowercased().filter { $0.isLetter || $0.isNumber }
            if rouges.contains(member) { return member }
        }
        return titled(title, type) ?? (isRepeated ? averaged(title, type) : nil) ?? type
    }

    private static let rouges: Set<String> = ["rouge1", "rouge2", "rougel", "rougelsum"]

    /// The known metric that a title names where it is another than the type: `Test CER` of type `wer`, `Top-5 Accuracy` of
    /// type `accuracy`; `nil` for one that says the same, more or less of it.
    private static func titled(_ title: String, _ type: String) -> String? {
        guard MetricKnowledge.isKnown(type) else { return nil }
        let known = MetricKnowledge.canonical(type)
        let named = metric(inTitle: title)
        guard named != known, MetricKnowledge.isListed(named) || rouges.contains(named) else { return nil }
        // `Error` says less than `wer`, `BLEU` no other than `sacrebleu`.
        if ["error", "loss"].contains(named), MetricKnowledge.higherIsBetter(known) == false { return nil }
        if named.hasSuffix("bleu"), known.hasSuffix("bleu") { return nil }
        if named.hasSuffix("iou"), known.hasSuffix("iou") { return nil }
        if setApart.contains(named) { return known.hasPrefix(named) ? nil : named }
        let words = Set(MetricKnowledge.words(of: known))
        return words.isDisjoint(with: MetricKnowledge.words(of: named)) ? named : nil
    }

    /// Metrics that share a word with others and are not those.
    private static let setApart: Set<String> = [
        "top5_accuracy", "top5_error", "balanced_accuracy", "average_precision",
    ]

    /// The canonical name of a title's metric without what stands around it: a split, a threshold, brackets.
    private static func metric(inTitle title: String) -> String {
        let head = title.prefix { $0 != "(" && $0 != "[" }
        var words = MetricKnowledge.words(of: String(head.prefix { $0 != "@" }))
        words.removeAll { MetricKnowledge.splitWords.contains($0) }
        let rest = words.joined(separator: " ")
        let whole = MetricKnowledge.canonical(String(head))
        let name = MetricKnowledge.isListed(whole) ? whole : MetricKnowledge.canonical(rest)
        // Boxes and masks of one model are two measures: `mAP@0.5(box)`.
        let place =
            title.lowercased().hasSuffix("(mask)") ? "mask" : title.lowercased().hasSuffix("(box)") ? "box" : nil
        return name == "map" ? place.map { $0 + "_map" } ?? name : name
    }

    /// `f1_macro` for the title `F1 Macro` of type `f1`.
    private static func averaged(_ title: String, _ type: String) -> String? {
        let words = MetricKnowledge.words(of: title)
        let known = MetricKnowledge.canonical(type)
        guard let word = words.first(where: averages.contains),
            MetricKnowledge.canonical(words.filter { $0 != word && $0 != "average" }.joined(separator: " ")) == known
        else { return nil }
        return known + "_" + word
    }

    private static let averages: Set<String> = ["macro", "micro", "weighted", "samples", "binary"]

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
