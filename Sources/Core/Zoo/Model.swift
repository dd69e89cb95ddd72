/// A pre-trained model of a zoo, with what is known of it before any fine-tuning.
public struct Model: Sendable, Equatable {
    /// Its name in the zoo, unique there.
    public let name: String
    /// The class that implements it, such as `ViTForImageClassification`.
    public var architecture: String?
    /// The family of architectures, such as `vit`.
    public var family: String?
    /// The number of its parameters.
    public var parameters: Double?
    /// The side of its input, in pixels.
    public var inputSize: Double?
    /// The dimension of its features.
    public var outputSize: Double?
    /// Its size in memory, in bytes.
    public var memory: Double?
    /// The number of labels its published head tells apart.
    public var labels: Double?
    /// The datasets it was pre-trained on: indices into the zoo's datasets.
    public var pretrainingDatasets: [Int] = []
    /// Its accuracy on its pre-training dataset, 0 to 1.
    public var pretrainingAccuracy: Double?
    /// Other names the zoo's files give it.
    public var aliases: [String] = []
    /// Further columns of the zoo's files, by their names there.
    public var other: [String: String] = [:]

    /// The dataset it was pre-trained on, where it is one; `nil` where none or several are known.
    public var pretrainingDataset: Int? {
        get { pretrainingDatasets.count == 1 ? pretrainingDatasets[0] : nil }
        set { pretrainingDatasets = newValue.map { [$0] } ?? [] }
    }

    public init(name: String) {
        self.name = name
    }

    /// Whether anything beyond the name is known.
    public var hasMetadata: Bool {
        architecture != nil || family != nil || parameters != nil || !pretrainingDatasets.isEmpty || !other.isEmpty
    }
}

extension Model {
    /// What is known of it, as columns of a ``MetadataTable``.
    func attributes(datasets: [Dataset]) -> [String: Facts.Value] {
        var known = other.mapValues { Facts.Value.category($0) }
        for (name, text) in [("architecture", architecture), ("family", family)] {
            known[name] = text.map(Facts.Value.category)
        }
        for (name, number) in [
            ("parameters", parameters), ("input_size", inputSize), ("output_size", outputSize), ("memory", memory),
            ("labels", labels), ("pretraining_accuracy", pretrainingAccuracy),
        ] { known[name] = number.map(Facts.Value.number) }
        if !pretrainingDatasets.isEmpty {
            known["pretraining_dataset"] = .set(pretrainingDatasets.map { datasets[$0].name })
        }
        return known
    }
}
