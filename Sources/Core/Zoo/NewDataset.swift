/// A user's own dataset as it is brought into a zoo: a target without history.
public struct NewDataset: Sendable {
    /// Its name, not yet in the zoo.
    public var name: String
    /// The number of its samples.
    public var size: Double?
    /// The number of its classes.
    public var classes: Double?
    /// Its vector under the probe that the zoo's dataset embeddings were made with.
    public var embedding: [Float]?
    /// Its distances to datasets of the zoo, by their names, on the scale of the zoo's own.
    public var distances: [String: Double] = [:]
    /// Transferability scores of models on it.
    public var scores: [Score] = []

    public struct Score: Sendable, Equatable {
        public let model: String
        /// The score's name as the zoo gives it, such as `LogME`.
        public let name: String
        public let value: Double
        public init(model: String, name: String, value: Double) {
            self.model = model
            self.name = name
            self.value = value
        }
    }

    public init(name: String) {
        self.name = name
    }
}

extension Zoo {
    /// This zoo with one dataset more.
    ///
    /// - Parameter distance: how far two embeddings are apart. Where the new dataset has an embedding and the zoo has some,
    ///   all distances between datasets with embeddings are taken by it, so that they have one scale.
    /// - Throws: ``NewDatasetError``.
    public func adding(
        _ new: NewDataset, distance: (_ a: [Float], _ b: [Float]) -> Double
    ) throws(NewDatasetError) -> Zoo {
        if datasets.contains(where: { $0.name == new.name || $0.aliases.contains(new.name) }) {
            throw .nameTaken(new.name, zoo: name)
        }
        if let embedding = new.embedding, let embeddings = datasetEmbeddings, embedding.count != embeddings.dimension {
            throw .dimension(embedding.count, zoo: embeddings.dimension)
        }
        var dataset = Dataset(name: new.name)
        dataset.size = new.size
        dataset.classes = new.classes
        let count = datasets.count + 1
        let scores: [Score]
        let distances: DistanceMatrix?
        do throws(UnknownName) {
            scores = try widened(with: new)
            distances = try self.distances(with: new, by: distance)
        } catch {
            throw .unknown(error)
        }
        return copy(
            datasets: datasets + [dataset],
            results: PairTable(datasetCount: count, entries: Array(results.entries)),
            runs: runs, datasetMetadata: datasetMetadata.appending(dataset.attributes), scores: scores,
            distances: .some(distances),
            datasetEmbeddings: .some(embeddings(with: new)))
    }

    private func widened(with new: NewDataset) throws(UnknownName) -> [Score] {
        var tables = scores.map { ($0.name, $0.method, Array($0.values.entries)) }
        for score in new.scores {
            let model = try model(named: score.model)
            let entry = PairTable.Entry(model: model, dataset: datasets.count, value: score.value)
            if let index = tables.firstIndex(where: { $0.0 == score.name }) {
                tables[index].2.append(entry)
            } else {
                tables.append((score.name, ScoreNaming.method(for: score.name), [entry]))
            }
        }
        return tables.map {
            Score(name: $0.0, method: $0.1, values: PairTable(datasetCount: datasets.count + 1, entries: $0.2))
        }
    }

    private func embeddings(with new: NewDataset) -> DatasetEmbeddings? {
        guard let dimension = datasetEmbeddings?.dimension ?? new.embedding?.count else { return nil }
        let known = datasetEmbeddings?.vectors ?? [[Float]?](repeating: nil, count: datasets.count)
        return DatasetEmbeddings(dimension: dimension, vectors: known + [new.embedding])
    }

    private func distances(
        with new: NewDataset, by distance: ([Float], [Float]) -> Double
    ) throws(UnknownName) -> DistanceMatrix? {
        let count = datasets.count + 1
        var values = [Double](repeating: .nan, count: count * count)
        for a in 0..<datasets.count {
            for b in 0..<datasets.count { values[a * count + b] = distances?[a, b] ?? .nan }
        }
        values[count * count - 1] = 0
        func set(_ a: Int, _ b: Int, _ value: Double) {
            values[a * count + b] = value
            values[b * count + a] = value
        }
        if let embedding = new.embedding, let known = datasetEmbeddings {
            let vectors = known.vectors + [embedding]
            for a in 0..<count {
                for b in 0..<a {
                    if let first = vectors[a], let second = vectors[b] { set(a, b, distance(first, second)) }
                }
            }
        }
        for (other, value) in new.distances.sorted(by: { $0.key < $1.key }) {
            set(count - 1, try dataset(named: other), value)
        }
        let matrix = DistanceMatrix(count: count, values: values)
        return matrix.range == nil ? nil : matrix
    }
}
