import Support

/// Embeddings of a target's graph, each without the results of some of the datasets.
///
/// What an embedding says of a dataset whose results made it is another thing than what it says of the target, of which it
/// has none. A predictor that learned from the first would trust the second too much.
struct GraphFolds {
    struct Fold {
        /// The datasets whose results the graph lacks.
        let datasets: Set<Int>
        let graph: ZooGraph
        let embedding: Embedding
    }

    let folds: [Fold]
    let recipe: OwnRecipe

    private static let count = 8

    /// - Throws: `Cancelled`, ``EmbeddingError`` or ``NumericalError``.
    init(_ zoo: HeldOutZoo, learner: GraphLearner, settings: MethodSettings, work: Work) throws {
        recipe = OwnRecipe(zoo.known, constants: settings.graph.constants)
        var datasets = zoo.known.datasets.indices.filter { !zoo.normalised.column($0).isEmpty }
        var generator = SeededGenerator(seed: settings.seed, purpose: .graphFolds, item: zoo.target)
        datasets.shuffle(using: &generator)
        let count = min(Self.count, datasets.count)
        var folds: [Fold] = []
        for number in 0..<count {
            let members = Set(stride(from: number, to: datasets.count, by: count).map { datasets[$0] })
            let graph = ZooGraph(
                zoo.keeping { !members.contains($0.dataset) }, options: .own, recipe: recipe)
            let embedding = try learner.embed(
                graph, dimension: settings.dimension,
                seed: SeededGenerator.seed(settings.seed, for: .embedding, zoo.target, number), work: work)
            folds.append(Fold(datasets: members, graph: graph, embedding: embedding))
        }
        self.folds = folds
    }
}
