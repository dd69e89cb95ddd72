/// How a graph network is trained on a graph that is too large to be trained at once: by batches of edges, with some
/// neighbours of each node.
///
/// A graph of up to 100,000 edges is gone through whole in each epoch. Of a larger one an epoch is as many edges as there are
/// nodes (100,000 at least), so that each node is asked for twice on average, as where epochs go over nodes; the next epoch
/// goes on where it ended. Then fewer neighbours of each node are drawn, the pairs that are not joined are made of the ends
/// of the batch's own edges, whose neighbours are there already, and since the steps are too few for features that begin at
/// random to find each other, those are spread over the graph first.
public struct SamplingPlan: Sendable, Equatable {
    /// The most edges that an epoch goes through whole.
    public static let wholeEpochLimit = 100_000

    /// The edges of the graph.
    public let edges: Int
    /// Those of an epoch.
    public let edgesAnEpoch: Int
    /// Those of a batch.
    public let batchSize: Int
    /// The neighbours that are drawn of each node, in each of the two layers.
    public let neighbours: Int

    /// How often the features that are learned are spread over the graph before learning begins
    /// (`NodeInputs.spread(over:rounds:loop:)`).
    public let rounds: Int

    /// Whether an epoch goes over a part of the edges.
    public var isPartial: Bool { edgesAnEpoch < edges }

    /// - Parameters:
    ///   - nodes: the nodes of the graph.
    ///   - edges: its edges.
    ///   - batchSize: as chosen; where `nil`, a 32nd of an epoch, but 128 at least and 8,192 at most, or 16,384 where an
    ///     epoch is not whole.
    ///   - neighbours: as chosen; where `nil` 8, or 4 where the graph is too large for whole epochs.
    public init(nodes: Int, edges: Int, batchSize: Int? = nil, neighbours: Int? = nil) {
        let isLarge = edges > Self.wholeEpochLimit
        self.edges = edges
        rounds = isLarge ? 4 : 0
        edgesAnEpoch = isLarge ? min(edges, max(nodes, Self.wholeEpochLimit)) : edges
        self.batchSize = batchSize ?? min(isLarge ? 16_384 : 8192, max(128, edgesAnEpoch / 32))
        self.neighbours = neighbours ?? (isLarge ? 4 : 8)
    }
}
