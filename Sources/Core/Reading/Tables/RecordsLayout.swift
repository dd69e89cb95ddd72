import Support

/// What the columns of a table of results are: a row a result, or a row a model (or a dataset) and a column for each of
/// the others.
struct RecordsLayout {
    enum Shape: Equatable {
        case long(Long)
        case wide(Wide)
    }

    struct Long: Equatable {
        /// Several columns where a network and the data it was trained on make the model.
        var models: [Int]
        var dataset: Int
        var scores: [Score]
        var metric: Int?
        var split: Int?
        /// Columns whose values make a dataset together with its name.
        var configs: [Int]
        var higherIsBetter: Int?
        var lowerIsBetter: Int?
        var scale: Int?
        var runs: Int?
        /// A column of epochs or steps, of which the last of each run is the result.
        var step: Int?
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
        /// Columns that make a model together with its name.
        var parts: [Int] = []
        /// Columns whose values make a dataset together with its name.
        var configs: [Int] = []
        /// Rows that say something of models which stand across.
        var facts: [Int] = []
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
        /// A column of epochs or steps, of which the last of each row's name is the result.
        var step: Int?
        /// The columns that tell runs of one name apart.
        var runs: [Int] = []
        /// The metric that the mean of the columns is called by.
        var metricOfMean: String?
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
    /// Rows that say something of what stands across.
    let facts: [Int]
    /// Whether ``facts`` are about datasets, as the rows are models.
    let factsAreOfDatasets: Bool
    /// A column that says what each row measures and is not called so.
    let measures: MeasureColumn?
    /// The first rows, without those of facts and of what sums up others.
    let sample: [Int]

    init(
        table: CellTable, header: TableHeader, options: ReadingOptions, knownModels: Set<String> = [],
        knownDatasets: Set<String> = [], declared: Set<String> = []
    ) {
        self.table = table
        self.header = header
        self.options = options
        self.knownModels = knownModels
        self.knownDatasets = knownDatasets
        self.declared = declared
        let rows = Array(header.rowCount..<min(table.rowCount, header.rowCount + 2000))
        let isModelNamed = !options.columns.isEmpty && options.columns.keys.allSatisfy { $0.lowercased() == "model" }
        let facts =
            declared.isEmpty && (options.columns.isEmpty || isModelNamed) ? Self.factRows(rows, table, header) : []
        self.facts = facts
        factsAreOfDatasets = isModelNamed || Self.areRowsModels(rows, except: facts, table, header)
        let isFact = Set(facts)
        let measures = declared.isEmpty ? MeasureColumn(table, header) : nil
        self.measures = measures
        sample = rows.filter { row in
            !isFact.contains(row) && !(measures?.leavesOut(row, table) ?? false)
                && !(declared.isEmpty && NoteRows.isNote(table, row, width: header.names.count))
        }
    }

    /// Whether rows of facts stand among models, and are about the datasets above them: what the names of the others are like
    /// tells, then the first header; a row that only models have, such as parameters, says otherwise.
    private static func areRowsModels(
        _ rows: [Int], except facts: [Int], _ table: CellTable, _ header: TableHeader
    ) -> Bool {
        if facts.isEmpty || corner(header.names[0]) == true { return false }
        let isFact = Set(facts)
        let others = rows.filter { !isFact.contains($0) }
        func label(_ row: Int) -> String { table.text(row, 0)?.trimmed ?? "" }
        let lean =
            FamiliarNames.lean(header.names.dropFirst().filter { !$0.isEmpty })
            - FamiliarNames.lean(others.map(label))
        if lean != 0 { return lean < 0 }
        let isCornerOfModels =
            corner(header.names[0]) == false
            || header.keys.first.map { TableRole.model.headers.contains($0) || $0 == "name" } == true
        return isCornerOfModels && facts.count < others.count
            && !facts.contains { FactNames.isOnlyOfModels(label($0)) }
    }

    /// The rows below a header of models that say something of them: `Params (M)`, `Type`.
    private static func factRows(_ rows: [Int], _ table: CellTable, _ header: TableHeader) -> [Int] {
        guard header.names.count >= 3, rows.count >= 2, rows.count <= 500 else { return [] }
        let isLong = TableRole.model.column(in: header.keys) != nil && TableRole.dataset.column(in: header.keys) != nil
        let facts = rows.filter { row in
            let texts = table.texts(row)
            guard let first = texts.first, !NoteRows.isNote(table, row, width: header.names.count) else {
                return false
            }
            return FactNames.isFactOfModels(first.trimmed, texts: texts.dropFirst().map(\.trimmed))
        }
        return isLong || facts.count == rows.count ? [] : facts
    }

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
        if roles[.score] == nil, scoreColumns(except: []).isEmpty, TableRole.score.column(in: header.keys) == nil,
            runColumns(except: []) == nil
        {
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
    func notResults() -> (what: String, instead: String)? {
        let keys = Set(header.keys)
        if keys.contains("mean_test_score"),
            keys.contains("params") || header.keys.contains(where: { $0.hasPrefix("param_") })
        {
            return (
                "scikit-learn's cv_results_: a row for each setting of one model",
                "Write a row for each model with its dataset and its mean_test_score."
            )
        }
        if isDescription {
            return (
                "pandas' describe(): statistics over models, and no models",
                "Write the table that it was made of: a row for each model with its results."
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

    /// Whether a table is what pandas' `describe()` gives: rows, or columns, of mean, spread and quartiles.
    private var isDescription: Bool {
        let statistics = ["mean", "std", "25%", "75%"]
        let rows = (header.rowCount..<min(table.rowCount, header.rowCount + 12)).compactMap {
            table.text($0, 0)?.trimmed.lowercased()
        }
        if statistics.allSatisfy(rows.contains) { return rows.allSatisfy(AggregateColumns.isStatistic) }
        let names = Set(header.written.map { $0.lowercased() })
        return statistics.allSatisfy(names.contains) && TableRole.model.column(in: header.keys) == nil
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
            // A column without a name has its number, as messages count them.
            let number = Int(name).flatMap { header.names.indices.contains($0 - 1) ? $0 - 1 : nil }
            guard
                let column = header.names.firstIndex(of: name) ?? header.written.firstIndex(of: name)
                    ?? header.keys.firstIndex(of: key) ?? number
            else {
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
        guard let dataset = role(.dataset) else { return nil }
        let found =
            roles[.model]
            ?? longModelColumn(TableRole.model.column(in: header.keys, except: taken), dataset: dataset, taken)
        guard let model = found else { return nil }
        taken.insert(model)
        // Without a column of its own a name in the header is the metric: `accuracy`, `wer`, `Score (lower is better)`.
        var scores: [RecordsLayout.Score] = []
        var doubles: [(column: Int, reason: String)] = []
        var remarks: [String] = []
        if let column = roles[.score] {
            scores = [score(column)]
        } else if let column = TableRole.score.column(in: header.keys, except: taken.union(emptyScores(except: taken)))
            ?? header.names.indices.first(where: {
                !taken.contains($0) && MetricKnowledge.saidDirection(header.names[$0]) != nil
                    && TableRole.score.headers.contains(MetricKnowledge.words(of: header.names[$0]).first ?? "")
            })
        {
            scores = [score(column)]
            taken.insert(column)
        } else if let runs = runColumns(except: taken) {
            scores = runs
            taken.formUnion(runs.map(\.column))
            let names = runs.map { "'\(header.names[$0.column])'" }.prefix(4).joined(separator: ", ")
            remarks.append("columns that are runs of one result by their names: \(names)")
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
        // A mean that is called nothing else, beside its spread.
        if scores.isEmpty, header.names.contains(where: { MetricKnowledge.isSpread($0) }),
            let column = header.keys.indices.first(where: {
                ["mean", "avg", "average"].contains(header.keys[$0]) && !taken.contains($0) && share(numeric: $0) > 0.5
            })
        {
            scores = [.init(column: column)]
            taken.insert(column)
        }
        guard !scores.isEmpty else { return nil }
        let metric = role(.metric) ?? measuresColumn(scores, taken)
        if let metric { taken.insert(metric) }
        var long = RecordsLayout.Long(
            models: [model], dataset: dataset, scores: scores, metric: metric,
            split: role(.split) ?? splitColumn(taken),
            configs: [], higherIsBetter: role(.higherIsBetter), lowerIsBetter: role(.lowerIsBetter),
            scale: role(.scale),
            runs: role(.runs)
                ?? (scores.count == 1 && header.counts.count == 1 ? header.counts.first : nil), further: [])
        if let runs = long.runs { taken.insert(runs) }
        if let split = long.split { taken.insert(split) }
        if let config = role(.config) { long.configs = [config] }
        let given = [model, dataset] + [long.metric, long.split].compactMap(\.self) + long.configs
        if roles[.model] == nil {
            let parts = partsOfModel(model, given: given, except: taken)
            long.models += parts
            taken.formUnion(parts)
            if !parts.isEmpty { remarks.append(joined(long.models)) }
        }
        let settings = settingColumns(given: given + long.models.dropFirst(), except: taken)
        for setting in settings { remarks.append(apart(setting)) }
        long.configs += settings
        taken.formUnion(settings)
        var layout = RecordsLayout(shape: .long(long), leftOut: doubles, remarks: remarks)
        long.step = stepColumn(given: [model, dataset], taken)
        // `metric` says what was measured and the column that its complement stands here: AutoGluon's `metric_error`.
        if metric != nil, scores.count == 1, let name = scores[0].metric, MetricKnowledge.higherIsBetter(name) == false
        {
            layout.remarks.append("'\(name)' holds errors, whatever the metric beside it: lower is better")
        }
        for column in header.names.indices
        where (!taken.contains(column) || kept.contains(column)) && !long.models.contains(column) {
            if column == measures?.column {
                layout.leftOut.append((column, "it says which statistic a row holds"))
            } else if header.names[column].isEmpty || header.keys[column].hasPrefix("unnamed") {
                layout.leftOut.append((column, "an index"))
            } else {
                long.further.append(column)
            }
        }
        if let remark = remarkOnRuns(long) { layout.remarks.append(remark) }
        layout.shape = .long(long)
        return layout
    }

    /// Columns of numbers that are runs of one result: `fold 1`, `fold 2`; `acc_seed1`, `acc_seed2`; `nil` where fewer
    /// than two are.
    func runColumns(except taken: Set<Int>) -> [RecordsLayout.Score]? {
        var found: [String: [RecordsLayout.Score]] = [:]
        for column in header.names.indices where !taken.contains(column) && !header.spreads.contains(column) {
            let name = header.names[column]
            let metric = RunNames.withoutRun(name)
            let isOfMetric = metric.map {
                MetricKnowledge.isHeader($0) || TableRole.score.headers.contains(AttributeKnowledge.key($0))
            }
            guard FactNames.isNumberedRun(name) || isOfMetric == true, share(numeric: column) > 0.5 else { continue }
            let isPlain = metric.map { TableRole.score.headers.contains(AttributeKnowledge.key($0)) } ?? true
            let split = isPlain ? nil : metric.flatMap(MetricKnowledge.split(inHeader:))
            found[metric ?? "", default: []].append(
                .init(column: column, metric: isPlain ? nil : metric, split: split))
        }
        let groups = found.values.filter { $0.count > 1 }
        return groups.count == 1 && found.count == 1 ? groups.first : nil
    }

    /// Says which columns tell results of one model and dataset apart that are taken for its runs.
    func remarkOnRuns(_ long: RecordsLayout.Long) -> String? {
        if long.step != nil || !header.counts.isEmpty { return nil }
        let runs = header.keys.indices.filter { FactNames.runs.contains(Self.plainKey(header.keys[$0])) }
        let given =
            long.models + [long.dataset] + [long.metric, long.split].compactMap(\.self) + long.configs + runs
        let apart = long.further.filter { column in
            let texts = Set(sample.map { table.text($0, column)?.trimmed ?? "" })
            return !runs.contains(column) && !TableReading.isOfEndings(header.keys[column])
                && !MetricKnowledge.isSpread(header.names[column]) && texts.count * 2 <= max(sample.count, 4)
                && tellsApart(column, given: given)
        }
        guard let first = apart.first, apart.count <= 4 else { return nil }
        let names = apart.map { "'\(header.names[$0])'" }.joined(separator: ", ")
        return "rows of one model and dataset that differ in \(names) are taken for its runs: "
            + "naming '\(header.names[first])' as the configuration keeps them apart"
    }

    /// The column of metrics under another name, where no header of results says its metric.
    private func measuresColumn(_ scores: [RecordsLayout.Score], _ taken: Set<Int>) -> Int? {
        guard let measures, measures.isOfMetrics, !taken.contains(measures.column),
            scores.allSatisfy({ $0.metric == nil })
        else { return nil }
        return measures.column
    }

    func joined(_ columns: [Int]) -> String {
        let names = columns.map { "'\(header.names[$0])'" }
        return names.dropLast().joined(separator: ", ")
            + " and \(names.last ?? "") together are the model, as one alone stands for several"
    }

    func apart(_ column: Int) -> String {
        "'\(header.names[column])' tells results of one model and dataset apart: each of its values is a dataset"
    }

    /// A column of epochs or steps where runs have a row for each: the last is the result.
    func stepColumn(given: [Int], _ taken: Set<Int>) -> Int? {
        header.keys.indices.first { column in
            FactNames.steps.contains(header.keys[column])
                && !taken.contains(column) && share(numeric: column) == 1
                && tellsApart(column, given: given)
        }
    }

    /// Columns of numbers that are called as a metric is.
    func scoreColumns(except taken: Set<Int>) -> [Int] {
        header.names.indices.filter { column in
            !taken.contains(column) && !header.spreads.contains(column)
                && MetricKnowledge.isHeader(header.names[column]) && share(numeric: column) > 0.5
        }
    }

    /// What a column of results says by its header: `score` alone says nothing, `val_loss` a metric and a split.
    func score(_ column: Int) -> RecordsLayout.Score {
        let name = header.names[column]
        let isPlain = TableRole.score.headers.contains(header.keys[column])
        let split = isPlain ? nil : MetricKnowledge.split(inHeader: name)
        return .init(column: column, metric: isPlain ? nil : name, split: split)
    }

    /// A column of another name whose texts are all splits: `set`, `phase`, `subset`.
    func splitColumn(_ taken: Set<Int>) -> Int? {
        header.keys.indices.first { column in
            guard ["set", "phase", "subset", "part", "stage", "mode", "fold"].contains(header.keys[column]),
                !taken.contains(column) || TableRole.config.headers.contains(header.keys[column])
            else { return false }
            let texts = sample.compactMap { table.text($0, column)?.trimmed.lowercased() }.filter { !$0.isEmpty }
            return !texts.isEmpty && texts.allSatisfy(MetricKnowledge.splitWords.contains)
        }
    }

    /// The share of a column's fields that are numbers, of those that hold anything.
    func share(numeric column: Int) -> Double {
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

    func areUnique(_ column: Int) -> Bool {
        let texts = sample.compactMap { table.text($0, column)?.trimmed }.filter { !$0.isEmpty }
        return !texts.isEmpty && Set(texts).count * 10 >= texts.count * 9
    }

    func isBlank(_ column: Int) -> Bool { sample.allSatisfy { table.isEmpty($0, column) } }

    /// Columns called as results are that hold none, where another column has numbers.
    private func emptyScores(except taken: Set<Int>) -> [Int] {
        let free = header.keys.indices.filter { !taken.contains($0) }
        let empty = free.filter { TableRole.score.headers.contains(header.keys[$0]) && holdsNothing($0) }
        let hasOther =
            !empty.isEmpty && free.contains { !isAttribute($0, false) && !isRank($0) && share(numeric: $0) > 0.5 }
        return hasOther ? empty : []
    }

    /// Whether nothing but words for what is missing stands in a column.
    private func holdsNothing(_ column: Int) -> Bool {
        (header.rowCount..<table.rowCount).allSatisfy {
            table.isEmpty($0, column) || ColumnTyping.isMissingResult(table.text($0, column) ?? "")
        }
    }

    /// The choice of columns to type for a table that lacks some.
    private func suggestion(_ missing: [String]) -> String {
        var free = header.names.indices.filter { !header.names[$0].isEmpty }
        var parts: [String] = []
        var missing = missing
        for role in [TableRole.model, .dataset, .score] {
            if let column = role.column(in: header.keys) {
                // An empty column of results holds none, whatever it is called.
                if role == .score, holdsNothing(column) {
                    if !missing.contains("score") { missing.append("score") }
                    free.removeAll { $0 == column }
                    continue
                }
                parts.append("\(role.rawValue)=\(Self.quoted(header.names[column]))")
                free.removeAll { $0 == column }
            }
        }
        // What says something else of a result is none of the three.
        for role in [TableRole.metric, .split, .config, .higherIsBetter, .lowerIsBetter, .scale, .runs] {
            if let column = role.column(in: header.keys) { free.removeAll { $0 == column } }
        }
        free.removeAll {
            FactNames.settings.contains(header.keys[$0]) || FactNames.runs.contains(header.keys[$0]) || isRank($0)
                || MetricKnowledge.isSpread(header.names[$0])
                || header.keys[$0].hasPrefix("param") || isAttribute($0, false) || areDates($0)
                || header.spreads.contains($0)
        }
        for role in missing where !parts.contains(where: { $0.hasPrefix("\(role)=") }) {
            let wantsNumber = role == "score"
            // Percents look most like a result.
            let percent =
                wantsNumber
                ? free.first { MetricKnowledge.saysPercent(header.names[$0]) && share(numeric: $0) > 0.5 } : nil
            // Of columns that are called by splits the test's.
            let test =
                wantsNumber
                ? free.first { ["test", "test_set", "testing"].contains(header.keys[$0]) && share(numeric: $0) > 0.5 }
                : nil
            let guess =
                percent ?? test
                ?? free.first { column in
                    guard (share(numeric: column) > 0.5) == wantsNumber, !isBlank(column) else { return false }
                    if wantsNumber || role == "model" { return true }
                    return TableRole.model.column(in: header.keys).map { mayBeDataset(column, of: $0) } ?? !areUnique(
                        column)
                }
            if let guess { free.removeAll { $0 == guess } }
            parts.append("\(role)=\(guess.map { Self.quoted(header.names[$0]) } ?? "NAME")")
        }
        return parts.joined(separator: ",")
    }

    /// Whether a column may hold the datasets of `models`: some model stands in rows of several, and none in two of one.
    private func mayBeDataset(_ column: Int, of models: Int) -> Bool {
        var pairs: Set<[String]> = []
        var names: Set<String> = []
        for row in sample {
            guard let model = table.text(row, models)?.trimmed, let name = table.text(row, column)?.trimmed else {
                continue
            }
            names.insert(model)
            guard pairs.insert([model, name]).inserted else { return false }
        }
        return pairs.count > names.count
    }

    /// A header as it has to be typed in a list of columns.
    static func quoted(_ name: String) -> String {
        name.contains { " ,=".contains($0) } ? "\"\(name)\"" : name
    }
}
