import Support

/// Tables with a row a model (or a dataset) and a column for each of the others.
extension RecordsLayoutFinder {
    func wide(_ roles: [TableRole: Int]) throws(TableError) -> RecordsLayout? {
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
        // Of several rows of a header the first column says what each of them names: the columns.
        let namesColumns = header.labels.count > 1 ? header.labels.contains { Self.corner($0) == true } : false
        // Names of all levels of the columns, as pandas writes them: `Models` says what the columns are, not the rows.
        let levelsAreModels = levelsAreModels
        let datasetColumn =
            roles[.dataset]
            ?? TableRole.dataset.column(in: header.keys).flatMap {
                numeric[$0] && !isNamedByNumbers($0) || namesColumns && $0 == 0 ? nil : $0
            }
        // Rows of facts about models: they stand across, whatever the corner says.
        let modelsAreAcross = !facts.isEmpty && !factsAreOfDatasets || levelsAreModels
        let modelColumn = modelsAreAcross ? nil : roles[.model] ?? wideModelColumn(numeric)
        // Both are there, and no result: as a rule a column is missing, and nothing is wide.
        if datasetColumn != nil, let modelColumn {
            let results = others.filter {
                numeric[$0] && !MetricKnowledge.isKnown(header.names[$0]) && !isAttribute($0, false)
            }
            // What is called as a metric is, is one of a long table, which has no column that it was known by.
            let asMetrics = results.count {
                MetricKnowledge.isHeader(header.names[$0]) || MetricKnowledge.isSpread(header.names[$0])
            }
            let isDataset = datasetColumn.map { header.keys[$0].split(separator: "_").contains("dataset") } ?? false
            if results.count < 2 || asMetrics > 0 || isDataset || !areUnique(modelColumn) { return nil }
        }
        let isTransposed: Bool
        let names: Int
        // A column that repeats its names tells no rows of a wide table apart, unless another says that they are runs or
        // splits: the table is long, and lacks a column.
        var isRepeated = (modelColumn ?? datasetColumn).map { !areUnique($0) } ?? false
        if let modelColumn {
            (names, isTransposed) = (modelColumn, false)
        } else if let datasetColumn {
            (names, isTransposed) = (datasetColumn, true)
        } else {
            guard let first = rowNames(others, numeric) else { return nil }
            names = first
            let corner =
                modelsAreAcross
                ? true
                : namesColumns && first == 0
                    ? false : Self.corner(header.names[first]) ?? (areRowsOfMetrics(first) ? true : nil)
            let texts = Set(sample.compactMap { table.text($0, first)?.trimmed })
            let columns = Set(header.names)
            let models = (texts.intersection(knownModels).count, columns.intersection(knownModels).count)
            let datasets = (texts.intersection(knownDatasets).count, columns.intersection(knownDatasets).count)
            let isKnown = models.0 + models.1 + datasets.0 + datasets.1 > 0
            let lean =
                FamiliarNames.lean(others.filter { numeric[$0] }.map { header.names[$0] }) - FamiliarNames.lean(texts)
            isTransposed = corner ?? (isKnown ? models.1 + datasets.0 > models.0 + datasets.1 : lean > 0)
            if corner == nil, !isKnown {
                let named = header.names[first].isEmpty ? "column \(first + 1)" : "'\(header.names[first])'"
                let how = lean == 0 ? "" : ", by what names of models and datasets are like"
                layout.remarks.append(
                    isTransposed
                        ? "rows taken for datasets and columns for models\(how); naming \(named) as the models' says that it is the other way"
                        : "rows taken for models and columns for datasets\(how); naming \(named) as the datasets' says that it is the other way"
                )
            }
        }
        var wide = RecordsLayout.Wide(names: names, isTransposed: isTransposed, columns: [], attributes: [])
        if isTransposed != factsAreOfDatasets { wide.facts = facts }
        if !isTransposed || isRepeated {
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
        if wide.metric == nil, let measures, measures.isOfMetrics, measures.column != names {
            wide.metric = measures.column
        }
        let said = [wide.metric, wide.split, wide.higherIsBetter, wide.lowerIsBetter, wide.scale].compactMap(\.self)
        if isRepeated {
            let given = [names] + [wide.metric, wide.split].compactMap(\.self)
            if !isTransposed, roles[.model] == nil {
                wide.parts = partsOfModel(names, given: given, except: Set(said))
                if !wide.parts.isEmpty { layout.remarks.append(joined([names] + wide.parts)) }
            }
            wide.configs = settingColumns(given: given + wide.parts, except: Set(said))
            for config in wide.configs { layout.remarks.append(apart(config)) }
            wide.runs = header.keys.indices.filter { FactNames.runs.contains(header.keys[$0]) && $0 != names }
            wide.step = stepColumn(given: given + wide.parts + wide.configs + wide.runs, Set(said))
            isRepeated = !areUnique(given + wide.parts + wide.configs) && !hasRepeats
        }
        let evaluations =
            header.names.contains(where: knownDatasets.contains)
            ? [:] : EvaluationColumns.parts(of: others.filter { numeric[$0] }.map { header.names[$0] })
        for column in others where column != names && !said.contains(column) && !wide.configs.contains(column) {
            if wide.parts.contains(column) {
                wide.attributes.append(column)
                continue
            }
            let key = header.keys[column]
            if column == measures?.column {
                layout.leftOut.append((column, "it says which statistic a row holds"))
            } else if wide.runs.contains(column) {
                layout.leftOut.append((column, "it tells runs of one name apart"))
            } else if column == wide.step {
                layout.leftOut.append((column, "it says how far a run had come"))
            } else if header.names[column].isEmpty {
                if !isBlank(column) { layout.leftOut.append((column, "a column without a name")) }
            } else if isBlank(column) {
                layout.leftOut.append((column, "an empty column"))
            } else if !numeric[column] {
                let reason = unreadable(column)
                if let reason { layout.leftOut.append((column, reason)) } else { wide.attributes.append(column) }
            } else if header.spreads.contains(column) {
                layout.leftOut.append((column, "how far results spread, or of how many they are, beside the result"))
            } else if isRank(column) {
                layout.leftOut.append((column, "a rank"))
            } else if isNumbering(column) {
                layout.leftOut.append((column, "a number of each row"))
            } else if key == "mean_win_rate" || key == "win_rate" {
                layout.leftOut.append((column, "a mean over datasets, by its name"))
            } else if isBesideItsResult(column, numeric) {
                layout.leftOut.append((column, "how far results spread, or the error, beside the result"))
            } else if isDifference(column, numeric) {
                layout.leftOut.append((column, "a difference from the result beside it"))
            } else if MetricKnowledge.isSpread(header.names[column]), !knownDatasets.contains(header.names[column]) {
                layout.leftOut.append((column, "how far results spread"))
            } else if Self.differences.contains(key) || header.names[column].contains("Δ")
                || !knownDatasets.contains(header.names[column]) && Self.isDifference(header.names[column])
            {
                layout.leftOut.append((column, "a difference, a ratio or a p-value"))
            } else if isCountOfWins(column) {
                layout.leftOut.append((column, "on how many others a model wins or loses"))
            } else if isShareOfZeroShot(column) {
                layout.leftOut.append((column, "the share of what a model had not seen"))
            } else if isAttribute(column, isTransposed) {
                wide.attributes.append(column)
            } else if !evaluations.isEmpty, evaluations[header.names[column]] == nil,
                EvaluationColumns.begin(header.names[column]) != nil
            {
                layout.leftOut.append((column, "no dataset stands in its name, as in those beside it"))
            } else {
                wide.columns.append(column)
            }
        }
        guard !wide.columns.isEmpty else { return nil }
        if isTransposed, !isRepeated, areMetrics(names) {
            throw .content(
                .notResults(
                    "a row for each metric and a column for each model, and no dataset",
                    instead:
                        "Write a row for each model and a column for each metric, and add a column 'dataset' with the dataset's name."
                ), file: table.file, line: table.line(0))
        }
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
                    && MetricKnowledge.isHeader(header.names[$0]) && !namesDatasetAndSplit($0)
                    && evaluations[header.names[$0]] == nil
        }
        let isOfMetrics = metrics == wide.columns.count || metrics >= 2 && metrics * 2 >= wide.columns.count
        // Runs of one dataset that is named nowhere.
        let plain = wide.columns.filter { !MeanColumns.names.contains(header.keys[$0]) }
        if !plain.isEmpty, plain.allSatisfy({ FactNames.isNumberedRun(header.names[$0]) }) { return nil }
        if isOfMetrics || areOfDetection(wide.columns), header.metrics.allSatisfy({ $0 == nil }),
            !wide.columns.contains(where: { knownDatasets.contains(header.names[$0]) })
        {
            return nil
        }
        let asDatasets = wide.columns.filter { column in
            header.metrics[column] == nil && MetricKnowledge.isKnown(header.names[column])
                && !knownDatasets.contains(header.names[column])
        }
        if !isTransposed, !asDatasets.isEmpty {
            layout.remarks.append(
                "columns called as a metric is, with no word on whose: taken for datasets of these names: "
                    + asDatasets.map { "'\(header.names[$0])'" }.joined(separator: ", "))
        }
        if isRepeated, options.runs == nil {
            // A single column of values is no wide table: what it lacks is told instead.
            if wide.columns.count > 1, let (row, other) = firstRepeat(names) {
                throw .content(
                    .repeatedRow(
                        (table.text(row, names) ?? "").trimmed, column: header.names[names], line: table.line(other),
                        apart: anyColumn(tellingApart: [names], except: []).map { header.names[$0] }),
                    file: table.file, line: table.line(row))
            }
            return nil
        }
        let means = MeanColumns(table: table, header: header, columns: wide.columns)
        for (column, reason) in means.found { layout.leftOut.append((column, reason)) }
        wide.metricOfMean = means.metric
        wide.columns.removeAll { column in means.found.contains { $0.column == column } }
        guard !wide.columns.isEmpty else { return nil }
        let rows = rowCount([names] + wide.parts, except: wide.facts)
        let columns = Set(wide.columns.map { header.names[$0] }).count
        layout.remarks.insert(
            isTransposed
                ? "a wide table: a row for each of \(rows) datasets, a column for each of \(columns) models"
                : "a wide table: a row for each of \(rows) models, a column for each of \(columns) datasets",
            at: 0)
        if !wide.facts.isEmpty {
            layout.remarks.append(
                "rows taken for facts about the "
                    + (isTransposed ? "models, not for datasets: " : "datasets, not for models: ")
                    + wide.facts.prefix(12).map { "'\((table.text($0, names) ?? "").trimmed)'" }.joined(separator: ", ")
            )
        }
        layout.shape = .wide(wide)
        return layout
    }

    /// Whether the header has several rows, each with a name of what it holds before it, and the first names models:
    /// `Models,PatchTST,…` above `Metric,MSE,…`.
    private var levelsAreModels: Bool {
        let labels = header.labels
        guard labels.count >= 2, Self.corner(labels[0]) == false, !labels[1].isEmpty,
            ["metric", "metrics", "measure", "split", "seed", "run", "measures"].contains(
                AttributeKnowledge.key(labels[1]))
        else { return false }
        let columns = header.names.dropFirst().filter { !$0.isEmpty }
        let rows = sample.compactMap { table.text($0, 0)?.trimmed }
        // People write `Model` above their rows and `Metric` below it.
        return labels.count > 2 || FamiliarNames.lean(Set(columns)) >= FamiliarNames.lean(Set(rows))
    }

    /// How many names the rows have that sum up no others.
    private func rowCount(_ names: [Int], except facts: [Int]) -> Int {
        let rows = Set(header.rowCount..<table.rowCount).subtracting(facts)
        let found = rows.map { row in names.map { table.text(row, $0)?.trimmed ?? "" } }
        return Set(found.filter { !SummaryNames.isSummary($0[0]) && !SummaryNames.isMargin($0[0]) }).count
    }

    /// Whether a table's rows are several metrics of one task and nothing else: their dataset stands nowhere.
    private func areMetrics(_ names: Int) -> Bool {
        let texts = sample.compactMap { table.text($0, names)?.trimmed }
            .filter { !$0.isEmpty && !SummaryNames.isSummary($0) }
        let metrics = texts.map { MetricKnowledge.canonical($0) }
        return metrics.count >= 2 && Self.metricsOfOneTask.contains { task in metrics.allSatisfy(task.contains) }
    }

    private static let metricsOfOneTask: [Set<String>] = [
        [
            "accuracy", "f1", "loss", "log_loss", "precision", "recall", "auc", "top5_accuracy", "error", "f1_macro",
            "macro_f1", "micro_f1", "f1_micro", "balanced_accuracy", "specificity", "sensitivity",
            "matthews_correlation", "kappa", "val_loss", "val_accuracy", "val_acc", "train_loss", "average_precision",
            "ece", "brier", "brier_score", "nll",
        ],
        ["mse", "rmse", "mae", "mape", "smape", "r2", "loss", "nrmse", "rmsle", "median_absolute_error"],
    ]

    private static let numbered: Set<String> = [
        "model", "run", "row", "entry", "experiment", "exp", "job", "trial", "submission", "team", "user", "paper",
        "flow",
        "setup", "record",
    ]

    /// Whether a column counts or numbers the rows under a name such as `model_id`.
    private func isNumbering(_ column: Int) -> Bool {
        let words = header.keys[column].split(separator: "_").map(String.init)
        guard words.count == 2, ["id", "index", "idx", "no", "nr", "number"].contains(words[1]),
            Self.numbered.contains(words[0])
        else { return false }
        return !knownDatasets.contains(header.names[column])
            && sample.allSatisfy { row in
                table.isEmpty(row, column) || (table.number(row, column)?.value).map { $0 == $0.rounded() } ?? false
            }
    }

    /// The first row whose name another row has already, and that row.
    private func firstRepeat(_ column: Int) -> (row: Int, other: Int)? {
        var seen: [String: Int] = [:]
        for row in sample {
            guard let name = table.text(row, column)?.trimmed, !name.isEmpty else { continue }
            if let other = seen[name] { return (row, other) }
            seen[name] = row
        }
        return nil
    }

    /// Whether the corner of a wide table says what its rows are: `Dataset / Model`; `nil` where it does not.
    static func corner(_ name: String) -> Bool? {
        let words = MetricKnowledge.words(of: name)
        let models = words.firstIndex { ["model", "models", "method", "methods", "network"].contains($0) }
        let datasets = words.firstIndex { ["dataset", "datasets", "task", "tasks", "benchmark", "data"].contains($0) }
        switch (models, datasets) {
        case (let model?, let dataset?): return dataset < model
        case (nil, _?): return true
        case (_?, nil): return false
        default: return ["metric", "metrics", "measure"].contains(words.first) ? true : nil
        }
    }

    /// Whether most rows are named by a metric beside their dataset, or carry an arrow, and no column does.
    private func areRowsOfMetrics(_ column: Int) -> Bool {
        func tells(_ name: String) -> Bool {
            MetricKnowledge.saidDirection(name) != nil
                || MetricKnowledge.setsMetricApart(name) && MetricKnowledge.datasetAndMetric(name) != nil
        }
        let texts = sample.compactMap { table.text($0, column)?.trimmed }.filter { !$0.isEmpty }
        return texts.count { tells($0) } * 2 > texts.count && !header.names.contains(where: tells)
    }

    /// Whether a column tells rows of one name apart: a seed, a run, a split, an epoch.
    var hasRepeats: Bool {
        header.keys.contains { key in
            FactNames.runs.contains(key) || FactNames.steps.contains(key)
                || ["split", "set", "phase", "metric"].contains(key)
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
        if texts.count(where: { PairFields.parts(of: $0) != nil }) * 2 > texts.count {
            let (what, instead) = PairFields.sentence(texts[0], column: name)
            return "\(what): \(instead.prefix(1).lowercased())\(instead.dropFirst().dropLast())"
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

    /// Whether a name is that of a difference or a ratio and nothing else: `vs. baseline (%)`, `Relative improvement`.
    static func isDifference(_ name: String) -> Bool {
        let words = MetricKnowledge.words(of: name)
        if words.isEmpty || words.count > 5 { return false }
        let isRelative = ["relative", "rel"].contains(words[0]) && words.count > 1
        let isVersus = ["vs", "versus"].contains(words[0]) && words.count > 1
        return (isRelative || isVersus || words.contains { ofDifferences.contains($0) } || words == ["speed", "up"])
            && words.allSatisfy { ofDifferences.contains($0) || besideDifferences.contains($0) }
    }

    private static let ofDifferences = NoteRows.called.subtracting(["differences"])
        .union(["change", "speedup", "ratio"])

    private static let besideDifferences = NoteRows.besideDifferences.union([
        "base", "previous", "prev", "performance", "perf", "score", "accuracy", "acc", "speed", "up",
    ])

    /// `Wins`, `losses`, `ties`: counts of the columns beside them.
    private func isCountOfWins(_ column: Int) -> Bool {
        guard Self.outcomes.contains(header.keys[column]), !knownDatasets.contains(header.names[column]) else {
            return false
        }
        return header.keys[column] == "wins" || header.keys.contains { $0 == "wins" || $0 == "win" }
    }

    private static let outcomes: Set<String> = ["wins", "losses", "ties", "draws", "win", "loss", "tie", "draw"]

    /// MTEB's `Zero-shot`: percents with their sign, where no other column has one.
    private func isShareOfZeroShot(_ column: Int) -> Bool {
        guard header.keys[column] == "zero_shot", !knownDatasets.contains(header.names[column]) else { return false }
        func hasPercents(_ column: Int) -> Bool {
            sample.contains { table.text($0, column)?.trimmed.hasSuffix("%") == true }
        }
        return hasPercents(column) && !header.names.indices.contains { $0 != column && hasPercents($0) }
    }

    private static let differences: Set<String> = [
        "delta", "diff", "difference", "p_value", "pvalue", "p", "improvement",
    ]

    /// Whether a column is called as another with a word for its spread behind it: `pets_err` beside `pets`; or with
    /// one for a bound, where the other bound is there, too: `pets_lower`.
    private func isBesideItsResult(_ column: Int, _ numeric: [Bool]) -> Bool {
        guard let (base, word) = behindAnother(column, numeric) else { return false }
        if ["err", "error", "errors", "se", "sem", "unc", "uncertainty", "pm", "dev", "margin"].contains(word) {
            return true
        }
        guard let pair = Self.bounds.first(where: { $0.contains(word) }) else { return false }
        return header.names.indices.contains { other in
            guard other != column, let (otherBase, otherWord) = behindAnother(other, numeric) else { return false }
            return otherBase == base && otherWord != word && pair.contains(otherWord)
        }
    }

    /// Whether a column is called as another one with a word for a difference behind it: `pets gain` beside `pets`.
    private func isDifference(_ column: Int, _ numeric: [Bool]) -> Bool {
        guard let (_, word) = behindAnother(column, numeric) else { return false }
        return ["gain", "delta", "diff", "difference", "improvement", "change"].contains(word)
    }

    /// The name of the column of numbers that another's name begins with, and the word behind it.
    private func behindAnother(_ column: Int, _ numeric: [Bool]) -> (base: String, word: String)? {
        let name = header.names[column]
        guard !knownDatasets.contains(name), let cut = name.lastIndex(where: { "_ -.".contains($0) }) else {
            return nil
        }
        let base = String(name[..<cut])
        let isThere = header.names.indices.contains { header.names[$0] == base && numeric[$0] }
        return isThere ? (base, name[name.index(after: cut)...].lowercased()) : nil
    }

    private static let bounds: [Set<String>] = [
        ["lower", "upper"], ["low", "high"], ["lo", "hi"], ["lb", "ub"], ["lcl", "ucl"], ["min", "max"],
    ]

    /// Whether columns are precisions and recalls of detection on one dataset, as COCO has them: `AP`, `AP50`, `APs`.
    private func areOfDetection(_ columns: [Int]) -> Bool {
        columns.count >= 3
            && columns.allSatisfy { column in
                let word = MetricKnowledge.words(of: header.names[column]).joined()
                guard let measure = ["map", "ap", "ar"].first(where: word.hasPrefix) else { return false }
                return Self.ofDetection.contains(String(word.dropFirst(measure.count)))
            }
    }

    private static let ofDetection: Set<String> = [
        "", "50", "75", "50to95", "5095", "s", "m", "l", "small", "medium", "large", "box", "bb", "mask", "b", "r", "c",
        "f", "1", "10", "100", "05", "075",
    ]

    /// Whether a column names a split, a dataset and a metric: `test/pets/acc`.
    private func namesDatasetAndSplit(_ column: Int) -> Bool {
        header.names[column].split(separator: "/").count == 3
            && MetricKnowledge.datasetAndMetric(header.names[column]) != nil
    }

    /// Whether a column is called as places in an order are.
    func isRank(_ column: Int) -> Bool {
        let key = header.keys[column]
        return Self.ranks.contains(key) || key.hasSuffix("_rank") || key.hasPrefix("rank_")
    }

    private static let ranks: Set<String> = [
        "rank", "ranking", "position", "place", "no", "nr", "id", "index", "row", "rang", "platz", "classement",
        "puesto",
        "posición", "posizione", "posição", "plaats", "miejsce", "rango", "num", "number",
    ]

    /// Whether a column of a wide table says something of the model (or dataset) and is no result.
    func isAttribute(_ column: Int, _ isTransposed: Bool) -> Bool {
        let name = header.names[column]
        if knownDatasets.contains(name) || knownModels.contains(name) { return false }
        func numbers() -> [Double] { sample.compactMap { table.number($0, column)?.value } }
        if FactNames.isFact(name, ofDataset: isTransposed, numbers: numbers) { return true }
        if !isTransposed, FactNames.isSetting(header.keys[column], among: header.keys) { return true }
        // Days as numbers, whatever their column is called: no result has eight digits that are all days.
        let days = numbers()
        return days.count == sample.count && days.allSatisfy { $0 >= 19_500_101 } && FactNames.areDates(days)
    }

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
}
