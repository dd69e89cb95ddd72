/// A model zoo: models, datasets, and everything measured between them. Immutable; names are indices inside.
public struct Zoo: Sendable {
    /// The values of one transferability score.
    public struct Score: Sendable, Equatable {
        /// Its name as the zoo's files give it.
        public let name: String
        /// Its name as a method on the command surface, such as `logme` or `reg-h-score`.
        public let method: String
        public let values: PairTable
    }

    /// `child` came from `parent`.
    public struct Lineage: Sendable, Equatable {
        public let child: Int
        public let parent: Int
        public var relation = Facts.Relation.finetune
        /// What says so, such as `base_model`; empty where it is a table of its own.
        public var source = ""
    }

    /// A vector for each dataset that has one, under a common probe.
    public struct DatasetEmbeddings: Sendable, Equatable {
        public let dimension: Int
        /// By dataset index; `nil` where there is none.
        public let vectors: [[Float]?]
    }

    /// The spread of the runs that a result was made from.
    public struct RunRange: Sendable, Equatable {
        /// In the dataset's own direction and scale.
        public let lowest: Double
        public let highest: Double
        public init(lowest: Double, highest: Double) {
            self.lowest = lowest
            self.highest = highest
        }
    }

    /// The name it is known by in a session.
    public let name: String
    /// Where it was loaded from: a directory, or `built in`.
    public let source: String
    /// The format it was read in: `transfergraph` or `tidy`.
    public let format: String
    public let models: [Model]
    public let datasets: [Dataset]
    /// The fine-tuning result of each (model, dataset) pair that was run, on the dataset's scale, and turned so that
    /// higher is better everywhere: ``result(_:on:)`` gives it in the dataset's own direction.
    public let results: PairTable
    /// How many runs each result was made from, in the results' order; empty where that is not known.
    public let runs: [Int32]
    /// The spread of the runs by the position of the result, where there are several.
    public let runRanges: [Int: RunRange]
    /// What is known of each model, of each dataset, and of each result in the results' order.
    public let modelMetadata: MetadataTable
    public let datasetMetadata: MetadataTable
    public let resultMetadata: MetadataTable?
    public let scores: [Score]
    public let distances: DistanceMatrix?
    public let lineage: [Lineage]
    public let datasetEmbeddings: DatasetEmbeddings?
    public let report: LoadReport
    /// What its makers say of it, such as where its data are from: lines; empty where they say nothing.
    public let about: [String]
    /// Everything that was read, used or not; `nil` for a zoo that was not read from files.
    public let reading: Reading?
    /// Vectors of what models and datasets are called and what is said of them; `nil` where none were made.
    public internal(set) var textEmbeddings: TextEmbeddings?
    /// What was said of a dataset's metric before the user's first result on it told more, by dataset.
    var metricsBeforeResults: [Int: DatasetMetric] = [:]
    /// What a dataset of the user's own changed of the others when it was added; `nil` where none was.
    var beforeOwnDatasets: BeforeOwnDatasets?

    private let indices: NameIndices

    /// Names to indices, shared by the zoos made from one another.
    private final class NameIndices: Sendable {
        let models: [String: Int]
        let datasets: [String: Int]

        init(_ models: [Model], _ datasets: [Dataset]) {
            self.models = NameIndex(models.map { ($0.name, $0.aliases) }).indices
            self.datasets = NameIndex(datasets.map { ($0.name, $0.aliases) }).indices
        }
    }

    /// - Precondition: metadata tables have a row for each model, dataset and result.
    init(
        name: String, source: String, format: String, models: [Model], datasets: [Dataset], results: PairTable,
        runs: [Int32], runRanges: [Int: RunRange] = [:], modelMetadata: MetadataTable, datasetMetadata: MetadataTable,
        resultMetadata: MetadataTable? = nil, scores: [Score], distances: DistanceMatrix?, lineage: [Lineage],
        datasetEmbeddings: DatasetEmbeddings?, report: LoadReport, about: [String] = [], reading: Reading? = nil
    ) {
        self.init(
            name: name, source: source, format: format, models: models, datasets: datasets, results: results,
            runs: runs, runRanges: runRanges, modelMetadata: modelMetadata, datasetMetadata: datasetMetadata,
            resultMetadata: resultMetadata, scores: scores, distances: distances, lineage: lineage,
            datasetEmbeddings: datasetEmbeddings, report: report, about: about, reading: reading,
            indices: NameIndices(models, datasets))
    }

    private init(
        name: String, source: String, format: String, models: [Model], datasets: [Dataset], results: PairTable,
        runs: [Int32], runRanges: [Int: RunRange], modelMetadata: MetadataTable, datasetMetadata: MetadataTable,
        resultMetadata: MetadataTable?, scores: [Score], distances: DistanceMatrix?, lineage: [Lineage],
        datasetEmbeddings: DatasetEmbeddings?, report: LoadReport, about: [String], reading: Reading?,
        indices: NameIndices
    ) {
        self.name = name
        self.source = source
        self.format = format
        self.models = models
        self.datasets = datasets
        self.results = results
        self.runs = runs
        self.runRanges = runRanges
        self.modelMetadata = modelMetadata
        self.datasetMetadata = datasetMetadata
        self.resultMetadata = resultMetadata
        self.scores = scores
        self.distances = distances
        self.lineage = lineage
        self.datasetEmbeddings = datasetEmbeddings
        self.report = report
        self.about = about
        self.reading = reading
        self.indices = indices
    }

    /// The index of the dataset called `name`, by its own name or another one of the zoo's files.
    ///
    /// - Throws: ``UnknownName``.
    public func dataset(named name: String) throws(UnknownName) -> Int {
        if let index = indices.datasets[name] { return index }
        throw .dataset(name, in: self)
    }

    /// The index of the model called `name`.
    ///
    /// - Throws: ``UnknownName``.
    public func model(named name: String) throws(UnknownName) -> Int {
        if let index = indices.models[name] { return index }
        throw .model(name, in: self)
    }

    /// The datasets a model can be fine-tuned for here: those with at least one result or score, in the zoo's order.
    public var targets: [Int] {
        datasets.indices.filter { dataset in
            !results.column(dataset).isEmpty || hasScores(on: dataset)
        }
    }

    /// Whether a model has a transferability score on a dataset.
    public func hasScores(on dataset: Int) -> Bool { scores.contains { !$0.values.column(dataset).isEmpty } }

    /// The targets of an evaluation where none is named: every dataset with transferability scores and at least
    /// two results, else every dataset with at least ten results, or five where none has ten.
    ///
    /// Which datasets these are depends on how many results there are, never on what they are.
    public var evaluationTargets: [Int] {
        let scored = datasets.indices.filter { dataset in
            results.column(dataset).count >= 2 && hasScores(on: dataset)
        }
        if !scored.isEmpty { return scored }
        let large = datasets.indices.filter { results.column($0).count >= 10 }
        return large.isEmpty ? datasets.indices.filter { results.column($0).count >= 5 } : large
    }

    /// The zoo under another name.
    public func renamed(_ name: String) -> Zoo {
        copy(name: name)
    }

    /// The zoo with only some of its results.
    func keepingResults(_ isKept: (PairTable.Entry) -> Bool) -> Zoo {
        copy(results: results.filtered(isKept))
    }

    /// The zoo as if nothing had been run on a dataset; what was read from files is not in it any more.
    public func forgettingResults(on dataset: Int) -> Zoo {
        copy(results: results.filtered { $0.dataset != dataset }, reading: .some(nil))
    }

    /// A result in the dataset's own direction and scale, as its files have it; `nil` where there is none. O(log results).
    public func result(_ model: Int, on dataset: Int) -> Double? {
        results[model: model, dataset: dataset].map(datasets[dataset].metric.turned)
    }

    /// A value on a dataset as the zoo keeps it (higher is better) in the dataset's own direction, and back.
    public func turned(_ value: Double, on dataset: Int) -> Double { datasets[dataset].metric.turned(value) }

    func copy(
        name: String? = nil, source: String? = nil, datasets: [Dataset]? = nil, results: PairTable? = nil,
        runs: [Int32]? = nil, datasetMetadata: MetadataTable? = nil,
        scores: [Score]? = nil, distances: DistanceMatrix?? = nil, datasetEmbeddings: DatasetEmbeddings?? = nil,
        reading: Reading?? = nil
    ) -> Zoo {
        // Counts, spreads and metadata are listed in the results' order; with other results they no longer fit.
        var zoo = Zoo(
            name: name ?? self.name, source: source ?? self.source, format: format, models: models,
            datasets: datasets ?? self.datasets, results: results ?? self.results,
            runs: runs ?? (results == nil ? self.runs : []), runRanges: results == nil ? runRanges : [:],
            modelMetadata: modelMetadata, datasetMetadata: datasetMetadata ?? self.datasetMetadata,
            resultMetadata: results == nil ? resultMetadata : nil,
            scores: scores ?? self.scores, distances: distances ?? self.distances, lineage: lineage,
            datasetEmbeddings: datasetEmbeddings ?? self.datasetEmbeddings, report: report, about: about,
            reading: reading ?? self.reading,
            indices: datasets.map { NameIndices(models, $0) } ?? indices)
        zoo.metricsBeforeResults = metricsBeforeResults
        zoo.beforeOwnDatasets = beforeOwnDatasets
        zoo.textEmbeddings = textEmbeddings?.extended(to: zoo.datasets.count)
        return zoo
    }

    /// The zoo with other results, and what is listed in their order.
    func replacingRows(
        results: PairTable, runs: [Int32], runRanges: [Int: RunRange], metadata: MetadataTable?
    ) -> Zoo {
        var zoo = Zoo(
            name: name, source: source, format: format, models: models, datasets: datasets, results: results,
            runs: runs, runRanges: runRanges, modelMetadata: modelMetadata, datasetMetadata: datasetMetadata,
            resultMetadata: metadata, scores: scores, distances: distances, lineage: lineage,
            datasetEmbeddings: datasetEmbeddings, report: report, about: about, reading: reading, indices: indices)
        zoo.metricsBeforeResults = metricsBeforeResults
        zoo.beforeOwnDatasets = beforeOwnDatasets
        zoo.textEmbeddings = textEmbeddings
        return zoo
    }

    /// The zoo in which a dataset's results are something else.
    func settingMetric(_ metric: DatasetMetric, of dataset: Int) -> Zoo {
        var datasets = datasets
        datasets[dataset].metric = metric
        return copy(datasets: datasets)
    }
}
