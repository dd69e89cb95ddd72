import Foundation
import Support

/// Node embeddings without learning: the leading eigenvectors of the signed adjacency, as walks of two steps weigh them.
///
/// A walk of ``steps`` steps over the `SignedAdjacency` Â gives Âᵏ; its best factors of a given dimension are Â's
/// eigenvectors of the largest eigenvalues λ, times the root of λᵏ. A step over a negative pair turns the sign, so that the
/// dot product of two nodes says whether what lies between them speaks for or against an edge. This is what node2vec
/// approximates by samples (Qiu et al., "Network embedding as matrix factorization: unifying DeepWalk, LINE, PTE, and
/// node2vec", WSDM 2018), less its logarithm.
public struct Spectral: Sendable {
    /// The number of components of a vector; where there are fewer positive eigenvalues, the others are 0.
    public var dimension: Int
    /// The length of the walks.
    public var steps: Int
    /// Where the search for eigenvectors of a large graph begins.
    public var seed: UInt64

    public init(dimension: Int = 128, steps: Int = 2, seed: UInt64 = 0) {
        self.dimension = dimension
        self.steps = steps
        self.seed = seed
    }

    /// Gives each node a vector. Where the graph has up to 512 nodes the seed changes nothing.
    ///
    /// - Parameters:
    ///   - graph: n nodes.
    ///   - negativePairs: pairs that speak against each other, by weight.
    ///   - kinds: the kind of each node: nodes of a kind that are joined alike with nodes of the others count as joined
    ///     themselves, lightly. Where it is empty none do.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    /// - Throws: ``EmbeddingError`` if an option makes no sense; ``NumericalError``; `Cancelled`.
    /// - Complexity: O(n³) for up to 512 nodes n, else O(m · d + n · d²) for m edges and dimension d; with kinds the sum of
    ///   the squares of the nodes' degrees too.
    public func embed(
        _ graph: CSRGraph, negativePairs: [CSRGraph.Edge] = [], kinds: [UInt8] = [], work: Work
    ) throws -> Embedding {
        try EmbeddingError.check([(.dimension, dimension, 1...4096), (.walkLength, steps, 1...1000)])
        let adjacency = try SignedAdjacency(graph, negativePairs: negativePairs, kinds: kinds, work: work)
        let count = graph.nodeCount
        var vectors = [Float](repeating: 0, count: count * dimension)
        let pairs = try LeadingEigenvectors(of: adjacency, wanted: dimension, seed: seed, work: work)
        for (component, value) in pairs.values.enumerated() where value > 0 {
            let vector = pairs.vectors.row(component)
            // An eigenvector's sign is left open; the component of the largest size is made positive.
            let largest = vector.max { abs($0) < abs($1) } ?? 0
            let scale = (largest < 0 ? -1 : 1) * pow(value, Double(steps) / 2)
            for (node, entry) in vector.enumerated() { vectors[node * dimension + component] = Float(entry * scale) }
        }
        guard vectors.allSatisfy(\.isFinite) else { throw EmbeddingError.notFinite }
        return Embedding(vectors: vectors, dimension: dimension, learner: "spectral", seed: seed, losses: [])
    }
}
