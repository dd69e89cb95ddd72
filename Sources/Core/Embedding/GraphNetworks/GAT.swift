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
    /// Whether a linear map of each node's own input is added to what it attends to (`SkipLayer`), so that nodes differ
    /// even where all have the same neighbours. The published network has none.
    public var keepsOwn: Bool

    public init(
        _ settings: GraphNetworkSettings = GraphNetworkSettings(), heads: Int = 4, keepsOwn: Bool = false
    ) {
        self.settings = settings
        self.heads = heads
        self.keepsOwn = keepsOwn
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
        let width = settings.dimension
        guard heads >= 1 && width % heads == 0 else {
            throw EmbeddingError.unevenHeads(dimension: width, heads: heads)
        }
        var (generator, inputs) = try settings.begin(graph, features: features, work: work)
        let first = AttentionLayer<Float>(inputs: width, outputs: width, heads: heads, using: &generator)
        let second = AttentionLayer<Float>(inputs: width, outputs: width, heads: 1, using: &generator)
        if keepsOwn {
            let roots = (0..<2).map { _ in DenseMatrix<Float>(rows: width, columns: width, glorot: &generator) }
            var trainer = LinkTrainer(
                settings: settings, inputs: inputs, first: SkipLayer(first, rootWeight: roots[0]),
                second: SkipLayer(second, rootWeight: roots[1]), addsSelfLoops: true, generator: generator)
            return try trainer.embed(graph, negativePairs: negativePairs, kinds: kinds, learner: "gat", work: work)
        }
        var trainer = LinkTrainer(
            settings: settings, inputs: inputs, first: first, second: second, addsSelfLoops: true, generator: generator)
        return try trainer.embed(graph, negativePairs: negativePairs, kinds: kinds, learner: "gat", work: work)
    }
}
