/// What a user may choose for every method at once.
public struct MethodSettings: Sendable {
    /// Which edges enter the graph, and from which values on.
    public var graph = ZooGraph.Options()
    /// Which columns the predictors of the `tg:` methods see.
    public var features = FeatureSet.all
    /// Whether the zoo's transferability scores are features too.
    public var scoresAsFeatures = false
    /// The number of components of node embeddings.
    public var dimension = 128
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
