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

    /// `child` was trained on from `parent`.
    public struct Lineage: Sendable, Equatable {
        public let child: Int
        public let parent: Int
    }

    /// A vector for each dataset that has one, under a common probe.
    public struct DatasetEmbeddings: Sendable, Equatable {
        public let dimension: Int
        /// By dataset index; `nil` where there is none.
        public let vectors: [[Float]?]
    }

    /// Columns of the records file that the format gives no meaning to.
    public struct RecordMetadata: Sendable, Equatable {
        public let columns: [String]
        /// A row for each result, in the results' order (of a repeated run, the first's).
        public let rows: [[String]]
    }

    /// The name it is known by in a session.
    public let name: String
    /// Where it was loaded from: a directory, or `built in`.
    public let source: String
    /// The format it was read in: `transfergraph` or `tidy`.
    public let format: String
    public let models: [Model]
    public let datasets: [Dataset]
    /// The fine-tuning result of each (model, dataset) pair that was run; the mean where it was run more than once.
    public let results: PairTable
    /// How many runs each result is the mean of, in the results' order.
    public let runs: [Int32]
    public let recordMetadata: RecordMetadata?
    public let scores: [Score]
    public let distances: DistanceMatrix?
    public let lineage: [Lineage]
    public let datasetEmbeddings: DatasetEmbeddings?
    public let report: LoadReport

    private let modelIndices: [String: Int]
    private let datasetIndices: [String: Int]

    init(
        name: String, source: String, format: String, models: [Model], datasets: [Dataset], results: PairTable,
        runs: [Int32], recordMetadata: RecordMetadata?, scores: [Score], distances: DistanceMatrix?,
        lineage: [Lineage], datasetEmbeddings: DatasetEmbeddings?, report: LoadReport
    ) {
        self.name = name
        self.source = source
        self.format = format
        self.models = models
        self.datasets = datasets
        self.results = results
        self.runs = runs
        self.recordMetadata = recordMetadata
        self.scores = scores
        self.distances = distances
        self.lineage = lineage
        self.datasetEmbeddings = datasetEmbeddings
        self.report = report
        modelIndices = Dictionary(models.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var indices = Dictionary(
            datasets.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, dataset) in datasets.enumerated() {
            for alias in dataset.aliases where indices[alias] == nil { indices[alias] = index }
        }
        datasetIndices = indices
    }

    /// The index of the dataset called `name`, by its own name or another one of the zoo's files.
    ///
    /// - Throws: ``UnknownName``.
    public func dataset(named name: String) throws(UnknownName) -> Int {
        if let index = datasetIndices[name] { return index }
        throw .dataset(name, in: self)
    }

    /// The index of the model called `name`.
    ///
    /// - Throws: ``UnknownName``.
    public func model(named name: String) throws(UnknownName) -> Int {
        if let index = modelIndices[name] { return index }
        throw .model(name, in: self)
    }

    /// The datasets a model can be fine-tuned for here: those with at least one result or score, in the zoo's order.
    public var targets: [Int] {
        datasets.indices.filter { dataset in
            !results.column(dataset).isEmpty || scores.contains { !$0.values.column(dataset).isEmpty }
        }
    }

    /// The targets of an evaluation where none is named: every dataset with transferability scores and at least
    /// two results, else every dataset with at least ten results.
    ///
    /// Which datasets these are depends on how many results there are, never on what they are.
    public var evaluationTargets: [Int] {
        let scored = datasets.indices.filter { dataset in
            results.column(dataset).count >= 2 && scores.contains { !$0.values.column(dataset).isEmpty }
        }
        if !scored.isEmpty { return scored }
        return datasets.indices.filter { results.column($0).count >= 10 }
    }

    /// The zoo under another name.
    public func renamed(_ name: String) -> Zoo {
        copy(name: name)
    }

    /// The zoo with only some of its results.
    func keepingResults(_ isKept: (PairTable.Entry) -> Bool) -> Zoo {
        copy(results: results.filtered(isKept))
    }

    func copy(
        name: String? = nil, source: String? = nil, datasets: [Dataset]? = nil, results: PairTable? = nil,
        runs: [Int32]? = nil,
        scores: [Score]? = nil, distances: DistanceMatrix?? = nil, datasetEmbeddings: DatasetEmbeddings?? = nil
    ) -> Zoo {
        // Counts and metadata are listed in the results' order; with other results they no longer fit.
        Zoo(
            name: name ?? self.name, source: source ?? self.source, format: format, models: models,
            datasets: datasets ?? self.datasets, results: results ?? self.results,
            runs: runs ?? (results == nil ? self.runs : []), recordMetadata: results == nil ? recordMetadata : nil,
            scores: scores ?? self.scores, distances: distances ?? self.distances, lineage: lineage,
            datasetEmbeddings: datasetEmbeddings ?? self.datasetEmbeddings, report: report)
    }
}
