import Support

/// Node embeddings by GraphSAGE with mean aggregation: two layers, trained to predict links
/// (Hamilton, Ying and Leskovec, "Inductive Representation Learning on Large Graphs", NIPS 2017).
///
///     let embedding = try GraphSAGE().embed(graph, work: .unwatched)
///
/// Edge weights do not enter. The same seed gives the same bytes.
public struct GraphSAGE: Sendable {
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
    ///   - negativePairs: pairs known not to be joined, told apart along with drawn ones. Weights are not looked at.
    ///   - kinds: the kind of each node: drawn pairs are then of the kinds that joined ones are of.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    /// - Returns: n × `dimension` floats, with the mean loss of each epoch.
    /// - Throws: ``EmbeddingError`` if an option makes no sense, the features are not whole rows, or training diverged;
    ///   `Cancelled`.
    public func embed(
        _ graph: CSRGraph, features: [Float]? = nil, negativePairs: [CSRGraph.Edge] = [], kinds: [UInt8] = [],
        work: Work
    ) throws -> Embedding {
        var (generator, inputs) = try settings.begin(graph, features: features, work: work)
        let width = settings.dimension
        var trainer = LinkTrainer(
            settings: settings, inputs: inputs,
            first: RelationalLayer(inputs: width, outputs: width, relations: 1, using: &generator),
            second: RelationalLayer(inputs: width, outputs: width, relations: 1, using: &generator),
            addsSelfLoops: false, generator: generator)
        return try trainer.embed(graph, negativePairs: negativePairs, kinds: kinds, learner: "graphsage", work: work)
    }
}
