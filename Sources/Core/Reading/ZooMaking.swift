import Support

/// Puts a zoo together from facts and the cells that were chosen, and writes down what was done on the way.
struct ZooMaking {
    let facts: Facts
    let options: ReadingOptions
    let known: KnownNames
    let cells: CellChoice
    var report = LoadReport()

    /// The models and datasets that the zoo has, in the order of mention, and their indices there by their index among
    /// the known names; -1 for those that it does not have.
    private(set) var models: [Int] = []
    private(set) var datasets: [Int] = []
    private(set) var modelIndices: [Int] = []
    private(set) var datasetIndices: [Int] = []

    init(facts: Facts, options: ReadingOptions, known: KnownNames, cells: CellChoice) {
        self.facts = facts
        self.options = options
        self.known = known
        self.cells = cells
    }

    mutating func zoo(name: String, source: String) throws -> Zoo {
        chooseNodes()
        let results = results()
        var metadata = MetadataMaking(facts: facts, known: known, models: models, datasets: datasets)
        metadata.read(cells.notes.features)
        var zooModels = metadata.zooModels(datasetIndices)
        var zooDatasets = metadata.zooDatasets()
        for (index, dataset) in datasets.enumerated() {
            zooDatasets[index].metric = metric(dataset)
            zooDatasets[index].aliases.add(known.datasets.others[dataset] ?? [])
        }
        for (index, model) in models.enumerated() { zooModels[index].aliases.add(known.models.others[model] ?? []) }
        let turned = turned(results.table)
        let scores = scores()
        guard turned.count > 0 || scores.contains(where: { $0.values.count > 0 }) || !zooModels.isEmpty else {
            throw ZooError.noResults(
                source: source, format: facts.sources.first?.format ?? .table,
                leftOut: facts.leftOut.filter { $0.action == .leftOut }.prefix(3).map { item in
                    let example = item.examples.first.map {
                        facts.text($0.place) + ($0.text.isEmpty ? "" : ": \($0.text)")
                    }
                    return "\(item.count) \(item.reason)" + (example.map { " (\($0))" } ?? "")
                })
        }
        noteReading()
        noteChoices(results)
        report.add(contentsOf: metadata.report)
        noteModels(zooModels, turned, scores)
        noteAliases(zooDatasets)
        noteSharedAliases(zooModels, zooDatasets)
        markWithoutSignal(&zooDatasets, turned)
        noteFewAndTwins(zooDatasets, turned)
        let vectors = vectors()
        let distances = try distances(vectors, count: zooDatasets.count)
        let lineage = lineage()
        noteNames()
        let texts = textVectors()
        let resultMetadata = resultMetadata(results.rows)
        noteMixedSettings(zooDatasets, turned, resultMetadata)
        var zoo = Zoo(
            name: name, source: source, format: facts.sources.first?.format.rawValue ?? "", models: zooModels,
            datasets: zooDatasets, results: turned, runs: results.runs, runRanges: results.ranges,
            modelMetadata: metadata.modelTable(), datasetMetadata: metadata.datasetTable(),
            resultMetadata: resultMetadata, scores: scores, distances: distances, lineage: lineage,
            datasetEmbeddings: vectors, report: report, about: facts.about,
            reading: Reading(facts: facts, decisions: cells.decisions))
        zoo.textEmbeddings = texts
        return zoo
    }

    /// Which of the known names are nodes of the zoo: models and datasets with a result, with a table row of their own, or
    /// named as pre-training data of such a model. A checkpoint whose results went to its parent is none.
    private mutating func chooseNodes() {
        var hasResult = [Bool](repeating: false, count: known.models.count)
        var isDataset = [Bool](repeating: false, count: known.datasets.count)
        for (dataset, outcome) in cells.outcomes.enumerated() where !outcome.models.isEmpty {
            isDataset[dataset] = true
            for model in outcome.models { hasResult[Int(model)] = true }
        }
        let isByParent = known.anythingByParent
        for model in 0..<known.models.count {
            let isCopy = isByParent && known.parents[model] >= 0 && known.isOfCopies.contains(model)
            let isNode = hasResult[model] || known.describedModels.contains(model) && !isCopy
            modelIndices.append(isNode ? models.count : -1)
            if isNode {
                models.append(model)
                for origin in known.pretraining[model] ?? [] { isDataset[origin] = true }
            }
        }
        for dataset in 0..<known.datasets.count {
            let isNode = isDataset[dataset] || known.describedDatasets.contains(dataset)
            datasetIndices.append(isNode ? datasets.count : -1)
            if isNode { datasets.append(dataset) }
        }
    }

    /// What the results on a dataset are; where it has none, what its files say that they would be.
    private func metric(_ dataset: Int) -> DatasetMetric {
        let outcome = cells.outcomes[dataset]
        guard outcome.models.isEmpty, outcome.metric.name == nil, let said = cells.meanings.metrics[dataset] else {
            return outcome.metric
        }
        var metric = DatasetMetric(named: said)
        if let direction = cells.meanings.directions[dataset] {
            (metric.higherIsBetter, metric.directionSource) = (direction, .file)
        }
        return metric
    }

    struct Results {
        /// In the datasets' own directions.
        var table: PairTable
        var runs: [Int32] = []
        var ranges: [Int: Zoo.RunRange] = [:]
        /// The measurement that each result stands on.
        var rows: [Int32] = []
    }

    private func results() -> Results {
        let total = datasets.reduce(0) { $0 + cells.outcomes[$1].models.count }
        var offsets = [0]
        var models: [Int32] = []
        var values: [Double] = []
        var found = Results(table: PairTable(datasetCount: 0))
        models.reserveCapacity(total)
        values.reserveCapacity(total)
        found.runs.reserveCapacity(total)
        found.rows.reserveCapacity(total)
        for dataset in datasets {
            let outcome = cells.outcomes[dataset]
            for (position, range) in outcome.ranges { found.ranges[values.count + position] = range }
            for model in outcome.models { models.append(Int32(modelIndices[Int(model)])) }
            values += outcome.values
            found.runs += outcome.runs
            found.rows += outcome.rows
            offsets.append(values.count)
        }
        found.table = PairTable(offsets: offsets, models: models, values: values)
        return found
    }

    /// The results turned so that higher is better everywhere.
    private func turned(_ table: PairTable) -> PairTable {
        var values = table.values
        for (index, dataset) in datasets.enumerated() where !cells.outcomes[dataset].metric.higherIsBetter {
            for position in table.column(index) { values[position] = -values[position] }
        }
        return table.replacingValues(values)
    }

    func place(_ row: Int) -> String {
        let measured = facts.measurements[row]
        return facts.text(Facts.Place(file: measured.file, line: Int(measured.line)))
    }
}

extension [String] {
    /// Adds those that are not there.
    fileprivate mutating func add(_ names: [String]) { for name in names where !contains(name) { append(name) } }
}
