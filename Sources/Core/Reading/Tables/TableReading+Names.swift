import Support

/// What the names in a table of results say besides whom they name.
extension TableReading {
    /// Whether a row is what models are held against and nothing that can be fine-tuned: people, chance, the best published.
    func isNoModel(_ name: Name) -> Bool {
        let text = facts.names[name]
        return text.utf8.count < 40 && Self.noModels.contains(AttributeKnowledge.key(text))
            && !modelNames.contains(text) && !facts.source.hasLog
    }

    mutating func noteNoModel(_ name: Name, _ file: Int32, _ line: Int) {
        facts.note(
            .leftOut, "people, chance and the best published: no models to choose",
            example: facts.names[name], at: .init(file: file, line: line))
    }

    private static let noModels: Set<String> = [
        "human", "humans", "human_performance", "human_baseline", "human_baselines", "human_average", "human_level",
        "human_expert", "human_experts", "human_annotators", "estimated_human_performance", "glue_human_baselines",
        "superglue_human_baselines", "random", "random_baseline", "random_guess", "random_guessing", "random_chance",
        "random_choice", "chance", "chance_level", "majority", "majority_class", "majority_baseline", "majority_vote",
        "most_frequent", "most_frequent_class", "most_common_class", "most_common", "constant_baseline", "sota",
        "state_of_the_art", "previous_sota", "prior_sota", "prev_sota", "published_sota", "best_published",
        "previous_best", "prior_best", "upper_bound", "lower_bound",
    ]

    /// Calls a model or dataset without the marks around its name: a link, emphasis, `datasets/` before it.
    mutating func callPlainly(_ subject: Facts.Subject, _ name: Name, _ file: Int32, _ line: Int) {
        let text = facts.names[name]
        if facts.source.hasLog || modelNames.contains(text) || datasetNames.contains(text) { return }
        var plain = text
        let set = LaTeXText.plain(text)
        if set != text { plain = set } else if Self.hasMarks(text) { plain = MarkdownText.plain(text).trimmed }
        // Marks of groups and footnotes around a name: `● CIFAR-100`, `ours†`.
        if let first = plain.first, let last = plain.last, Self.bullets.contains(first) || Self.bullets.contains(last) {
            plain = plain.trimming(Self.bullets).trimmed
        }
        if subject == .dataset {
            plain = DatasetKey.plainName(plain)
        } else if plain.hasPrefix(Self.hub) {
            plain = String(plain.dropFirst(Self.hub.count))
        }
        guard plain != text, !plain.isEmpty else { return }
        facts.alias(subject, text, of: plain)
        facts.note(
            .repaired,
            set == text ? "names with marks or an address around them" : Self.withLaTeX,
            example: "\(text.prefix(60)) is \(plain)", at: .init(file: file, line: line))
    }

    static let withLaTeX = "names with commands of LaTeX in them"

    private static let hub = "https://huggingface.co/"
    private static let bullets = Set<Character>("●○◦•▪■□◆◇★☆⋆†‡§¶✓✔")

    /// A link, or emphasis around the whole name.
    private static func hasMarks(_ text: String) -> Bool {
        text.contains("](") || text.hasPrefix("**") && text.hasSuffix("**") && text.utf8.count > 4
            || text.hasPrefix("<") && text.hasSuffix(">")
    }

    /// Columns of a table that say what its results mean.
    static let meanings: Set<String> = ["metric", "metric_name", "higher_is_better", "lower_is_better", "direction"]

    /// The error that the name of a dataset says its results are, or is: `asr WER`, `WER`.
    func error(inName name: String) -> String? {
        if let error = MetricKnowledge.error(inColumn: name) { return error }
        return MetricKnowledge.isKnown(name) && MetricKnowledge.higherIsBetter(name) == false ? name : nil
    }

    /// The metric of all results where the table names none: that of the text above it, else that of its file's name.
    mutating func metric(ofFile path: String, _ file: Int32) -> String? {
        let named = captions.compactMap { caption in
            MetricKnowledge.named(inText: caption).flatMap { isMeasured($0, in: caption) ? $0 : nil }
        }
        if let first = named.first, Set(named.map(MetricKnowledge.canonical)).count == 1 {
            facts.note(
                .noted, "the metric of all results stands above the table", example: first, at: .init(file: file))
            return first
        }
        return metric(ofName: path, file)
    }

    /// Whether a metric in a title is what was measured: not what models were trained with, and no part of their
    /// names, as in `results of MAE checkpoints`.
    private func isMeasured(_ metric: String, in caption: String) -> Bool {
        let words = MetricKnowledge.words(of: caption).map(MetricKnowledge.singular)
        let own = MetricKnowledge.words(of: metric)
        if isInNamesOfModels(own) { return false }
        guard let start = words.indices.first(where: { words[$0...].starts(with: own) }) else { return true }
        let next = start + own.count < words.count ? words[start + own.count] : ""
        if Self.modelWords.contains(next) || Self.otherErrors.contains(next) { return false }
        let isTraining = words.contains { Self.trainingWords.contains($0) }
        return !(isTraining && start > 0 && ["with", "using", "by", "on", "without", "no"].contains(words[start - 1]))
    }

    /// Whether the models of the table are called by these words, as `MAE-ViT-B` is by `mae`.
    private func isInNamesOfModels(_ words: [String]) -> Bool {
        namesOfModels.contains { name in
            let own = MetricKnowledge.words(of: name)
            return words.contains(where: own.contains)
        }
    }

    /// The metric that a table's file is called by, and by nothing else than words for results: `wer.csv`,
    /// `error_rates.csv`; or by its last words: `results_speech_wer.csv`.
    private mutating func metric(ofName path: String, _ file: Int32) -> String? {
        guard let name = path.split(separator: "/").last, let stem = ZooFiles.stem(String(name)),
            let found = Self.metric(ofStem: stem), !isInNamesOfModels(MetricKnowledge.words(of: found))
        else { return nil }
        facts.note(
            .noted, "the metric of all results stands in the name of the file", example: found, at: .init(file: file))
        return found
    }

    private static func metric(ofStem stem: String) -> String? {
        if MetricKnowledge.isKnown(stem) { return stem }
        // `error_rates`, `accuracies`: of several results.
        let words = MetricKnowledge.words(of: stem).map(MetricKnowledge.singular)
        let whole = words.joined(separator: "_")
        if MetricKnowledge.isKnown(whole) { return whole }
        let telling = words.filter { !resultWords.contains($0) && Int($0) == nil }
        // `no_error_loss` and `error_analysis_accuracy` say nothing, or too much.
        guard !telling.contains(where: { ["no", "not", "without", "vs", "versus"].contains($0) }) else { return nil }
        let metrics = telling.filter { MetricKnowledge.higherIsBetter($0) != nil }
        for length in [3, 2, 1] where telling.count >= length {
            let (last, first) = (telling.suffix(length), telling.prefix(length))
            let name = last.joined(separator: "_")
            // Behind other words it must be the last of all, or of the results that follow it.
            if MetricKnowledge.namesFile(name), metrics.allSatisfy(last.contains),
                telling.count == length || words.suffix(length).elementsEqual(last)
            {
                return name
            }
            let begin = first.joined(separator: "_")
            if MetricKnowledge.beginsFile(begin), metrics.allSatisfy(first.contains), words.starts(with: first) {
                return begin
            }
        }
        return nil
    }

    /// Words beside a metric in the name of a file.
    private static let resultWords: Set<String> = [
        "result", "results", "score", "scores", "table", "tables", "all", "test", "val", "valid", "validation", "dev",
        "eval", "evaluation", "final", "benchmark", "benchmarks", "records", "summary", "matrix", "wide", "long", "csv",
        "new", "full", "main", "of", "the", "by", "mean", "avg", "average", "per", "dataset", "datasets", "model",
        "models", "task", "tasks",
    ]

    private static let modelWords: Set<String> = [
        "checkpoint", "checkpoints", "model", "models", "pretraining", "pretrained", "pre", "encoder", "encoders",
        "weights", "backbone", "backbones", "variants", "variant", "finetuning", "fine", "networks", "network", "vit",
        "initialization", "initialisation", "method", "methods", "objective", "objectives", "function", "functions",
    ]

    private static let otherErrors: Set<String> = ["analysis", "bars", "bar", "bound", "bounds", "correction"]

    private static let trainingWords: Set<String> = [
        "trained", "training", "pretrained", "pretraining", "learned", "finetuned", "tuned", "optimized", "optimised",
    ]
}
