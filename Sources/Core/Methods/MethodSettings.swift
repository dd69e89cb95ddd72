/// What a user may choose for every method at once.
public struct MethodSettings: Sendable {
    /// Which edges enter the graph, and from which values on.
    public var graph = ZooGraph.Options()
    /// Which columns the predictors of the `tg:` methods see.
    public var features = FeatureSet.all
    /// Whether the zoo's transferability scores are features too.
    public var scoresAsFeatures = false
    /// The number of components of the node embeddings that the `tg:` methods learn.
    public var dimension = 32
    /// How many embeddings a `tg:` method learns for a target; its prediction is the mean over them, since what one
    /// embedding makes of a graph of this size moves a good deal with its seed.
    public var embeddingsPerTarget = 4
    /// Where every random choice comes from.
    public var seed: UInt64 = 42

    public init() {}
}

/// The columns that the predictors of the `tg:` methods see (Li et al., ICDE 2024).
public enum FeatureSet: String, Sendable, CaseIterable {
    /// Metadata of model and dataset, and the distance of the pre-training dataset from the target.
    case basic
    /// The node embeddings of model and dataset.
    case embedding
    /// Both.
    case all
}
