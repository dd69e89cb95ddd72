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
        /// The columns of results, each with its metric where the header says it.
        var scores: [(column: Int, metric: String?)]
        var metric: Int?
        var split: Int?
        var config: Int?
        var higherIsBetter: Int?
        var scale: Int?
        var runs: Int?
        /// Columns that are kept with the results.
        var further: [Int]

        static func == (a: Long, b: Long) -> Bool {
            a.models == b.models && a.dataset == b.dataset && a.further == b.further
                && a.scores.elementsEqual(b.scores) { $0 == $1 }
        }
    }

    struct Wide: Equatable {
        /// The column with the rows' names.
        var names: Int
        /// Whether the rows are datasets and the columns models.
        var isTransposed: Bool
        var columns: [Int]
        /// Columns that say something of the row's model (or dataset).
        var attributes: [Int]
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
        var missing: [String] = []
        if roles[.model] == nil, TableRole.model.column(in: header.keys) == nil { missing.append("model") }
        if roles[.dataset] == nil, TableRole.dataset.column(in: header.keys) == nil { missing.append("dataset") }
        if roles[.score] == nil, scoreColumns(except: []).isEmpty { missing.append("score") }
        throw .content(
            .missingColumns(missing, known: header.names.filter { !$0.isEmpty }, line: suggestion(missing)),
            file: table.file,
            line: table.line(0))
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
        var scores: [(column: Int, metric: String?)] = []
        if let column = roles[.score] {
            scores = [(column, metricName(header.names[column]))]
        } else if let column = TableRole.score.column(in: header.keys, except: taken) {
            scores = [(column, nil)]
            taken.insert(column)
        } else {
            scores = scoreColumns(except: taken).map { ($0, metricName(header.names[$0])) }
            taken.formUnion(scores.map(\.column))
        }
        guard !scores.isEmpty else { return nil }
        var long = RecordsLayout.Long(
            models: [model], dataset: dataset, scores: scores, metric: role(.metric), split: role(.split),
            config: role(.config), higherIsBetter: role(.higherIsBetter), scale: role(.scale), runs: role(.runs),
            further: [])
        // Without a column of its own a name in the header is the metric: `accuracy`, `wer`.
        var layout = RecordsLayout(shape: .long(long))
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
            !taken.contains(column) && MetricKnowledge.isKnown(header.names[column]) && share(numeric: column) > 0.5
        }
    }

    private func metricName(_ name: String) -> String? { MetricKnowledge.isKnown(name) ? name : nil }

    /// The share of a column's fields that are numbers, of those that hold anything.
    private func share(numeric column: Int) -> Double {
        var numbers = 0
        var filled = 0
        for row in sample {
            if table.isEmpty(row, column) { continue }
            if table.number(row, column, comma: .decimal) != nil {
                numbers += 1
                filled += 1
            } else if !ColumnTyping.isMissing(table.text(row, column) ?? "") {
                filled += 1
            }
        }
        return filled == 0 ? 0 : Double(numbers) / Double(filled)
    }

    // MARK: Wide tables

    private func wide(_ roles: [TableRole: Int]) throws(TableError) -> RecordsLayout? {
        if roles[.score] != nil || sample.isEmpty { return nil }
        let numeric = header.names.indices.map { share(numeric: $0) > 0.5 }
        var layout = RecordsLayout(shape: .wide(.init(names: 0, isTransposed: false, columns: [], attributes: [])))
        let index = header.names.indices.first { isIndex($0) }
        if let index { layout.leftOut.append((index, "an index")) }
        let others = header.names.indices.filter { $0 != index }
        let datasetColumn =
            roles[.dataset] ?? TableRole.dataset.column(in: header.keys).flatMap { numeric[$0] ? nil : $0 }
        let modelColumn = roles[.model] ?? TableRole.model.column(in: header.keys).flatMap { numeric[$0] ? nil : $0 }
        // Both are there, and no result: as a rule a column is missing, and nothing is wide.
        if datasetColumn != nil, let modelColumn {
            let results = others.filter {
                numeric[$0] && !MetricKnowledge.isKnown(header.names[$0]) && !isAttribute($0, false)
            }
            if results.count < 2 || !areUnique(modelColumn) { return nil }
        }
        let isTransposed: Bool
        let names: Int
        // A column that repeats its names tells no rows of a wide table apart: the table is long, and lacks a column.
        if let column = modelColumn ?? datasetColumn, !areUnique(column) { return nil }
        if let modelColumn {
            (names, isTransposed) = (modelColumn, false)
        } else if let datasetColumn {
            (names, isTransposed) = (datasetColumn, true)
        } else {
            guard let first = others.first(where: { !numeric[$0] && areUnique($0) }) else { return nil }
            names = first
            let texts = Set(sample.compactMap { table.text($0, first)?.trimmed })
            let columns = Set(header.names)
            let models = (texts.intersection(knownModels).count, columns.intersection(knownModels).count)
            let datasets = (texts.intersection(knownDatasets).count, columns.intersection(knownDatasets).count)
            isTransposed = models.1 + datasets.0 > models.0 + datasets.1
            if models.0 + models.1 + datasets.0 + datasets.1 == 0 {
                layout.remarks.append(
                    "rows taken for models and columns for datasets; naming the datasets' column says that it is the other way"
                )
            }
        }
        var wide = RecordsLayout.Wide(names: names, isTransposed: isTransposed, columns: [], attributes: [])
        for column in others where column != names {
            let key = header.keys[column]
            if header.names[column].isEmpty {
                if !isBlank(column) { layout.leftOut.append((column, "a column without a name")) }
            } else if !numeric[column] {
                if !isBlank(column) { wide.attributes.append(column) }
            } else if Self.ranks.contains(key) {
                layout.leftOut.append((column, "a rank"))
            } else if isAttribute(column, isTransposed) {
                wide.attributes.append(column)
            } else {
                wide.columns.append(column)
            }
        }
        guard !wide.columns.isEmpty else { return nil }
        // Columns of metrics and no dataset: a long table without its datasets, whatever else it tells of a model.
        let metrics = wide.columns.count {
            MetricKnowledge.isKnown(header.names[$0]) || TableRole.score.headers.contains(header.keys[$0])
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

    private static let ranks: Set<String> = ["rank", "ranking", "position", "place", "no", "nr", "id", "index", "row"]

    /// Whether a column of a wide table says something of the model (or dataset) and is no result.
    private func isAttribute(_ column: Int, _ isTransposed: Bool) -> Bool {
        if knownDatasets.contains(header.names[column]) || knownModels.contains(header.names[column]) { return false }
        let name = header.names[column]
        let canonical = isTransposed ? AttributeKnowledge.dataset(name) : AttributeKnowledge.model(name)
        if AttributeKnowledge.isCount(canonical) { return true }
        let words = MetricKnowledge.words(of: name)
        return words.contains { Self.measured.contains($0) }
    }

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
        for role in missing {
            let wantsNumber = role == "score"
            let guess = free.first { (share(numeric: $0) > 0.5) == wantsNumber }
            if let guess { free.removeAll { $0 == guess } }
            parts.append("\(role)=\(guess.map { Self.quoted(header.names[$0]) } ?? "NAME")")
        }
        return parts.joined(separator: ",")
    }

    private static func quoted(_ name: String) -> String {
        name.contains(" ") || name.contains(",") ? "\"\(name)\"" : name
    }
}
