import Support

/// Node embeddings by a graph attention network: two layers, the first with several heads, trained to predict links
/// (Veličković et al., "Graph Attention Networks", ICLR 2018).
///
///     let embedding = try GAT().embed(graph, work: .unwatched)
///
/// Every node attends to itself too. Edge weights do not enter. The same seed gives the same bytes.
public struct GAT: Sendable {
    public var settings: GraphNetworkSettings
    /// The heads of the first layer; they share the dimension evenly.
    public var heads: Int

    public init(_ settings: GraphNetworkSettings = GraphNetworkSettings(), heads: Int = 4) {
        self.settings = settings
        self.heads = heads
    }

    /// Learns a vector for each node, so that joined nodes have a large dot product.
    ///
    /// - Parameters:
    ///   - graph: n nodes.
    ///   - features: n × f numbers, row by row; a row with a `nan` in it stands for a node without features. Those nodes,
    ///     or all where it is `nil`, have features that are learned.
    ///   - negativePairs: pairs known not to be joined, told apart along with drawn ones. Weights are not looked at.
    /// - Returns: n × `dimension` floats, with the mean loss of each epoch.
    /// - Throws: ``EmbeddingError`` if an option makes no sense, the features are not whole rows, or training diverged;
    ///   `Cancelled`.
    public func embed(
        _ graph: CSRGraph, features: [Float]? = nil, negativePairs: [CSRGraph.Edge] = [], work: Work
    ) throws -> Embedding {
        try settings.validate()
        let width = settings.dimension
        guard heads >= 1 && width % heads == 0 else {
            throw EmbeddingError.unevenHeads(dimension: width, heads: heads)
        }
        var generator = SeededGenerator(seed: settings.seed, purpose: .graphNetwork)
        let inputs = try NodeInputs(
            nodeCount: graph.nodeCount, features: features, dimension: width, using: &generator, work: work)
        var trainer = LinkTrainer(
            settings: settings, inputs: inputs,
            first: AttentionLayer(inputs: width, outputs: width, heads: heads, using: &generator),
            second: AttentionLayer(inputs: width, outputs: width, heads: 1, using: &generator), addsSelfLoops: true,
            generator: generator)
        return try trainer.embed(graph, negativePairs: negativePairs, learner: "gat", work: work)
    }
}
