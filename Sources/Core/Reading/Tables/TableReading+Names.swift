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
        if Self.hasMarks(text) { plain = MarkdownText.plain(text).trimmed }
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
            .repaired, "names with marks or an address around them", example: "\(text.prefix(60)) is \(plain)",
            at: .init(file: file, line: line))
    }

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
        let named = captions.compactMap(MetricKnowledge.named(inText:))
        if let first = named.first, Set(named.map(MetricKnowledge.canonical)).count == 1 {
            facts.note(
                .noted, "the metric of all results stands above the table", example: first, at: .init(file: file))
            return first
        }
        return metric(ofName: path, file)
    }

    /// The metric that a table's file is called by: `wer.csv`, `test_loss.csv`.
    private mutating func metric(ofName path: String, _ file: Int32) -> String? {
        guard let name = path.split(separator: "/").last, let stem = ZooFiles.stem(String(name)) else { return nil }
        let words = MetricKnowledge.words(of: stem)
        let found = MetricKnowledge.isKnown(stem) ? stem : words.first { MetricKnowledge.namesFile($0) }
        guard let found else { return nil }
        facts.note(
            .noted, "the metric of all results stands in the name of the file", example: found, at: .init(file: file))
        return found
    }
}
