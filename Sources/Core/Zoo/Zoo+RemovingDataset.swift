/// What datasets of the user's own change of a zoo's other datasets, as it was before the first of them was added here: with
/// a vector the distances of all, and the columns of what is known of them.
struct BeforeOwnDatasets: Sendable {
    /// The first so many datasets were there; those added since follow.
    private(set) var count: Int
    private(set) var metadata: MetadataTable
    private(set) var distances: DistanceMatrix?

    /// Takes over a dataset that was replaced, where it was there before.
    mutating func replace(_ dataset: Int, with zoo: Zoo) {
        guard dataset < count else { return }
        metadata = metadata.replacing(dataset, by: zoo.datasetMetadata.known(of: dataset))
        guard let all = zoo.distances else { return }
        distances = (distances ?? DistanceMatrix(unknown: count)).replacing(
            dataset, by: (0..<count).map { all[dataset, $0] ?? .nan })
    }

    mutating func remove(_ dataset: Int) {
        guard dataset < count else { return }
        count -= 1
        metadata = metadata.dropping(dataset)
        distances = distances?.removing(dataset)
        if distances?.range == nil { distances = nil }
    }

    /// What is known of the datasets of `zoo`, of which those after the first ``count`` were added.
    func metadata(of zoo: Zoo) -> MetadataTable {
        (count..<zoo.datasetMetadata.rowCount).reduce(metadata) { $0.appending(zoo.datasetMetadata.known(of: $1)) }
    }

    /// The distances as they were, and those of the datasets that were added to the ones before each.
    func distances(of zoo: Zoo) -> DistanceMatrix? {
        guard let all = zoo.distances else { return distances }
        var matrix = distances ?? DistanceMatrix(unknown: count)
        for dataset in count..<all.count { matrix = matrix.appending((0..<dataset).map { all[dataset, $0] ?? .nan }) }
        return matrix.range == nil ? nil : matrix
    }
}

extension Zoo {
    /// The zoo without a dataset that the user brought in, and without its results and scores: all that bringing it in changed
    /// is as it was.
    ///
    /// Vectors that came with datasets made all distances anew; the earlier ones are back when the last dataset with a vector
    /// of the user's own is gone. A zoo that was saved with such a dataset, and loaded again, keeps the distances that were
    /// saved.
    ///
    /// - Throws: ``NewDatasetError``.
    /// - Complexity: linear in results, for each of the dataset's results, and in scores; the square of the datasets with
    ///   distances.
    public func removingDataset(_ dataset: Int) throws(NewDatasetError) -> Zoo {
        let name = datasets[dataset].name
        guard isOwnDataset(dataset) else { throw .notOwn(name, zoo: self.name) }
        let pretrained = models.count { $0.pretrainingDatasets.contains(dataset) }
        guard pretrained == 0 else { throw .pretrainedOn(name, models: pretrained) }
        var emptied = self
        while let position = emptied.results.column(dataset).last { emptied = emptied.removingResult(at: position) }
        func moved(_ index: Int) -> Int { index > dataset ? index - 1 : index }
        var models = models
        for index in models.indices { models[index].pretrainingDatasets = models[index].pretrainingDatasets.map(moved) }
        var datasets = datasets
        datasets.remove(at: dataset)
        var offsets = emptied.results.offsets
        offsets.remove(at: dataset)
        var vectors = datasetEmbeddings?.vectors ?? []
        if dataset < vectors.count { vectors.remove(at: dataset) }
        let embeddings = datasetEmbeddings.flatMap { known in
            vectors.contains { $0 != nil } ? DatasetEmbeddings(dimension: known.dimension, vectors: vectors) : nil
        }
        var zoo = Zoo(
            name: self.name, source: source, format: format, models: models, datasets: datasets,
            results: PairTable(offsets: offsets, models: emptied.results.models, values: emptied.results.values),
            runs: emptied.runs, runRanges: emptied.runRanges, modelMetadata: modelMetadata,
            datasetMetadata: datasetMetadata.dropping(dataset), resultMetadata: emptied.resultMetadata,
            scores: scores.map { $0.removing(dataset) }.filter { $0.values.count > 0 },
            distances: distances?.removing(dataset), lineage: lineage, datasetEmbeddings: embeddings, report: report,
            about: about, reading: reading)
        zoo.textEmbeddings = textEmbeddings?.removing(dataset)
        for (index, metric) in metricsBeforeResults where index != dataset {
            zoo.metricsBeforeResults[moved(index)] = metric
        }
        if var before = beforeOwnDatasets {
            before.remove(dataset)
            let isAnyVectorOwn = vectors.indices.contains { vectors[$0] != nil && zoo.isOwnDataset($0) }
            zoo = zoo.copy(
                datasetMetadata: before.metadata(of: zoo),
                distances: isAnyVectorOwn ? nil : .some(before.distances(of: zoo)))
            zoo.beforeOwnDatasets = zoo.datasets.count > before.count ? before : nil
        }
        return zoo.distances?.range == nil ? zoo.copy(distances: .some(nil)) : zoo
    }
}

extension Zoo.Score {
    fileprivate func removing(_ dataset: Int) -> Zoo.Score {
        let left = values.filtered { $0.dataset != dataset }
        var offsets = left.offsets
        offsets.remove(at: dataset)
        return Zoo.Score(
            name: name, method: method, values: PairTable(offsets: offsets, models: left.models, values: left.values))
    }
}

extension TextEmbeddings {
    fileprivate func removing(_ dataset: Int) -> TextEmbeddings {
        var vectors = datasets
        if dataset < vectors.count { vectors.remove(at: dataset) }
        return TextEmbeddings(dimension: dimension, models: models, datasets: vectors)
    }
}

extension MetadataTable {
    /// What is known of a row, by column.
    fileprivate func known(of row: Int) -> [String: Facts.Value] {
        columns.reduce(into: [:]) { known, column in known[column.name] = value(row, column) }
    }

    /// The table without a row, and without the columns in which that row alone held anything.
    fileprivate func dropping(_ row: Int) -> MetadataTable {
        var order = Array(0..<rowCount)
        order.remove(at: row)
        let left = selecting(order)
        let columns = left.columns.filter { column in
            self.column(column.name).map { value(row, $0) == nil } ?? true
                || (0..<left.rowCount).contains { left.value($0, column) != nil }
        }
        return MetadataTable(rowCount: left.rowCount, columns: columns)
    }
}
