import Support

/// Node embeddings by a relational graph convolutional network: two layers with a weight for each relation, trained to
/// predict links (Schlichtkrull et al., "Modeling Relational Data with Graph Convolutional Networks", ESWC 2018).
///
///     let embedding = try RGCN().embed(graph, negativePairs: pairs, kinds: kinds, work: .unwatched)
///
/// The relations are the kinds of nodes that an edge joins and its sign: messages pass along negative pairs too. Edges count
/// by their weights. The same seed gives the same bytes.
public struct RGCN: Sendable {
    public var settings: GraphNetworkSettings

    public init(_ settings: GraphNetworkSettings = GraphNetworkSettings()) {
        self.settings = settings
    }

    /// Learns a vector for each node, so that joined nodes have a large dot product.
    ///
    /// - Parameters:
    ///   - graph: n nodes.
    ///   - features: n × f numbers, row by row; a row with a `nan` in it stands for a node without features. Those nodes,
    ///     or all where it is `nil`, have features that are learned.
    ///   - negativePairs: pairs known not to be joined, by weight: relations of their own, and told apart along with drawn
    ///     ones.
    ///   - kinds: the kind of each node; all are of one where empty.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    /// - Returns: n × `dimension` floats, with the mean loss of each epoch.
    /// - Throws: ``EmbeddingError`` if an option makes no sense, the features are not whole rows, or training diverged;
    ///   `Cancelled`.
    public func embed(
        _ graph: CSRGraph, features: [Float]? = nil, negativePairs: [CSRGraph.Edge] = [], kinds: [UInt8] = [],
        work: Work
    ) throws -> Embedding {
        var (generator, inputs) = try settings.begin(graph, features: features, work: work)
        let messages = RelationalGraph(
            graph, negativePairs: negativePairs,
            kinds: kinds.isEmpty ? [UInt8](repeating: 0, count: graph.nodeCount) : kinds)
        let (width, count) = (settings.dimension, messages.relationCount)
        var trainer = LinkTrainer(
            settings: settings, inputs: inputs,
            first: RelationalLayer(inputs: width, outputs: width, relations: count, using: &generator),
            second: RelationalLayer(inputs: width, outputs: width, relations: count, using: &generator),
            addsSelfLoops: false, generator: generator)
        return try trainer.embed(
            graph, negativePairs: negativePairs, messages: messages, kinds: kinds, learner: "rgcn", work: work)
    }
}
