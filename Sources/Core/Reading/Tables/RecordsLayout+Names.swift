import Support

/// Which columns name the models, and which tell results of one model and dataset apart.
extension RecordsLayoutFinder {
    // MARK: The model

    /// Whether a header may be a fact about models as well as their name: `backbone` beside `name`.
    func isWeakModel(_ column: Int) -> Bool { Self.weakModels.contains(Self.plainKey(header.keys[column])) }

    private static let weakModels: Set<String> = [
        "checkpoint", "checkpoint_name", "backbone", "architecture", "arch", "network", "framework", "algorithm",
        "classifier", "system", "method", "learner", "encoder", "provider", "flow_name", "estimator",
    ]

    /// A header without the group that trackers of experiments put it under.
    static func plainKey(_ key: String) -> String {
        guard let cut = key.firstIndex(of: "_"), TableRole.groups.contains(String(key[..<cut])) else { return key }
        return String(key[key.index(after: cut)...])
    }

    /// A column `name` (or `id`) with texts, which names a table's rows where nothing says better.
    func nameColumn(except taken: Set<Int> = []) -> Int? {
        for key in ["name", "id", "full_name"] {
            let column = header.keys.indices.first { header.keys[$0] == key && !taken.contains($0) }
            if let column, share(numeric: column) <= 0.5, !isBlank(column), !areDates(column) { return column }
        }
        return nil
    }

    /// Whether a table is an export of runs, whose `name` is the run's.
    private var isOfRuns: Bool {
        header.keys.contains { ["state", "run_id", "run_name", "runtime", "created_by", "sweep"].contains($0) }
            || header.names.contains { name in
                // `config.model`, `params/lr`, and no `Params (M)`.
                name.firstIndex { $0 == "." || $0 == "/" }.map { TableRole.groups.contains(name[..<$0].lowercased()) }
                    ?? false
            }
    }

    /// The column with the models' names in a wide table.
    func wideModelColumn(_ numeric: [Bool]) -> Int? {
        let found = TableRole.model.column(in: header.keys).flatMap { numeric[$0] ? nil : $0 }
        guard let found, !isOfRuns, let name = nameColumn(except: [found]), areUnique(name) else { return found }
        return isWeakModel(found) || !areUnique(found) && !hasRepeats ? name : found
    }

    /// The column with the models' names in a long table: `name` where another header may be a fact about them.
    func longModelColumn(_ found: Int?, dataset: Int, _ taken: Set<Int>) -> Int? {
        if let found, !isWeakModel(found) { return found }
        guard !isOfRuns, let name = nameColumn(except: taken.union([dataset])) else { return found }
        // A name that no other row has is a row's own, and no model's with several results.
        let names = Set(sample.compactMap { table.text($0, name)?.trimmed })
        guard found == nil || names.count < sample.count else { return found }
        return name
    }

    /// The column with the names of a table's rows that no header says: `name`, else the first texts that differ and are
    /// not known to be facts, else numbers under `id`.
    func rowNames(_ others: [Int], _ numeric: [Bool]) -> Int? {
        if let name = nameColumn(), others.contains(name), areUnique(name) { return name }
        let texts = others.filter { !numeric[$0] && areUnique($0) && !areDates($0) }
        if let first = texts.first(where: { !Self.factsInWords.contains(header.keys[$0]) }) ?? texts.first {
            return first
        }
        return others.first {
            numeric[$0] && ["model_id", "model", "id", "name"].contains(header.keys[$0]) && areUnique($0)
        }
    }

    private static let factsInWords: Set<String> = [
        "organization", "organisation", "org", "company", "developer", "author", "authors", "team", "publisher",
        "license", "licence", "country", "url", "link", "paper", "notes", "comment", "type", "family", "provider",
        "date", "release_date",
    ]

    func areDates(_ column: Int) -> Bool {
        let texts = sample.compactMap { table.text($0, column)?.trimmed }.filter { !ColumnTyping.isMissing($0) }
        return !texts.isEmpty && texts.allSatisfy { FactNames.isDate($0) }
    }

    // MARK: What tells results apart

    /// Columns that together with a model's name make a model: what it was pre-trained on, its weights, a method on a
    /// backbone. Only those that tell results apart which would else be of one model and dataset.
    ///
    /// - Parameter given: the columns that are told apart already, the model's and the dataset's.
    func partsOfModel(_ model: Int, given: [Int], except taken: Set<Int>) -> [Int] {
        var given = given
        var parts: [Int] = []
        let isArchitecture = ["architecture", "arch", "network", "backbone"].contains(Self.plainKey(header.keys[model]))
        let datasets = given.filter { $0 != model }
        // A `source` beside a `target` is what a model was trained on before.
        let isTransfer = datasets.contains { header.keys[$0].hasPrefix("target") }
        for column in header.keys.indices where !taken.contains(column) && !given.contains(column) {
            let key = Self.plainKey(header.keys[column])
            guard Self.partsOfModels.contains(key) || key == "source" && (isArchitecture || isTransfer) else {
                continue
            }
            if Self.wordsOnly.contains(key), share(numeric: column) > 0.5 { continue }
            guard tellsApart(column, given: given) else { continue }
            // A file for each run is a run.
            if Self.checkpoints.contains(key), !datasets.isEmpty, isOfOneRowEach(model, column) { continue }
            parts.append(column)
            given.append(column)
        }
        return parts
    }

    private func isOfOneRowEach(_ model: Int, _ column: Int) -> Bool {
        var seen: Set<[String]> = []
        return sample.allSatisfy {
            seen.insert([table.text($0, model)?.trimmed ?? "", table.text($0, column)?.trimmed ?? ""]).inserted
        }
    }

    private static let checkpoints: Set<String> = ["checkpoint", "ckpt", "checkpoint_name", "weights", "init"]

    /// Headers whose numbers are settings, and whose texts are models.
    private static let wordsOnly: Set<String> = [
        "weights", "init", "initialization", "initialisation", "variant", "version", "source", "upstream", "tuning",
        "pretrained", "checkpoint", "ckpt", "revision",
    ]

    private static let partsOfModels: Set<String> = [
        "method", "algorithm", "backbone", "architecture", "arch", "network", "encoder", "classifier", "estimator",
        "learner", "source_dataset", "pretraining_dataset", "pretrain_dataset", "pretrained_on", "pre_trained_on",
        "pretraining", "pre_training", "pretrain", "pretrained", "pretraining_data", "pretrain_data", "pretrain_on",
        "pretraining_corpus", "trained_on", "training_data", "train_dataset", "training_dataset", "upstream",
        "upstream_dataset",
        "weights", "pretrained_weights", "init", "initialization", "initialisation", "checkpoint", "ckpt",
        "checkpoint_name", "variant", "base_model", "parent", "tuning", "finetuning", "fine_tuning", "tuning_method",
        "finetuning_method", "fine_tuning_method", "adaptation", "transfer_method", "peft", "peft_method", "adapter",
        "quantization", "quantisation", "quant", "precision", "dtype", "bits", "model_size", "size", "img_size",
        "image_size", "input_size", "resolution", "input_resolution", "patch_size", "revision", "version", "head",
        "pooling", "feature", "layer",
    ]

    /// Columns that say how a dataset was used, such as the number of examples shown, its language or how far ahead is
    /// forecast, where results of one model and dataset stand under several of their values: their mean would be of nothing.
    func settingColumns(given: [Int], except taken: Set<Int>) -> [Int] {
        var given = given
        var found: [Int] = []
        for column in header.keys.indices where !taken.contains(column) && !given.contains(column) {
            guard Self.settingNames.contains(Self.plainKey(header.keys[column])), tellsApart(column, given: given)
            else {
                continue
            }
            found.append(column)
            given.append(column)
        }
        return found
    }

    private static let settingNames: Set<String> = [
        "shots", "shot", "n_shot", "n_shots", "num_shots", "num_fewshot", "few_shot", "fewshot", "k_shot", "language",
        "lang", "locale", "horizon", "pred_len", "prediction_length", "prediction_horizon", "forecast_horizon",
        "forecast_length", "fraction", "train_fraction", "data_fraction", "label_fraction", "labels_fraction",
        "percent_labels", "label_percent", "train_size", "n_train", "num_train", "train_samples", "training_size",
        "samples_per_class", "examples_per_class", "n_examples", "prompt", "prompt_template", "template",
        "prompt_name", "setting", "settings", "scenario", "protocol", "domain", "target_domain", "noise", "snr",
        "severity", "corruption", "difficulty", "level", "context_len", "seq_len", "input_len", "eval_type",
        "evaluation_type", "eval_protocol", "evaluation_protocol", "eval_mode", "evaluation_mode", "eval_setting",
        "evaluation_setting", "eval_method", "evaluation_method", "k", "top_k", "topk", "class", "class_name",
    ]

    /// Whether a header says what a model is made of, or how a dataset was used.
    static func hasMeaning(_ key: String) -> Bool { partsOfModels.contains(key) || settingNames.contains(key) }

    /// Whether rows that are the same in the given columns differ in another.
    func tellsApart(_ column: Int, given: [Int]) -> Bool {
        var seen: [[String]: String] = [:]
        for row in sample {
            let own = table.text(row, column)?.trimmed ?? ""
            let key = given.map { table.text(row, $0)?.trimmed ?? "" }
            if let known = seen.updateValue(own, forKey: key), known != own { return true }
        }
        return false
    }

    /// Whether nine in ten rows differ in the given columns.
    func areUnique(_ columns: [Int]) -> Bool {
        if columns.count == 1 { return areUnique(columns[0]) }
        let keys = sample.map { row in columns.map { table.text(row, $0)?.trimmed ?? "" } }
        return !keys.isEmpty && Set(keys).count * 10 >= keys.count * 9
    }

    /// A column of texts that tells rows of the given columns apart, whatever it is called.
    func anyColumn(tellingApart given: [Int], except taken: Set<Int>) -> Int? {
        header.names.indices.first { column in
            !given.contains(column) && !taken.contains(column) && !header.names[column].isEmpty
                && share(numeric: column) <= 0.5 && areUnique(given + [column])
        }
    }
}

/// A column of texts that says what each row measures, whatever it is called: `variable`, `statistic`, or nothing.
struct MeasureColumn {
    let column: Int
    /// Whether its texts name metrics; else statistics of one.
    let isOfMetrics: Bool

    /// The first column, of those without a meaning of their own, holding metrics and times alone, or statistics alone
    /// with a spread or a count among them.
    init?(_ table: CellTable, _ header: TableHeader) {
        let rows = header.rowCount..<min(table.rowCount, header.rowCount + 2000)
        guard let first = rows.first, header.rowCount == 1 else { return nil }
        for column in header.keys.indices {
            guard let text = table.text(first, column)?.trimmed, Self.isMeasure(text), Self.isFree(column, header)
            else { continue }
            let texts = Set(rows.map { table.text($0, column)?.trimmed ?? "" })
            guard texts.count > 1, texts.count <= 50, texts.allSatisfy(Self.isMeasure) else { continue }
            let plain = texts.filter { !AggregateColumns.isStatistic($0) && !Self.isTime($0) }
            if plain.isEmpty {
                guard texts.contains(where: AggregateColumns.isMean), texts.contains(where: AggregateColumns.isSpread)
                else { continue }
            }
            self.column = column
            isOfMetrics = !plain.isEmpty
            return
        }
        return nil
    }

    /// Whether a row is that of a spread, a count or a time.
    func leavesOut(_ row: Int, _ table: CellTable) -> Bool {
        let text = (table.text(row, column) ?? "").trimmed
        return AggregateColumns.isStatistic(text) && !AggregateColumns.isMean(text) || isOfMetrics && Self.isTime(text)
    }

    private static func isMeasure(_ text: String) -> Bool {
        text.contains(where: \.isLetter) && text.utf8.count <= 40 && WrittenNumber(text) == nil
            && (AggregateColumns.isStatistic(text) || isTime(text) || MetricKnowledge.isKnown(text)
                || MetricKnowledge.isHeader(text))
    }

    private static func isTime(_ text: String) -> Bool {
        let words = MetricKnowledge.words(of: text)
        return FactNames.isDuration(words) || ["time", "runtime", "latency", "duration"].contains(words.last)
    }

    /// Whether a header gives its column no meaning of its own.
    private static func isFree(_ column: Int, _ header: TableHeader) -> Bool {
        let key = RecordsLayoutFinder.plainKey(header.keys[column])
        return !TableRole.allCases.contains { $0.headers.contains(key) } && !RecordsLayoutFinder.hasMeaning(key)
    }
}
