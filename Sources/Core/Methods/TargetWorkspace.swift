import Support

/// One held-out target with what several methods share of it: the graph and the embeddings are made once.
///
/// ```swift
/// let workspace = TargetWorkspace(zoo: zoo, target: try zoo.dataset(named: "pets"))
/// let prediction = try TransferGraphMethod(predictor: .gradientBoosting, learner: .node2vec).predict(workspace)
/// ```
///
/// Not for use from two threads at once.
public final class TargetWorkspace {
    public let zoo: HeldOutZoo
    public let settings: MethodSettings
    /// Progress and cancellation of whatever is being made.
    public let work: Work

    private var embeddings: [GraphLearner: [Embedding]] = [:]
    private var folds: [GraphLearner: GraphFolds] = [:]

    public init(_ zoo: HeldOutZoo, settings: MethodSettings = MethodSettings(), work: Work = .unwatched) {
        self.zoo = zoo
        self.settings = settings
        self.work = work
    }

    /// The zoo with one target held out as the settings say: what evaluation, prediction and report all predict from.
    ///
    /// - Parameters:
    ///   - zoo: all of it.
    ///   - target: the dataset whose results are held out.
    ///   - models: those whose results on the target are known to the prediction.
    ///   - modelRatio: the share of the models whose history is kept.
    ///   - historyRatio: the share of these models' results that is kept. What is kept follows from the settings' seed.
    ///   - settings: seeds and what methods share.
    ///   - work: asked whether to go on, told how far it is.
    public convenience init(
        zoo: Zoo, target: Int, revealing models: [Int] = [], modelRatio: Double = 1,
        historyRatio: Double = 1, settings: MethodSettings = MethodSettings(), work: Work = .unwatched
    ) {
        let heldOut = zoo.holdingOut(
            target, revealing: models, includingWithoutSignal: settings.graph.includesWithoutSignal
        ).keepingModels(ratio: modelRatio, seed: settings.seed).keepingHistory(ratio: historyRatio, seed: settings.seed)
        self.init(heldOut, settings: settings, work: work)
    }

    /// The graph of everything known without the target's results.
    public private(set) lazy var graph = ZooGraph(zoo, options: settings.graph)

    /// The embeddings of the own recipe's graphs that the `graph:` methods by `learner` share, made when first asked for.
    func graphFolds(_ learner: GraphLearner) throws -> GraphFolds {
        if let known = folds[learner] { return known }
        let made = try GraphFolds(zoo, learner: learner, settings: settings, work: work)
        folds[learner] = made
        return made
    }

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
