/// A user's own dataset as it is brought into a zoo: a target without history.
public struct NewDataset: Sendable {
    /// Its name, not yet in the zoo, or that of one that was brought in before.
    public var name: String
    /// The number of its samples.
    public var size: Double?
    /// The number of its classes.
    public var classes: Double?
    /// What it is, in words.
    public var text: String?
    /// What its results will be, such as `accuracy`.
    public var metric: String?
    /// Its vector under the probe that the zoo's dataset embeddings were made with.
    public var embedding: [Float]?
    /// Its distances to datasets of the zoo, by their names, on the scale of the zoo's own.
    public var distances: [String: Double] = [:]
    /// Datasets of the zoo that it is like, by their names: it lies at half the distance from each to that one's nearest
    /// dataset.
    public var like: [String] = []

    public init(name: String) {
        self.name = name
    }
}

/// A zoo with a dataset that was brought in.
public struct ZooWithDataset: Sendable {
    public let zoo: Zoo
    /// The dataset's index.
    public let dataset: Int
    /// Whether it took the place of one that was brought in before under its name.
    public let replaced: Bool
    /// How many of its distances were given or taken from vectors.
    public let givenDistances: Int
    /// How many follow from these and from the zoo's own, by way of the datasets given.
    public let derivedDistances: Int
    /// Whether the zoo came with distances; without, what is not named has nothing in common with the dataset.
    public let zooHasDistances: Bool
}

extension Zoo {
    /// The column of ``datasetMetadata`` that says which datasets the user brought, and that of what they are.
    static let ownDatasetColumn = "own_dataset"
    static let descriptionColumn = "description"

    /// Whether the user brought a dataset in; it is told from the others after the zoo was written and read again too.
    public func isOwnDataset(_ dataset: Int) -> Bool {
        datasetMetadata.value(dataset, Self.ownDatasetColumn)?.text == "true"
    }

    /// This zoo with a dataset of the user's own. One that the user added under the same name before is replaced: its results
    /// are kept, its scores are not.
    ///
    /// A distance that is not given is that of the shortest way through a dataset whose distance is given. In a zoo
    /// without distances they stay unknown.
    ///
    /// - Parameters:
    ///   - new: the dataset with all that is known of it.
    ///   - distance: how far two embeddings are apart. Where the new dataset has an embedding and the zoo has some, all
    ///     distances between datasets with embeddings are taken by it, so that they have one scale.
    /// - Throws: ``NewDatasetError``.
    /// - Complexity: linear in results, scores and datasets; the square of the datasets with embeddings.
    public func adding(
        _ new: NewDataset, distance: (_ a: [Float], _ b: [Float]) -> Double
    ) throws(NewDatasetError) -> ZooWithDataset {
        let index = try place(for: new.name)
        let replaced = index < datasets.count
        if let embedding = new.embedding, let embeddings = datasetEmbeddings, embedding.count != embeddings.dimension {
            throw .dimension(embedding.count, zoo: embeddings.dimension)
        }
        var dataset = Dataset(name: new.name)
        dataset.size = new.size
        dataset.classes = new.classes
        if replaced, !results.column(index).isEmpty {
            // Its results are what they were.
            dataset.metric = datasets[index].metric
            if let name = new.metric, let known = dataset.metric.name,
                MetricKnowledge.canonical(name) != MetricKnowledge.canonical(known)
            {
                throw .otherMetric(name, known: known, dataset: new.name)
            }
        } else if let name = new.metric {
            dataset.metric = DatasetMetric(named: name)
        }
        let found: FoundDistances
        do throws(UnknownName) {
            found = try distances(with: new, at: index, by: distance)
        } catch {
            throw .unknown(error)
        }
        var known = dataset.attributes
        known[Self.ownDatasetColumn] = .truth(true)
        known[Self.descriptionColumn] = new.text.map(Facts.Value.text)
        var all = datasets
        if replaced { all[index] = dataset } else { all.append(dataset) }
        var table = results
        if !replaced {
            table = PairTable(
                offsets: results.offsets + [results.count], models: results.models, values: results.values)
        }
        var zoo = copy(
            datasets: all,
            datasetMetadata: replaced
                ? datasetMetadata.replacing(index, by: known) : datasetMetadata.appending(known),
            scores: scores(withDatasets: all.count, without: index), distances: .some(found.matrix),
            datasetEmbeddings: .some(embeddings(with: new, at: index)))
        zoo = zoo.replacingRows(results: table, runs: runs, runRanges: runRanges, metadata: resultMetadata)
        if replaced { zoo.metricsBeforeResults[index] = nil }
        var before =
            beforeOwnDatasets
            ?? BeforeOwnDatasets(count: datasets.count, metadata: datasetMetadata, distances: distances)
        if replaced { before.replace(index, with: zoo) }
        zoo.beforeOwnDatasets = before
        return ZooWithDataset(
            zoo: zoo, dataset: index, replaced: replaced, givenDistances: found.given,
            derivedDistances: found.derived, zooHasDistances: found.cameWithDistances)
    }

    /// The index that a dataset of this name has or will have.
    private func place(for name: String) throws(NewDatasetError) -> Int {
        guard let index = datasets.firstIndex(where: { $0.name == name || $0.aliases.contains(name) }) else {
            return datasets.count
        }
        guard isOwnDataset(index), datasets[index].name == name else { throw .nameTaken(name, zoo: self.name) }
        return index
    }

    /// The scores for so many datasets, without those that a dataset at `index` had.
    private func scores(withDatasets count: Int, without index: Int) -> [Score] {
        scores.map { score in
            Score(
                name: score.name, method: score.method,
                values: PairTable(
                    datasetCount: count, entries: score.values.entries.filter { $0.dataset != index }))
        }.filter { $0.values.count > 0 }
    }

    private func embeddings(with new: NewDataset, at index: Int) -> DatasetEmbeddings? {
        guard let dimension = datasetEmbeddings?.dimension ?? new.embedding?.count else { return nil }
        var vectors = datasetEmbeddings?.vectors ?? [[Float]?](repeating: nil, count: datasets.count)
        if index < vectors.count { vectors[index] = new.embedding } else { vectors.append(new.embedding) }
        return vectors.contains { $0 != nil } ? DatasetEmbeddings(dimension: dimension, vectors: vectors) : nil
    }

    private struct FoundDistances {
        var matrix: DistanceMatrix?
        var given = 0
        var derived = 0
        var cameWithDistances = false
    }

    private func distances(
        with new: NewDataset, at index: Int, by distance: ([Float], [Float]) -> Double
    ) throws(UnknownName) -> FoundDistances {
        var found = FoundDistances()
        var base = distances ?? DistanceMatrix(unknown: datasets.count)
        var row = [Double](repeating: .nan, count: base.count)
        if let embedding = new.embedding, let known = datasetEmbeddings {
            base = remeasured(base, known, without: index, by: distance)
            for (other, vector) in known.vectors.enumerated() where other != index {
                if let vector { row[other] = distance(embedding, vector) }
            }
            found.given = row.count { !$0.isNaN }
        }
        try give(&row, new, base, index, &found)
        found.matrix = index < base.count ? base.replacing(index, by: row) : base.appending(row)
        if found.matrix?.range == nil { found.matrix = nil }
        return found
    }

    /// The distances of all datasets with vectors, by one measure.
    private func remeasured(
        _ base: DistanceMatrix, _ known: DatasetEmbeddings, without index: Int,
        by distance: ([Float], [Float]) -> Double
    ) -> DistanceMatrix {
        let count = datasets.count
        let withVectors = known.vectors.indices.filter { known.vectors[$0] != nil && $0 != index }
        guard withVectors.count > 1 else { return base }
        var values = [Double](repeating: .nan, count: count * count)
        for a in 0..<count {
            values[a * count + a] = 0
            for b in 0..<a {
                guard let value = base[a, b] else { continue }
                values[a * count + b] = value
                values[b * count + a] = value
            }
        }
        for a in withVectors {
            for b in withVectors where b < a {
                guard let first = known.vectors[a], let second = known.vectors[b] else { continue }
                let value = distance(first, second)
                values[a * count + b] = value
                values[b * count + a] = value
            }
        }
        return DistanceMatrix(count: count, values: values)
    }

    /// Fills a row of distances with those given, and with those that follow from them.
    private func give(
        _ row: inout [Double], _ new: NewDataset, _ base: DistanceMatrix, _ index: Int, _ found: inout FoundDistances
    ) throws(UnknownName) {
        var given: [Int: Double] = [:]
        for (name, value) in new.distances.sorted(by: { $0.key < $1.key }) {
            given[try dataset(named: name)] = value
        }
        let others = base.count
        for name in new.like {
            let one = try dataset(named: name)
            let nearest = (0..<others).filter { $0 != one && $0 != index }.compactMap { base[one, $0] }.min()
            // Nearer than any other is to it; the same where nobody knows how near that is.
            given[one] = min(given[one] ?? .infinity, (nearest ?? 0) / 2)
        }
        given[index] = nil
        guard !given.isEmpty else { return }
        let isOwn = (0..<others).map { isOwnDataset($0) }
        found.cameWithDistances =
            base.hasSquare
            && (0..<others).contains { a in
                !isOwn[a] && (0..<a).contains { b in !isOwn[b] && base[a, b] != nil }
            }
        for (one, value) in given {
            row[one] = value
            found.given += 1
        }
        let ways = given.sorted { $0.key < $1.key }
        for other in 0..<others where other != index && row[other].isNaN {
            var shortest = Double.infinity
            for (one, value) in ways {
                if let rest = base[one, other] { shortest = min(shortest, value + rest) }
            }
            if shortest.isFinite {
                row[other] = shortest
                found.derived += 1
            }
        }
    }
}

extension MetadataTable {
    /// The table in which these things, and no others, are known of a row.
    func replacing(_ row: Int, by known: [String: Facts.Value]) -> MetadataTable {
        let last = appending(known)
        var order = Array(0..<rowCount)
        order[row] = rowCount
        return last.selecting(order)
    }
}
