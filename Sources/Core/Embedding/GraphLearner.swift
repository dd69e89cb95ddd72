import Support

/// The learners of node embeddings, by the names the paper gives them in a method's name.
public enum GraphLearner: String, Sendable, CaseIterable {
    case node2vec = "n2v"
    case node2vecPlus = "n2v+"
    case graphSAGE = "sage"
    case gat

    /// The name in full, as its paper has it.
    public var commandName: String {
        switch self {
        case .node2vec: "node2vec"
        case .node2vecPlus: "node2vec+"
        case .graphSAGE: "graphsage"
        case .gat: "gat"
        }
    }

    /// Whether it learns from random walks, and not as a graph network does.
    public var isWalking: Bool { self == .node2vec || self == .node2vecPlus }

    /// Learns an embedding of `graph` with the learner's usual settings.
    ///
    /// - Throws: `Cancelled`, or ``EmbeddingError``.
    public func embed(_ graph: ZooGraph, dimension: Int, seed: UInt64, work: Work) throws -> Embedding {
        try embed(
            graph.structure, of: graph, negativePairs: graph.negativePairs, dimension: dimension, seed: seed, work: work
        )
    }

    /// The same of another structure over the nodes of `graph`, such as one that lacks some edges.
    ///
    /// - Parameters:
    ///   - epochs: the passes over the edges of a graph network, and of a learner that walks how often walks are drawn;
    ///     the usual number where `nil`.
    ///   - threads: the most to use, the usual number where `nil`; it changes no result.
    public func embed(
        _ structure: CSRGraph, of graph: ZooGraph, negativePairs: [CSRGraph.Edge], dimension: Int, seed: UInt64,
        epochs: Int? = nil, threads: Int? = nil, work: Work
    ) throws -> Embedding {
        var settings = GraphNetworkSettings(dimension: dimension, epochs: epochs, seed: seed)
        if let threads { settings.threads = threads }
        switch self {
        case .node2vec, .node2vecPlus:
            // With p = q = 1 the two would be the same: edge weights enter node2vec+ where a walk may stray.
            return try Node2Vec(
                dimension: dimension, epochs: epochs ?? 1, q: self == .node2vecPlus ? 0.5 : 1,
                extended: self == .node2vecPlus, threads: threads ?? 1, seed: seed
            ).embed(structure, negativePairs: negativePairs, work: work)
        case .graphSAGE:
            return try GraphSAGE(settings).embed(
                structure, features: Self.features(of: graph), negativePairs: negativePairs, work: work)
        case .gat:
            return try GAT(settings).embed(
                structure, features: Self.features(of: graph), negativePairs: negativePairs, work: work)
        }
    }

    /// The zoo's dataset embeddings as rows of node features, `nan` for models and datasets without one.
    private static func features(of graph: ZooGraph) -> [Float]? {
        guard let embeddings = graph.zoo.datasetEmbeddings, embeddings.dimension > 0 else { return nil }
        let unknown = [Float](repeating: .nan, count: embeddings.dimension)
        return (0..<graph.nodeCount).flatMap { node in
            graph.isModel(node) ? unknown : embeddings.vectors[node - graph.zoo.models.count] ?? unknown
        }
    }
}
