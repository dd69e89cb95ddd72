import Support

/// How well a learner finds edges of a graph that it was not shown.
///
/// A share of the edges is held out, the learner learns from the rest, and the held-out edges are to be told from pairs of
/// nodes that are not joined (node2vec's own yardstick: Grover and Leskovec, KDD 2016, §4.4).
public struct EmbeddingQuality: Sendable, Equatable {
    /// The share of the edges that is held out.
    public static let share = 0.1

    public let heldOutEdges: Int
    /// By the dot product of the two vectors.
    public let byDotProduct: LinkPrediction
    /// By logistic regression on the products of the two vectors' components.
    public let byHadamard: LinkPrediction

    /// - Parameters:
    ///   - graph: the graph whose edges are held out.
    ///   - unjoined: what the learner may know of pairs that are no edges; those that are to be told apart here are kept from it.
    ///   - seed: what the choice of edges follows from.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    ///   - learn: learns from a graph with the same nodes, and from what is known of other pairs.
    /// - Returns: `nil` where the graph has too few edges to hold some out, or is so dense that no pair is apart.
    /// - Throws: what `learn` throws; `Cancelled`.
    public init?(
        of graph: CSRGraph, unjoined: UnjoinedPairs = UnjoinedPairs(), seed: UInt64, work: Work,
        learn: (CSRGraph, UnjoinedPairs, Work) throws -> Embedding
    ) throws {
        let split = LinkSplit(of: graph, share: Self.share, seed: seed)
        guard !split.positives.isEmpty, !split.negatives.isEmpty else { return nil }
        let embedding = try learn(split.training, unjoined.without(split.positives + split.negatives), work)
        heldOutEdges = split.positives.count
        byDotProduct = LinkPrediction(of: embedding, positives: split.positives, negatives: split.negatives)
        byHadamard = try LinkPrediction(byHadamardOf: embedding, split, seed: seed, work: work)
    }
}
