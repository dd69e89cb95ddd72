extension Zoo {
    /// A zoo from values in memory, without files: for benchmarks and tests of large sizes.
    package init(name: String, models: [Model], datasets: [Dataset], results: PairTable) {
        self.init(
            name: name, source: "in memory", format: "tidy", models: models, datasets: datasets, results: results,
            runs: [], modelMetadata: MetadataTable(rowCount: models.count),
            datasetMetadata: MetadataTable(rowCount: datasets.count), scores: [], distances: nil, lineage: [],
            datasetEmbeddings: nil, report: LoadReport())
    }
}
