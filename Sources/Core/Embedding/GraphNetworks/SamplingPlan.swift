/// How a graph network is trained on a graph that is too large to be trained at once: by batches of edges, with some
/// neighbours of each node.
///
/// A graph of up to 500,000 edges is gone through whole in each epoch. Of a larger one an epoch is as many edges as there are
/// nodes (500,000 at least), so that each node is asked for twice on average, as where epochs go over nodes; the next epoch
/// goes on where it ended. In its large batches nearly every node near the edges is seen anyway, so fewer neighbours of each
/// are drawn, and the pairs that are not joined are made of the ends of the batch's own edges, whose neighbours are there.
public struct SamplingPlan: Sendable, Equatable {
    /// The most edges that an epoch goes through whole.
    public static let wholeEpochLimit = 500_000

    /// The edges of the graph.
    public let edges: Int
    /// Those of an epoch.
    public let edgesAnEpoch: Int
    /// Those of a batch.
    public let batchSize: Int
    /// The neighbours that are drawn of each node, in each of the two layers.
    public let neighbours: Int

    /// Whether an epoch goes over a part of the edges.
    public var isPartial: Bool { edgesAnEpoch < edges }

    /// - Parameters:
    ///   - nodes: the nodes of the graph.
    ///   - edges: its edges.
    ///   - batchSize: as chosen; where `nil`, a 32nd of the edges, but 128 at least and 8,192 at most, and 16,384 in a graph
    ///     that is too large for whole epochs.
    ///   - neighbours: as chosen; where `nil` 8, and 4 in a graph that is too large for whole epochs.
    public init(nodes: Int, edges: Int, batchSize: Int? = nil, neighbours: Int? = nil) {
        let isLarge = edges > Self.wholeEpochLimit
        self.edges = edges
        edgesAnEpoch = isLarge ? min(edges, max(nodes, Self.wholeEpochLimit)) : edges
        self.batchSize = batchSize ?? (isLarge ? 16_384 : min(8192, max(128, edges / 32)))
        self.neighbours = neighbours ?? (isLarge ? 4 : 8)
    }
}
