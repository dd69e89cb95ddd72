import Support

/// What the columns of a table of results are: a row a result, or a row a model (or a dataset) and a column for each of
/// the others.
struct RecordsLayout {
    enum Shape: Equatable {
        case long(Long)
        case wide(Wide)
    }

    struct Long: Equatable {
        /// Two columns where a network and the data it was trained on make the model.
        var models: [Int]
        var dataset: Int
        var scores: [Score]
        var metric: Int?
        var split: Int?
        var config: Int?
        var higherIsBetter: Int?
        var lowerIsBetter: Int?
        var scale: Int?
        var runs: Int?
        /// Columns that are kept with the results.
        var further: [Int]
    }

    /// A column of results, with what its header says of them.
    struct Score: Equatable {
        var column: Int
        var metric: String?
        var split: String?
    }

    struct Wide: Equatable {
        /// The column with the rows' names.
        var names: Int
        /// Whether the rows are datasets and the columns models.
        var isTransposed: Bool
        var columns: [Int]
        /// Columns that say something of the row's model (or dataset).
        var attributes: [Int]
        /// Columns that say something of all results of a row whose name is a model's.
        var metric: Int?
        var split: Int?
        var higherIsBetter: Int?
        var lowerIsBetter: Int?
        var scale: Int?
    }

    var shape: Shape
    /// Columns that are no results and no facts: an index, a rank, a mean of others; with the reason.
    var leftOut: [(column: Int, reason: String)] = []
    /// What was recognised and has to be said.
    var remarks: [String] = []
}

/// Finds out what the columns of a table of results are.
struct RecordsLayoutFinder {
    let table: CellTable
    let header: TableHeader
    let options: ReadingOptions
    /// Names of models and datasets that other tables of the zoo know.
    let knownModels: Set<String>
    let knownDatasets: Set<String>
    /// Columns that a saved zoo keeps as metadata, whatever they are called.
    let declared: Set<String>

    private var sample: Range<Int> { header.rowCount..<min(table.rowCount, header.rowCount + 2000) }

    /// - Throws: ``TableError`` that names everything that is missing.
    func layout() throws(TableError) -> RecordsLayout {
        let roles = try assigned()
        if let long = long(roles) { return long }
        if let wide = try wide(roles) { return wide }
        if let (what, instead) = notResults() {
            throw .content(.notResults(what, instead: instead), file: table.file, line: table.line(0))
        }
        if let number = header.names.first(where: { $0.contains(".") && WrittenNumber($0) != nil }),
            header.rowCount == 1
        {
            throw .content(.noHeader(number), file: table.file, line: table.line(0))
        }
        // A column called as a metric, with texts in it: that it holds no numbers is the news.
        if let column = header.names.indices.first(where: { MetricKnowledge.isKnown(header.names[$0]) && !isBlank($0) }
        ),
            let text = sample.compactMap({ table.text($0, column)?.trimmed }).first(where: { !$0.isEmpty }),
            scoreColumns(except: []).isEmpty, TableRole.score.column(in: header.keys) == nil
        {
            throw .content(
                .mostlyText(
                    text, column: header.names[column],
                    texts: sample.count { (table.text($0, column)).map { WrittenNumber($0) == nil } ?? true },
                    of: sample.count), file: table.file, line: table.line(header.rowCount))
        }
        var missing: [String] = []
        if roles[.model] == nil, TableRole.model.column(in: header.keys) == nil { missing.append("model") }
        if roles[.dataset] == nil, TableRole.dataset.column(in: header.keys) == nil { missing.append("dataset") }
        if roles[.score] == nil, scoreColumns(except: []).isEmpty, TableRole.score.column(in: header.keys) == nil {
            missing.append("score")
        }
        // All are there, and yet it is no table of results: names that repeat nowhere, or a column of texts.
        if missing.isEmpty { missing = ["score"] }
        throw .content(
            .missingColumns(missing, known: header.names.filter { !$0.isEmpty }, line: suggestion(missing)),
            file: table.file,
            line: table.line(0))
    }

    /// Tables that other programs write of other things, and what to do.
    private func notResults() -> (what: String, instead: String)? {
        let keys = Set(header.keys)
        if keys.contains("mean_test_score"),
            keys.contains("params") || header.keys.contains(where: { $0.hasPrefix("param_") })
        {
            return (
                "scikit-learn's cv_results_: a row for each setting of one model",
                "Write a row for each model with its dataset and its mean_test_score."
            )
        }
        if keys.contains("number"), keys.contains("value"), keys.contains("datetime_start") || keys.contains("state"),
            header.keys.contains(where: { $0.hasPrefix("params_") })
        {
            return (
                "trials of Optuna: a row for each setting that was tried",
                "Write a row for each model with its dataset and the value of its best trial."
            )
        }
        return nil
    }

    /// The columns that `--columns` names.
    private func assigned() throws(TableError) -> [TableRole: Int] {
        var roles: [TableRole: Int] = [:]
        for (role, name) in options.columns.sorted(by: { $0.key < $1.key }) {
            guard let role = TableRole(rawValue: role.lowercased()) else {
                throw .content(
                    .unknownRole(role, known: TableRole.allCases.map(\.rawValue)), file: table.file, line: nil)
            }
            let key = AttributeKnowledge.key(name)
            guard let column = header.names.firstIndex(of: name) ?? header.keys.firstIndex(of: key) else {
                throw .content(.unknownColumn(name, known: header.names), file: table.file, line: table.line(0))
            }
            roles[role] = column
        }
        return roles
    }

    private func long(_ roles: [TableRole: Int]) -> RecordsLayout? {
        var taken = Set(roles.values)
        for column in header.names.indices where declared.contains(header.names[column]) { taken.insert(column) }
        let kept = taken.subtracting(roles.values)
        func role(_ role: TableRole) -> Int? {
            if let column = roles[role] { return column }
            let column = role.column(in: header.keys, except: taken)
            if let column { taken.insert(column) }
            return column
        }
        // The dataset first: `task` is one where nothing better is there.
        guard let dataset = role(.dataset), let model = role(.model) else { return nil }
        // Without a column of its own a name in the header is the metric: `accuracy`, `wer`, `Score (lower is better)`.
        var scores: [RecordsLayout.Score] = []
        var doubles: [(column: Int, reason: String)] = []
        if let column = roles[.score] {
            scores = [score(column)]
        } else if let column = TableRole.score.column(in: header.keys, except: taken)
            ?? header.names.indices.first(where: {
                !taken.contains($0) && MetricKnowledge.saidDirection(header.names[$0]) != nil
                    && TableRole.score.headers.contains(MetricKnowledge.words(of: header.names[$0]).first ?? "")
            })
        {
            scores = [score(column)]
            taken.insert(column)
        } else {
            for column in scoreColumns(except: taken) {
                let next = score(column)
                let same = scores.first {
                    $0.split == next.split
                        && MetricKnowledge.canonical($0.metric ?? "") == MetricKnowledge.canonical(next.metric ?? "")
                }
                if let same {
                    doubles.append((column, "the same metric as '\(header.names[same.column])'"))
                } else {
                    scores.append(next)
                }
                taken.insert(column)
            }
        }
        guard !scores.isEmpty else { return nil }
        let metric = role(.metric)
        var long = RecordsLayout.Long(
            models: [model], dataset: dataset, scores: scores, metric: metric,
            split: role(.split) ?? splitColumn(taken),
            config: nil, higherIsBetter: role(.higherIsBetter), lowerIsBetter: role(.lowerIsBetter),
            scale: role(.scale), runs: role(.runs), further: [])
        if let split = long.split { taken.insert(split) }
        long.config = role(.config)
        var layout = RecordsLayout(shape: .long(long), leftOut: doubles)
        // `metric` says what was measured and the column that its complement stands here: AutoGluon's `metric_error`.
        if metric != nil, scores.count == 1, let name = scores[0].metric, MetricKnowledge.higherIsBetter(name) == false
        {
            layout.remarks.append("'\(name)' holds errors, whatever the metric beside it: lower is better")
        }
        if roles[.model] == nil, let source = sourceColumn(beside: model, dataset: dataset) {
            long.models.append(source)
            layout.remarks.append(
                "'\(header.names[model])' and '\(header.names[source])' together are the model, as one alone stands for several"
            )
        }
        for column in header.names.indices
        where (!taken.contains(column) || kept.contains(column)) && !long.models.contains(column) {
            if header.names[column].isEmpty || header.keys[column].hasPrefix("unnamed") {
                layout.leftOut.append((column, "an index"))
            } else {
                long.further.append(column)
            }
        }
        layout.shape = .long(long)
        return layout
    }

    /// A column with the source data of an architecture, where the architecture alone does not name a model: some pair of
    /// architecture and dataset has rows of several sources.
    private func sourceColumn(beside model: Int, dataset: Int) -> Int? {
        guard ["architecture", "arch", "network", "backbone"].contains(header.keys[model]),
            let source = header.keys.firstIndex(where: {
                ["source_dataset", "source", "pretraining_dataset", "pretrained_on"].contains($0)
            })
        else { return nil }
        var seen: [String: String] = [:]
        for row in sample {
            let pair = "\(table.text(row, model) ?? "")\u{0}\(table.text(row, dataset) ?? "")"
            let own = table.text(row, source) ?? ""
            if let known = seen.updateValue(own, forKey: pair), known != own { return source }
        }
        return nil
    }

    /// Columns of numbers that are called as a metric is.
    private func scoreColumns(except taken: Set<Int>) -> [Int] {
        header.names.indices.filter { column in
            !taken.contains(column) && MetricKnowledge.isHeader(header.names[column]) && share(numeric: column) > 0.5
        }
    }

    /// What a column of results says by its header: `score` alone says nothing, `val_loss` a metric and a split.
    private func score(_ column: Int) -> RecordsLayout.Score {
        let name = header.names[column]
        let isPlain = TableRole.score.headers.contains(header.keys[column])
        let split = isPlain ? nil : MetricKnowledge.split(inHeader: name)
        return .init(column: column, metric: isPlain ? nil : name, split: split)
    }

    /// A column of another name whose texts are all splits: `set`, `phase`, `subset`.
    private func splitColumn(_ taken: Set<Int>) -> Int? {
        header.keys.indices.first { column in
            guard ["set", "phase", "subset", "part", "stage", "mode", "fold"].contains(header.keys[column]),
                !taken.contains(column) || TableRole.config.headers.contains(header.keys[column])
            else { return false }
            let texts = sample.compactMap { table.text($0, column)?.trimmed.lowercased() }.filter { !$0.isEmpty }
            return !texts.isEmpty && texts.allSatisfy(MetricKnowledge.splitWords.contains)
        }
    }

    /// The share of a column's fields that are numbers, of those that hold anything.
    private func share(numeric column: Int) -> Double {
        var numbers = 0
        var filled = 0
        for row in sample {
            if table.isEmpty(row, column) { continue }
            if table.number(row, column, comma: .decimal) != nil {
                numbers += 1
                filled += 1
            } else if !ColumnTyping.isMissingResult(table.text(row, column) ?? "") {
                filled += 1
            }
        }
        return filled == 0 ? 0 : Double(numbers) / Double(filled)
    }

    // MARK: Wide tables

    private func wide(_ roles: [TableRole: Int]) throws(TableError) -> RecordsLayout? {
        if roles[.score] != nil || sample.isEmpty { return nil }
        if notResults() != nil { return nil }
        if header.rowCount == 1, header.names.contains(where: { $0.contains(".") && WrittenNumber($0) != nil }) {
            return nil
        }
        let numeric = header.names.indices.map { share(numeric: $0) > 0.5 }
        var layout = RecordsLayout(shape: .wide(.init(names: 0, isTransposed: false, columns: [], attributes: [])))
        let index = header.names.indices.first { isIndex($0) }
        if let index { layout.leftOut.append((index, "an index")) }
        let others = header.names.indices.filter { $0 != index }
        let datasetColumn =
            roles[.dataset]
            ?? TableRole.dataset.column(in: header.keys).flatMap { numeric[$0] && !isNamedByNumbers($0) ? nil : $0 }
        let modelColumn = roles[.model] ?? TableRole.model.column(in: header.keys).flatMap { numeric[$0] ? nil : $0 }
        // Both are there, and no result: as a rule a column is missing, and nothing is wide.
        if datasetColumn != nil, let modelColumn {
            let results = others.filter {
                numeric[$0] && !MetricKnowledge.isKnown(header.names[$0]) && !isAttribute($0, false)
            }
            // What is called as a metric is, is one of a long table, which has no column that it was known by.
            let asMetrics = results.count {
                MetricKnowledge.isHeader(header.names[$0]) || MetricKnowledge.isSpread(header.names[$0])
            }
            if results.count < 2 || asMetrics > 0 || !areUnique(modelColumn) { return nil }
        }
        let isTransposed: Bool
        let names: Int
        // A column that repeats its names tells no rows of a wide table apart, unless another says that they are runs or
        // splits: the table is long, and lacks a column.
        if let column = modelColumn ?? datasetColumn, !areUnique(column), !hasRepeats { return nil }
        if let modelColumn {
            (names, isTransposed) = (modelColumn, false)
        } else if let datasetColumn {
            (names, isTransposed) = (datasetColumn, true)
        } else {
            guard let first = others.first(where: { !numeric[$0] && areUnique($0) }) else { return nil }
            names = first
            let corner = Self.corner(header.names[first])
            let texts = Set(sample.compactMap { table.text($0, first)?.trimmed })
            let columns = Set(header.names)
            let models = (texts.intersection(knownModels).count, columns.intersection(knownModels).count)
            let datasets = (texts.intersection(knownDatasets).count, columns.intersection(knownDatasets).count)
            isTransposed = corner ?? (models.1 + datasets.0 > models.0 + datasets.1)
            if corner == nil, models.0 + models.1 + datasets.0 + datasets.1 == 0 {
                layout.remarks.append(
                    "rows taken for models and columns for datasets; naming the datasets' column says that it is the other way"
                )
            }
        }
        var wide = RecordsLayout.Wide(names: names, isTransposed: isTransposed, columns: [], attributes: [])
        if !isTransposed {
            func role(_ role: TableRole) -> Int? {
                guard let column = roles[role] ?? role.column(in: header.keys, except: [names]) else { return nil }
                return role == .lowerIsBetter || role == .higherIsBetter || !numeric[column] ? column : nil
            }
            wide.metric = role(.metric)
            wide.split = role(.split) ?? splitColumn([names])
            wide.higherIsBetter = role(.higherIsBetter)
            wide.lowerIsBetter = role(.lowerIsBetter)
            wide.scale = role(.scale)
        }
        let said = [wide.metric, wide.split, wide.higherIsBetter, wide.lowerIsBetter, wide.scale].compactMap(\.self)
        for column in others where column != names && !said.contains(column) {
            let key = header.keys[column]
            if header.names[column].isEmpty {
                if !isBlank(column) { layout.leftOut.append((column, "a column without a name")) }
            } else if isBlank(column) {
                layout.leftOut.append((column, "an empty column"))
            } else if !numeric[column] {
                let reason = unreadable(column)
                if let reason { layout.leftOut.append((column, reason)) } else { wide.attributes.append(column) }
            } else if Self.ranks.contains(key) || key.hasSuffix("_rank") || key.hasPrefix("rank_") {
                layout.leftOut.append((column, "a rank"))
            } else if key == "mean_win_rate" || key == "win_rate" {
                layout.leftOut.append((column, "a mean over datasets, by its name"))
            } else if MetricKnowledge.isSpread(header.names[column]), !knownDatasets.contains(header.names[column]) {
                layout.leftOut.append((column, "how far results spread"))
            } else if Self.differences.contains(key) || header.names[column].contains("Δ") {
                layout.leftOut.append((column, "a difference or a p-value"))
            } else if isAttribute(column, isTransposed) {
                wide.attributes.append(column)
            } else {
                wide.columns.append(column)
            }
        }
        guard !wide.columns.isEmpty else { return nil }
        let numbers = wide.attributes.filter { numeric[$0] }
        if !numbers.isEmpty {
            layout.remarks.append(
                "columns of numbers taken for facts about the rows, not for results: "
                    + numbers.map { "'\(header.names[$0])'" }.joined(separator: ", "))
        }
        // Columns of metrics and no dataset: a long table without its datasets, whatever else it tells of a model.
        let metrics = wide.columns.count {
            MetricKnowledge.isKnown(header.names[$0]) || TableRole.score.headers.contains(header.keys[$0])
                || MetricKnowledge.split(inHeader: header.names[$0]) != nil
                    && MetricKnowledge.isHeader(header.names[$0])
        }
        let isOfMetrics = metrics == wide.columns.count || metrics >= 2 && metrics * 2 >= wide.columns.count
        if isOfMetrics, header.metrics.allSatisfy({ $0 == nil }),
            !wide.columns.contains(where: { knownDatasets.contains(header.names[$0]) })
        {
            return nil
        }
        let means = MeanColumns(table: table, header: header, columns: wide.columns)
        for (column, reason) in means.found { layout.leftOut.append((column, reason)) }
        wide.columns.removeAll { column in means.found.contains { $0.column == column } }
        guard !wide.columns.isEmpty else { return nil }
        layout.remarks.insert(
            isTransposed
                ? "a wide table: a row for each of \(table.rowCount - header.rowCount) datasets, a column for each of \(wide.columns.count) models"
                : "a wide table: a row for each of \(table.rowCount - header.rowCount) models, a column for each of \(wide.columns.count) datasets",
            at: 0)
        layout.shape = .wide(wide)
        return layout
    }

    /// Whether the corner of a wide table says what its rows are: `Dataset / Model`; `nil` where it does not.
    private static func corner(_ name: String) -> Bool? {
        let words = MetricKnowledge.words(of: name)
        let models = words.firstIndex { ["model", "models", "method", "methods", "network"].contains($0) }
        let datasets = words.firstIndex { ["dataset", "datasets", "task", "tasks", "benchmark", "data"].contains($0) }
        switch (models, datasets) {
        case (let model?, let dataset?): return dataset < model
        case (nil, _?): return true
        case (_?, nil): return false
        default: return nil
        }
    }

    /// Whether a column tells rows of one name apart: a seed, a run, a split.
    private var hasRepeats: Bool {
        header.keys.contains {
            [
                "seed", "seeds", "random_seed", "run", "run_id", "trial", "repeat", "fold", "split", "set", "phase",
                "metric", "pretraining", "pretrained_on", "pretraining_dataset",
            ]
            .contains($0)
        }
    }

    /// Names that are whole numbers, each once: years, OpenML's tasks.
    private func isNamedByNumbers(_ column: Int) -> Bool {
        ["dataset", "dataset_name", "dataset_id", "datasets", "task", "task_id", "benchmark"].contains(
            header.keys[column])
            && sample.allSatisfy { table.text($0, column).flatMap { Int($0.trimmed) } != nil } && areUnique(column)
    }

    /// Why a column with more text than numbers may have been meant for results and cannot be; `nil` where it says something
    /// of its rows.
    private func unreadable(_ column: Int) -> String? {
        let name = header.names[column]
        let texts = sample.compactMap { table.text($0, column)?.trimmed }.filter { !ColumnTyping.isMissingResult($0) }
        guard !texts.isEmpty else { return "nothing but words for missing results" }
        let pairs = texts.count { text in
            let parts = text.split(whereSeparator: { "/|;".contains($0) })
            return parts.count == 2 && parts.allSatisfy { WrittenNumber($0.trimmed) != nil }
        }
        if pairs * 2 > texts.count {
            return "two numbers in a field, such as '\(texts[0].prefix(20))': write a column for each"
        }
        let canonical = AttributeKnowledge.model(name)
        if canonical != name || AttributeKnowledge.isCount(canonical) { return nil }
        // A digit first, as results have and names seldom.
        let beginWithDigit = texts.count { $0.drop { "<>~≈+-−$\\".contains($0) }.first?.isNumber == true }
        let numbers = sample.count { table.number($0, column, comma: .decimal) != nil }
        guard
            numbers > 0 && numbers * 5 >= texts.count
                || beginWithDigit * 10 >= texts.count * 9 && numbers * 2 < texts.count && texts.count > 1
        else { return nil }
        let example = texts.first { WrittenNumber($0) == nil } ?? texts[0]
        // A size or a date is told from a result by what it is called.
        return isAttribute(column, false) || AttributeKnowledge.isNumber(canonical) || example.contains(":")
            || example.count > 40
            ? nil : "most of its fields are no numbers, such as '\(example.prefix(30))'"
    }

    private static let differences: Set<String> = [
        "delta", "diff", "difference", "p_value", "pvalue", "p", "improvement",
    ]

    private static let ranks: Set<String> = ["rank", "ranking", "position", "place", "no", "nr", "id", "index", "row"]

    /// Whether a column of a wide table says something of the model (or dataset) and is no result.
    private func isAttribute(_ column: Int, _ isTransposed: Bool) -> Bool {
        if knownDatasets.contains(header.names[column]) || knownModels.contains(header.names[column]) { return false }
        let name = header.names[column]
        let canonical = isTransposed ? AttributeKnowledge.dataset(name) : AttributeKnowledge.model(name)
        if AttributeKnowledge.isCount(canonical) { return true }
        let words = MetricKnowledge.words(of: name)
        if name.hasPrefix("#") || ["n", "num", "nr"].contains(words.first) && words.count > 1 { return true }
        if Self.settings.contains(header.keys[column]) { return true }
        // `Time (ms)`, `Size (GB)`, `params (M)`
        if let open = name.lastIndex(where: { $0 == "(" || $0 == "[" }), let last = name.last,
            last == ")" || last == "]"
        {
            let unit = name[name.index(after: open)...].dropLast().trimmed.lowercased()
            if Self.units.contains(unit) { return true }
        }
        return words.contains { Self.measured.contains($0) }
    }

    private static let units: Set<String> = [
        "ms", "s", "sec", "min", "h", "hours", "hrs", "days", "gb", "mb", "kb", "gib", "mib", "m", "b", "k", "g", "usd",
        "$", "px",
        "gpu h", "gpu hours", "it/s", "samples/s", "tokens/s", "images/s", "img/s", "fps", "w", "kwh", "gflops",
        "tflops",
    ]

    /// Headers of settings and counts, which are no datasets.
    private static let settings: Set<String> = [
        "lr", "learning_rate", "batch_size", "batch", "bs", "seed", "random_seed", "weight_decay", "dropout",
        "momentum",
        "votes", "likes", "hub", "hub_likes", "downloads", "stars", "vocab", "vocab_size", "time", "training_time",
        "train_time", "inference_time", "runtime", "training_time_h", "train_samples", "test_samples", "samples",
        "rows",
        "features", "classes", "instances", "imbalance", "n_train", "n_test", "size", "model_size", "release",
        "released",
        "version", "context", "context_length", "max_tokens", "warmup_steps", "temperature", "shots", "n_shot",
        "num_fewshot",
    ]

    /// Words of columns that say how large, slow or old something is.
    private static let measured: Set<String> = [
        "params", "parameters", "flops", "gflops", "macs", "gmacs", "latency", "throughput", "year", "date", "depth",
        "layers",
        "memory", "epochs", "steps", "seconds", "hours", "gpu", "cost", "price", "tokens", "dimension", "dim",
        "dimensions",
    ]

    /// 0, 1, 2, … under no name, as pandas writes it.
    private func isIndex(_ column: Int) -> Bool {
        guard header.names[column].isEmpty || header.keys[column].hasPrefix("unnamed") || header.keys[column] == "index"
        else {
            return false
        }
        let values = sample.map { table.number($0, column)?.value }
        guard let first = values.first ?? nil, first == 0 || first == 1 else { return false }
        return values.enumerated().allSatisfy { $0.element == first + Double($0.offset) }
    }

    private func areUnique(_ column: Int) -> Bool {
        let texts = sample.compactMap { table.text($0, column)?.trimmed }.filter { !$0.isEmpty }
        return !texts.isEmpty && Set(texts).count * 10 >= texts.count * 9
    }

    private func isBlank(_ column: Int) -> Bool { sample.allSatisfy { table.isEmpty($0, column) } }

    /// The choice of columns to type for a table that lacks some.
    private func suggestion(_ missing: [String]) -> String {
        var free = header.names.indices.filter { !header.names[$0].isEmpty }
        var parts: [String] = []
        for role in [TableRole.model, .dataset, .score] {
            if let column = role.column(in: header.keys) {
                parts.append("\(role.rawValue)=\(Self.quoted(header.names[column]))")
                free.removeAll { $0 == column }
            }
        }
        // What says something else of a result is none of the three.
        for role in [TableRole.metric, .split, .config, .higherIsBetter, .lowerIsBetter, .scale, .runs] {
            if let column = role.column(in: header.keys) { free.removeAll { $0 == column } }
        }
        free.removeAll {
            Self.settings.contains(header.keys[$0]) || MetricKnowledge.isSpread(header.names[$0])
                || header.keys[$0].hasPrefix("param")
        }
        for role in missing where !parts.contains(where: { $0.hasPrefix("\(role)=") }) {
            let wantsNumber = role == "score"
            let guess = free.first { column in
                guard (share(numeric: column) > 0.5) == wantsNumber, !isBlank(column) else { return false }
                // A dataset stands in several rows, and so does a model.
                return wantsNumber || role == "model" || !areUnique(column)
            }
            if let guess { free.removeAll { $0 == guess } }
            parts.append("\(role)=\(guess.map { Self.quoted(header.names[$0]) } ?? "NAME")")
        }
        return parts.joined(separator: ",")
    }

    private static func quoted(_ name: String) -> String {
        name.contains(" ") || name.contains(",") ? "\"\(name)\"" : name
    }
}
