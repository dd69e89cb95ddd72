/// A graph with negative pairs as a symmetric matrix: D^-½ (A⁺ - A⁻) D^-½, where A⁺ holds the weights of the edges, A⁻ those
/// of the negative pairs, and D the sums of both at each node (the signed normalised adjacency; Kunegis et al., "Spectral
/// analysis of signed graphs for clustering, prediction and visualization", SDM 2010).
struct SignedAdjacency: Sendable {
    let positive: CSRGraph
    let negative: CSRGraph
    /// D^-½ of each node; 0 for one without edges.
    private let scales: [Double]

    var nodeCount: Int { positive.nodeCount }

    /// A negative pair without a weight above 0 says nothing here.
    ///
    /// - Complexity: O(n + m).
    init(_ graph: CSRGraph, negativePairs: [CSRGraph.Edge]) {
        positive = graph
        negative = CSRGraph(
            nodeCount: graph.nodeCount, edges: negativePairs.filter { $0.weight > 0 && $0.weight.isFinite })
        scales = zip(graph.weightSums(), negative.weightSums()).map { more, less in
            let sum = Double(more) + Double(less)
            return sum > 0 ? 1 / sum.squareRoot() : 0
        }
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
