import Foundation

/// Collects what a format's files say, under names, and makes the zoo: the place where names become indices.
struct ZooBuilder {
    let name: String
    let source: String
    let format: String
    /// Names that mean the same dataset: from the other name to the one kept.
    let aliases: [String: String]
    var report = LoadReport()

    private(set) var models: [Model] = []
    private(set) var datasets: [Dataset] = []
    private var modelIndices: [String: Int] = [:]
    private var lastModel: Int?
    private var datasetIndices: [String: Int] = [:]

    private var runs: [PairKey: Tally] = [:]
    private var recordColumns: [String] = []
    private var recordRows: [PairKey: [String]] = [:]
    private var scoreNames: [(name: String, method: String)] = []
    private var scores: [[PairKey: Tally]] = []
    private var unusableScores: [String] = []
    private var distances: [DatasetPair: Double] = [:]
    private var lineage: [(child: Int, parent: Int)] = []
    private var embeddings: [Int: [Float]] = [:]
    private var overlongRows: [String] = []

    private struct PairKey: Hashable {
        let model: Int
        let dataset: Int

        /// One number to hash instead of two: a large zoo has a hundred thousand of these.
        func hash(into hasher: inout Hasher) { hasher.combine(model << 32 | dataset) }
    }
    private struct DatasetPair: Hashable {
        let a: Int
        let b: Int
    }
    private struct Tally {
        /// The sum times ``share``, a power of two: it changes no digit, and values near the largest number that there is
        /// have a sum.
        private var sum = 0.0
        private(set) var count = 0
        private static let share = 0x1p-40

        var mean: Double { sum / Double(count) / Self.share }

        mutating func add(_ value: Double) {
            sum += value * Self.share
            count += 1
        }
    }

    init(name: String, source: String, format: String, aliases: [String: String] = [:]) {
        self.name = name
        self.source = source
        self.format = format
        self.aliases = aliases
    }

    /// The index of a model, which is added where it is new.
    mutating func model(_ name: String) -> Int {
        // Rows of one model follow each other; comparing is quicker than hashing.
        if let last = lastModel, models[last].name == name { return last }
        if let index = modelIndices[name] {
            lastModel = index
            return index
        }
        modelIndices[name] = models.count
        models.append(Model(name: name))
        return models.count - 1
    }

    /// The index of a dataset under its own or another name; added where it is new.
    mutating func dataset(_ name: String) -> Int {
        let kept = aliases[name] ?? name
        let index: Int
        if let known = datasetIndices[kept] {
            index = known
        } else {
            index = datasets.count
            datasetIndices[kept] = index
            datasets.append(Dataset(name: kept))
        }
        if kept != name, !datasets[index].aliases.contains(name) { datasets[index].aliases.append(name) }
        return index
    }

    func hasModel(_ name: String) -> Bool { modelIndices[name] != nil }
    func hasDataset(_ name: String) -> Bool { datasetIndices[aliases[name] ?? name] != nil }

    mutating func updateModel(_ index: Int, _ change: (inout Model) -> Void) { change(&models[index]) }
    mutating func updateDataset(_ index: Int, _ change: (inout Dataset) -> Void) { change(&datasets[index]) }

    /// Adds a fine-tuning run. `metadata` has a field for each of the columns given to ``keepRecordColumns(_:)``.
    mutating func addRun(model: String, dataset: String, result: Double, metadata: [String] = []) {
        let key = PairKey(model: self.model(model), dataset: self.dataset(dataset))
        runs[key, default: Tally()].add(result)
        if !metadata.isEmpty, recordRows[key] == nil { recordRows[key] = metadata }
    }

    mutating func keepRecordColumns(_ columns: [String]) { recordColumns = columns }

    /// Adds a score's value; what is not finite is counted and left out.
    mutating func addScore(_ name: String, method: String, model: String, dataset: String, value: Double) {
        let index = scoreNames.firstIndex { $0.name == name } ?? scoreNames.count
        if index == scoreNames.count {
            scoreNames.append((name, method))
            // As many as there are results, as a rule.
            scores.append(Dictionary(minimumCapacity: runs.count))
        }
        let key = PairKey(model: self.model(model), dataset: self.dataset(dataset))
        guard value.isFinite else {
            unusableScores.append("\(name) of \(model) on \(dataset)")
            return
        }
        scores[index][key, default: Tally()].add(value)
    }

    mutating func addDistance(_ a: String, _ b: String, _ distance: Double) {
        let first = dataset(a)
        let second = dataset(b)
        distances[DatasetPair(a: min(first, second), b: max(first, second))] = distance
    }

    mutating func addLineage(child: String, parent: String) {
        lineage.append((model(child), model(parent)))
    }

    mutating func addEmbedding(dataset name: String, vector: [Float]) {
        embeddings[dataset(name)] = vector
    }

    /// The table in a file, `nil` where there is no file. What its rows hold beyond the header is noted in the report.
    mutating func readTable(_ url: URL) throws(TableError) -> CSVTable? {
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        let table = try CSVTable(contentsOf: url)
        overlongRows += table.overlongRows
        return table
    }

    /// The zoo, with the repairs that all formats share noted in its report.
    ///
    /// - Throws: ``ZooError/noResults(source:)`` where there is not a single result or score.
    consuming func zoo() throws(ZooError) -> Zoo {
        guard !runs.isEmpty || scores.contains(where: { !$0.isEmpty }) else {
            throw .noResults(source: source)
        }
        let results = table(runs)
        report.add(
            .leftOut, "fields beyond the header's last column (a name with a comma wants quotation marks)",
            count: overlongRows.count, examples: overlongRows)
        noteRepeats()
        noteModels(results)
        noteAliases()
        markDatasetsWithoutSignal(results)
        let modelCount = models.count
        takeDistancesFromEmbeddings()
        let order = results.entries.map { PairKey(model: $0.model, dataset: $0.dataset) }
        let counts = order.map { Int32(runs[$0]?.count ?? 0) }
        let metadata =
            recordColumns.isEmpty
            ? nil : Zoo.RecordMetadata(columns: recordColumns, rows: order.map { recordRows[$0] ?? [] })
        let tables = zip(scoreNames, scores).map { name, values in
            Zoo.Score(name: name.name, method: name.method, values: table(values))
        }
        return Zoo(
            name: name, source: source, format: format, models: models, datasets: datasets, results: results,
            runs: counts, recordMetadata: metadata, scores: tables, distances: distanceMatrix(),
            lineage: lineage.filter { $0.child != $0.parent && $0.child < modelCount }
                .map { Zoo.Lineage(child: $0.child, parent: $0.parent) },
            datasetEmbeddings: datasetEmbeddings(), report: report)
    }

    private func table(_ tallies: [PairKey: Tally]) -> PairTable {
        PairTable(
            datasetCount: datasets.count,
            entries: tallies.map {
                PairTable.Entry(model: $0.model, dataset: $0.dataset, value: $1.mean)
            })
    }

    private func distanceMatrix() -> DistanceMatrix? {
        guard !distances.isEmpty else { return nil }
        let count = datasets.count
        var values = [Double](repeating: .nan, count: count * count)
        for index in 0..<count { values[index * count + index] = 0 }
        for (pair, distance) in distances {
            values[pair.a * count + pair.b] = distance
            values[pair.b * count + pair.a] = distance
        }
        return DistanceMatrix(count: count, values: values)
    }

    /// Where no distances are given, the Euclidean ones between the embeddings stand for them.
    private mutating func takeDistancesFromEmbeddings() {
        guard distances.isEmpty, embeddings.count > 1 else { return }
        let known = embeddings.keys.sorted()
        for (position, a) in known.enumerated() {
            for b in known[(position + 1)...] {
                guard let first = embeddings[a], let second = embeddings[b] else { continue }
                let distance = DatasetEmbedding.Distance.euclidean.between(
                    first.map { Double($0) }, second.map { Double($0) })
                distances[DatasetPair(a: a, b: b)] = distance
            }
        }
        report.add(
            .noted, "distances of datasets, taken from their embeddings since none are given", count: distances.count)
    }

    private func datasetEmbeddings() -> Zoo.DatasetEmbeddings? {
        guard let dimension = embeddings.values.first?.count else { return nil }
        return Zoo.DatasetEmbeddings(dimension: dimension, vectors: datasets.indices.map { embeddings[$0] })
    }

    private mutating func noteRepeats() {
        let repeated = runs.filter { $0.value.count > 1 }
        report.add(
            .merged, "(model, dataset) pairs with more than one run: their mean is the result", count: repeated.count,
            examples: examples(repeated.keys))
        let repeatedScores = scores.flatMap { $0.filter { $0.value.count > 1 }.keys }
        report.add(
            .merged, "scores given more than once: their mean is taken", count: repeatedScores.count,
            examples: examples(repeatedScores))
        report.add(
            .leftOut, "scores that are not finite numbers", count: unusableScores.count, examples: unusableScores)
    }

    private func examples(_ keys: some Sequence<PairKey>) -> [String] {
        keys.sorted { ($0.dataset, $0.model) < ($1.dataset, $1.model) }.prefix(3)
            .map { "\(models[$0.model].name) on \(datasets[$0.dataset].name)" }
    }

    private mutating func noteModels(_ results: PairTable) {
        var hasResult = [Bool](repeating: false, count: models.count)
        for model in results.models { hasResult[Int(model)] = true }
        let bare = models.filter { !$0.hasMetadata }.map(\.name)
        report.add(.noted, "models without any metadata", count: bare.count, examples: bare)
        let homeless = models.filter { $0.hasMetadata && $0.pretrainingDataset == nil }.map(\.name)
        report.add(.noted, "models whose pre-training dataset is not given", count: homeless.count, examples: homeless)
        let idle = models.indices.filter { !hasResult[$0] }.map { models[$0].name }
        report.add(.noted, "models without any fine-tuning result", count: idle.count, examples: idle)
        let scored = scores.isEmpty ? 0 : missingScores(results)
        report.add(.noted, "results without a score on a dataset that has scores", count: scored)
    }

    private func missingScores(_ results: PairTable) -> Int {
        let datasetsWithScores = Set(scores.flatMap { $0.keys.map(\.dataset) })
        return results.entries.count { entry in
            datasetsWithScores.contains(entry.dataset)
                && !scores.contains { $0[PairKey(model: entry.model, dataset: entry.dataset)] != nil }
        }
    }

    private mutating func noteAliases() {
        let renamed = datasets.filter { !$0.aliases.isEmpty }
        report.add(
            .merged, "datasets under two names", count: renamed.count,
            examples: renamed.map { "\($0.aliases.joined(separator: ", ")) is \($0.name)" })
    }

    /// A dataset carries no signal where nine in ten of its results or more lie within 1 % of its range above the lowest:
    /// nearly every run stayed at chance. With fewer than ten results only equal ones count.
    private mutating func markDatasetsWithoutSignal(_ results: PairTable) {
        var found: [String] = []
        for dataset in datasets.indices {
            let values = results.values[results.column(dataset)]
            guard values.count >= 2, let low = values.min(), let high = values.max() else { continue }
            let atChance = values.count { $0 <= low + 0.01 * (high - low) }
            if low == high || (values.count >= 10 && atChance * 10 >= values.count * 9) {
                datasets[dataset].carriesSignal = false
                found.append("\(datasets[dataset].name): \(atChance) of \(values.count) at the lowest result")
            }
        }
        report.add(
            .leftOut, "datasets on which nearly every run stayed at chance (out of history and graph unless asked for)",
            count: found.count, examples: found)
    }
}
