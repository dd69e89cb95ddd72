/// What was newly measured of one model: results of fine-tuning it, and scores of its features.
///
/// ```swift
/// var measured = Measurement(of: model)
/// measured.results = ["iberian": 0.62]
/// let larger = try zoo.adding(measured)
/// ```
public struct Measurement: Sendable {
    public struct Score: Sendable, Equatable {
        public let dataset: String
        /// The score's name as the zoo gives it, such as `LogME`.
        public let name: String
        public let value: Double
        public init(dataset: String, name: String, value: Double) {
            self.dataset = dataset
            self.name = name
            self.value = value
        }
    }

    /// The model; its ``Model/pretrainingDataset`` does not count, ``pretrainingDataset`` does.
    public var model: Model
    /// The name of the dataset it was pre-trained on.
    public var pretrainingDataset: String?
    /// The name of the model it was trained on from.
    public var parent: String?
    /// Fine-tuning results by the datasets' names, in each dataset's own direction and scale.
    public var results: [String: Double] = [:]
    public var scores: [Score] = []

    public init(of model: Model) {
        self.model = model
    }
}

extension Zoo {
    /// This zoo with a model more, or with more known of a model it has.
    ///
    /// What is said of the model itself counts only where the zoo does not have it yet. A result or score that the zoo
    /// has is replaced.
    ///
    /// - Throws: ``UnknownName``: a dataset, or a parent, that the zoo does not have.
    /// - Complexity: O(results + scores) of the zoo, for each result measured.
    public func adding(_ measured: Measurement) throws(UnknownName) -> Zoo {
        var models = models
        var lineage = lineage
        let index: Int
        if let known = models.firstIndex(where: { $0.name == measured.model.name }) {
            index = known
        } else {
            index = models.count
            var model = measured.model
            model.pretrainingDataset = nil
            if let name = measured.pretrainingDataset { model.pretrainingDataset = try dataset(named: name) }
            if let parent = measured.parent {
                lineage.append(Lineage(child: index, parent: try self.model(named: parent)))
            }
            models.append(model)
        }
        var entries: [PairTable.Entry] = []
        for (name, value) in measured.results.sorted(by: { $0.key < $1.key }) {
            let dataset = try dataset(named: name)
            entries.append(.init(model: index, dataset: dataset, value: turned(value, on: dataset)))
        }
        var scores = scores
        for score in measured.scores {
            let entry = PairTable.Entry(model: index, dataset: try dataset(named: score.dataset), value: score.value)
            if let position = scores.firstIndex(where: { $0.name == score.name }) {
                let old = scores[position]
                scores[position] = Score(name: old.name, method: old.method, values: old.values.replacing([entry]))
            } else {
                scores.append(
                    Score(
                        name: score.name, method: ScoreNaming.method(for: score.name),
                        values: PairTable(datasetCount: datasets.count, entries: [entry])))
            }
        }
        var zoo = Zoo(
            name: name, source: source, format: format, models: models, datasets: datasets, results: results,
            runs: runs, runRanges: runRanges,
            modelMetadata: index < self.models.count
                ? modelMetadata : modelMetadata.appending(models[index].attributes(datasets: datasets)),
            datasetMetadata: datasetMetadata, resultMetadata: resultMetadata, scores: scores, distances: distances,
            lineage: lineage, datasetEmbeddings: datasetEmbeddings, report: report, about: about, reading: reading)
        zoo.metricsBeforeResults = metricsBeforeResults
        zoo.beforeOwnDatasets = beforeOwnDatasets
        for entry in entries {
            if let position = zoo.results.position(model: entry.model, dataset: entry.dataset) {
                var values = zoo.results.values
                values[position] = entry.value
                zoo = zoo.replacingRows(
                    results: zoo.results.replacingValues(values), runs: zoo.runs, runRanges: zoo.runRanges,
                    metadata: zoo.resultMetadata)
            } else {
                zoo = zoo.inserting(entry, known: [:])
            }
        }
        return zoo
    }
}

extension PairTable {
    /// The table with these entries, in place of what it had for their pairs.
    fileprivate func replacing(_ new: [Entry]) -> PairTable {
        var kept: [Entry] = []
        for entry in entries where !new.contains(where: { $0.model == entry.model && $0.dataset == entry.dataset }) {
            kept.append(entry)
        }
        return PairTable(datasetCount: datasetCount, entries: kept + new)
    }
}
