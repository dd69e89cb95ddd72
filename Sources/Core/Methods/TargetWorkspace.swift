/// One held-out target with what several methods share of it: the graph and the embeddings are made once.
///
/// Not for use from two threads at once.
public final class TargetWorkspace {
    public let zoo: HeldOutZoo
    public let settings: MethodSettings
    /// Progress and cancellation of whatever is being made.
    public let work: Work

    private var embeddings: [GraphLearner: Embedding] = [:]

    public init(_ zoo: HeldOutZoo, settings: MethodSettings = MethodSettings(), work: Work = .unwatched) {
        self.zoo = zoo
        self.settings = settings
        self.work = work
    }

    /// The graph of everything known without the target's results.
    public private(set) lazy var graph = ZooGraph(zoo, options: settings.graph)

    /// The embedding of ``graph`` by `learner`, learned when first asked for.
    public func embedding(_ learner: GraphLearner) throws -> Embedding {
        if let known = embeddings[learner] { return known }
        let embedding = try learner.embed(
            graph, dimension: settings.dimension, seed: settings.seed &+ UInt64(zoo.target), work: work)
        embeddings[learner] = embedding
        return embedding
    }
}
