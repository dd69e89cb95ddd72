import Support

/// The learners of node embeddings, by their names in a method's name.
public enum GraphLearner: String, Sendable, CaseIterable {
    case node2vec = "n2v"
    case node2vecPlus = "n2v+"
    case graphSAGE = "sage"
    case gat
    case rgcn
    case spectral

    /// The one that is taken where none is named (docs/graph.md says why).
    public static let usual = GraphLearner.spectral

    /// Those that the paper compares, by the names it gives them.
    public static let published: [GraphLearner] = [.node2vec, .node2vecPlus, .graphSAGE, .gat]

    /// The name in full, as its paper has it.
    public var commandName: String {
        switch self {
        case .node2vec: "node2vec"
        case .node2vecPlus: "node2vec+"
        case .graphSAGE: "graphsage"
        case .gat: "gat"
        case .rgcn: "rgcn"
        case .spectral: "spectral"
        }
    }

    /// Whether it learns from random walks, and not as a graph network does.
    public var isWalking: Bool { self == .node2vec || self == .node2vecPlus }

    /// Learns an embedding of `graph` with the learner's usual settings.
    ///
    /// - Throws: `Cancelled`, `OutOfMemory`, or ``EmbeddingError``.
    public func embed(_ graph: ZooGraph, dimension: Int, seed: UInt64, work: Work) throws -> Embedding {
        try embed(graph.structure, of: graph, unjoined: graph.unjoined, dimension: dimension, seed: seed, work: work)
    }

    /// The same of another structure over the nodes of `graph`, such as one that lacks some edges.
    ///
    /// - Parameters:
    ///   - structure: the edges to learn from.
    ///   - graph: what the nodes are: their kinds, the recipe, the datasets' own vectors.
    ///   - unjoined: what is known of pairs that are no edges. Faint ones are for `spectral` alone.
    ///   - dimension: the numbers of a vector.
    ///   - seed: what every random choice follows from.
    ///   - epochs: the passes over the edges of a graph network, and of a learner that walks how often walks are drawn;
    ///     the usual number where `nil`.
    ///   - threads: the most to use, the usual number where `nil`; it changes no result.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    public func embed(
        _ structure: CSRGraph, of graph: ZooGraph, unjoined: UnjoinedPairs, dimension: Int, seed: UInt64,
        epochs: Int? = nil, threads: Int? = nil, work: Work
    ) throws -> Embedding {
        // Two tables of vectors, what their gradients and moments take, and the edges both ways.
        try MemoryBudget.require(MemoryBudget.bytes(Float.self, graph.nodeCount, dimension, 5))
        try MemoryBudget.require(MemoryBudget.bytes(Double.self, structure.entryCount, 3))
        var settings = GraphNetworkSettings(dimension: dimension, epochs: epochs, seed: seed)
        if let threads { settings.threads = threads }
        if graph.options.recipe == .own {
            return try embedOwn(structure, of: graph, unjoined: unjoined, settings: settings, work: work)
        }
        switch self {
        case .node2vec, .node2vecPlus:
            // With p = q = 1 the two would be the same: edge weights enter node2vec+ where a walk may stray.
            return try Node2Vec(
                dimension: dimension, epochs: epochs ?? 1, q: self == .node2vecPlus ? 0.5 : 1,
                extended: self == .node2vecPlus, threads: threads ?? 1, seed: seed
            ).embed(structure, negativePairs: unjoined.negative, work: work)
        case .graphSAGE:
            return try GraphSAGE(settings).embed(
                structure, features: Self.features(of: graph), negativePairs: unjoined.negative, work: work)
        case .gat:
            return try GAT(settings).embed(
                structure, features: Self.features(of: graph), negativePairs: unjoined.negative, work: work)
        case .rgcn, .spectral:
            return try embedOwn(structure, of: graph, unjoined: unjoined, settings: settings, work: work)
        }
    }

    /// The learner as it suits a graph of the own recipe: kinds of nodes are told apart, and walks and windows are as short
    /// as few edges allow.
    private func embedOwn(
        _ structure: CSRGraph, of graph: ZooGraph, unjoined: UnjoinedPairs, settings: GraphNetworkSettings,
        work: Work
    ) throws -> Embedding {
        let kinds = graph.nodeKinds
        switch self {
        case .node2vec, .node2vecPlus:
            var learner = Self.ownWalks(
                nodes: graph.nodeCount, extended: self == .node2vecPlus, dimension: settings.dimension,
                seed: settings.seed)
            learner.epochs = settings.epochs ?? 1
            learner.threads = settings.threads
            return try learner.embed(structure, negativePairs: unjoined.negative, kinds: kinds, work: work)
        case .graphSAGE:
            return try GraphSAGE(settings).embed(
                structure, features: Self.features(of: graph), negativePairs: unjoined.negative, kinds: kinds,
                work: work)
        case .gat:
            return try GAT(settings, keepsOwn: true).embed(
                structure, features: Self.features(of: graph), negativePairs: unjoined.negative, kinds: kinds,
                work: work)
        case .rgcn:
            return try RGCN(settings).embed(
                structure, features: Self.features(of: graph), negativePairs: unjoined.negative, kinds: kinds,
                work: work)
        case .spectral:
            let known =
                unjoined.faint.isEmpty
                ? structure : CSRGraph(nodeCount: structure.nodeCount, edges: structure.edges() + unjoined.faint)
            return try Spectral(dimension: settings.dimension, seed: settings.seed).embed(
                known, negativePairs: unjoined.negative, kinds: kinds, work: work)
        }
    }

    /// node2vec's settings for a graph of the own recipe: a window of two, walks of twenty, and of a small graph as many as
    /// learning takes.
    public static func ownWalks(nodes: Int, extended: Bool, dimension: Int, seed: UInt64) -> Node2Vec {
        Node2Vec(
            dimension: dimension, walksPerNode: min(200, max(10, 20_000 / max(1, nodes))), walkLength: 20, window: 2,
            q: extended ? 0.5 : 1, extended: extended, seed: seed)
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
