import Support

/// One held-out target with what several methods share of it: the graph and the embeddings are made once.
///
/// Not for use from two threads at once.
public final class TargetWorkspace {
    public let zoo: HeldOutZoo
    public let settings: MethodSettings
    /// Progress and cancellation of whatever is being made.
    public let work: Work

    private var embeddings: [GraphLearner: [Embedding]] = [:]

    public init(_ zoo: HeldOutZoo, settings: MethodSettings = MethodSettings(), work: Work = .unwatched) {
        self.zoo = zoo
        self.settings = settings
        self.work = work
    }

    /// The graph of everything known without the target's results.
    public private(set) lazy var graph = ZooGraph(zoo, options: settings.graph)

    /// The embeddings of ``graph`` by `learner`, ``MethodSettings/embeddingsPerTarget`` of them, learned when first
    /// asked for. Each has a seed of its own.
    public func embeddings(_ learner: GraphLearner) throws -> [Embedding] {
        if let known = embeddings[learner] { return known }
        let learned = try (0..<settings.embeddingsPerTarget).map { number in
            try learner.embed(
                graph, dimension: settings.dimension,
                seed: SeededGenerator.seed(settings.seed, for: .embedding, zoo.target, number), work: work)
        }
        embeddings[learner] = learned
        return learned
    }
}
