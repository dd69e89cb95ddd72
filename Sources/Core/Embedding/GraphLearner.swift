/// The learners of node embeddings, by the names the paper gives them in a method's name.
public enum GraphLearner: String, Sendable, CaseIterable {
    case node2vec = "n2v"
    case node2vecPlus = "n2v+"

    /// The name that `%embed` takes.
    public var commandName: String {
        switch self {
        case .node2vec: "node2vec"
        case .node2vecPlus: "node2vec+"
        }
    }

    /// Learns an embedding of `graph` with the learner's usual settings.
    ///
    /// - Throws: ``Cancelled``, or ``UserError`` for a graph it cannot learn from.
    public func embed(_ graph: ZooGraph, dimension: Int, seed: UInt64, work: Work) throws -> Embedding {
        switch self {
        case .node2vec, .node2vecPlus:
            try Node2Vec(dimension: dimension, extended: self == .node2vecPlus, seed: seed)
                .embed(graph.structure, negativePairs: graph.negativePairs, work: work)
        }
    }
}
