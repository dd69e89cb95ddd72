/// A vector for each model and dataset that has one, made by a sentence encoder from what they are called and what is said
/// of them.
public struct TextEmbeddings: Sendable, Equatable {
    public let dimension: Int
    /// By index; `nil` where there is none.
    public let models: [[Float]?]
    public let datasets: [[Float]?]

    /// - Precondition: the vectors are of one length.
    public init(dimension: Int, models: [[Float]?], datasets: [[Float]?]) {
        self.dimension = dimension
        self.models = models
        self.datasets = datasets
    }

    /// The same of more datasets, which have none yet.
    func extended(to count: Int) -> TextEmbeddings {
        count <= datasets.count
            ? self
            : TextEmbeddings(
                dimension: dimension, models: models,
                datasets: datasets + [[Float]?](repeating: nil, count: count - datasets.count))
    }

    /// How many vectors there are.
    public var count: Int { models.count { $0 != nil } + datasets.count { $0 != nil } }
}

extension Zoo {
    /// What a sentence encoder is given of each model, then of each dataset: the name, its words apart, and whatever the
    /// zoo's columns of text say.
    public var describedTexts: [String] {
        func text(_ name: String, _ row: Int, _ table: MetadataTable) -> String {
            let said = table.columns.filter { $0.values.kind == .text }.compactMap { table.text(row, $0) }
            return ([NameTokens.of(name).joined(separator: " ")] + said).joined(separator: ". ")
        }
        return models.indices.map { text(models[$0].name, $0, modelMetadata) }
            + datasets.indices.map { text(datasets[$0].name, $0, datasetMetadata) }
    }

    /// The zoo with the vectors of ``describedTexts``, as rows in their order.
    ///
    /// - Precondition: a row for each text.
    public func describing(by rows: [[Float]]) -> Zoo {
        var zoo = self
        zoo.textEmbeddings = TextEmbeddings(
            dimension: rows.first?.count ?? 0, models: Array(rows.prefix(models.count)),
            datasets: Array(rows.dropFirst(models.count)))
        return zoo
    }
}
