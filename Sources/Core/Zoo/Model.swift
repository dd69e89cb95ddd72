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
    /// The dataset it was pre-trained on: an index into the zoo's datasets.
    public var pretrainingDataset: Int?
    /// Its accuracy on its pre-training dataset, 0 to 1.
    public var pretrainingAccuracy: Double?
    /// Further columns of the zoo's files, by their names there.
    public var other: [String: String] = [:]

    public init(name: String) {
        self.name = name
    }

    /// Whether anything beyond the name is known.
    public var hasMetadata: Bool {
        architecture != nil || family != nil || parameters != nil || pretrainingDataset != nil || !other.isEmpty
    }
}
