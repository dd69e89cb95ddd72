import Support

/// A graph with negative pairs as a symmetric matrix: D^-½ (A⁺ - A⁻) D^-½, where A⁺ holds the weights of the edges, A⁻ those
/// of the negative pairs, and D the sums of both at each node (the signed normalised adjacency; Kunegis et al., "Spectral
/// analysis of signed graphs for clustering, prediction and visualization", SDM 2010).
///
/// To each sum of D that is not zero half of their mean is added, so that a node of few light edges does not count as much as
/// one of many (Qin and Rohe, "Regularized spectral clustering under the degree-corrected stochastic blockmodel", NIPS 2013).
struct SignedAdjacency: Sendable {
    let positive: CSRGraph
    let negative: CSRGraph
    /// D^-½ of each node; 0 for one without edges.
    private let scales: [Double]

    var nodeCount: Int { positive.nodeCount }

    /// What is added to each sum of weights, as a share of their mean.
    private static let regularisation = 0.5
    /// How many nodes of its kind that are joined alike are joined with a node, and the weight of such an edge where the two
    /// are joined in just the same way.
    private static let alike = (nearest: 10, weight: Float(0.2))

    /// A negative pair without a weight above 0 says nothing here.
    ///
    /// - Parameter kinds: the kind of each node: nodes of a kind that are joined alike with others are then joined too
    ///   (``NodeLikeness``). Where it is empty none are.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n + m), and with kinds what ``NodeLikeness`` takes.
    init(
        _ graph: CSRGraph, negativePairs: [CSRGraph.Edge], kinds: [UInt8] = [], work: Work = .unwatched
    ) throws(Cancelled) {
        negative = CSRGraph(
            nodeCount: graph.nodeCount, edges: negativePairs.filter { $0.weight > 0 && $0.weight.isFinite })
        if kinds.isEmpty {
            positive = graph
        } else {
            let alike = try NodeLikeness(
                positive: graph, negative: negative, kinds: kinds, nearest: Self.alike.nearest, work: work)
            positive = CSRGraph(
                nodeCount: graph.nodeCount,
                edges: graph.edges()
                    + alike.edges.map { .init(from: $0.from, to: $0.to, weight: $0.weight * Self.alike.weight) })
        }
        let sums = zip(positive.weightSums(), negative.weightSums()).map { Double($0) + Double($1) }
        let joined = sums.filter { $0 > 0 }
        let more = Self.regularisation * joined.reduce(0, +) / Double(max(1, joined.count))
        scales = sums.map { $0 > 0 ? 1 / ($0 + more).squareRoot() : 0 }
    }

    /// The product with a matrix that has a row a node.
    ///
    /// - Complexity: O(m · columns).
    func times(_ matrix: Matrix) -> Matrix {
        let width = matrix.columns
        var result = Matrix(rows: nodeCount, columns: width)
        result.values.withUnsafeMutableBufferPointer { result in
            matrix.values.withUnsafeBufferPointer { matrix in
                for (graph, sign) in [(positive, 1.0), (negative, -1.0)] {
                    for node in 0..<nodeCount {
                        for entry in graph.row(node) {
                            let other = Int(graph.targets[entry])
                            let weight = sign * Double(graph.weights[entry]) * scales[node] * scales[other]
                            for column in 0..<width {
                                result[node * width + column] += weight * matrix[other * width + column]
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}
