import Support

/// Which nodes of one kind are joined alike with the nodes of the other kinds: two models that do well on the same datasets,
/// two datasets that suit the same models.
///
/// The likeness of two nodes is the cosine of their rows of signed weights to nodes of other kinds. A pair of nodes is kept
/// if it is among the nearest of either.
struct NodeLikeness {
    /// With the cosine, which is above 0, as weight.
    let edges: [CSRGraph.Edge]

    /// A node that is joined with more nodes than these says little of any of them.
    private static let hub = 4096

    /// - Parameters:
    ///   - positive: the edges that speak for a pair, `negative` those that speak against one.
    ///   - kinds: the kind of each node.
    ///   - nearest: how many of each node are kept.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(Σ d²) for the degrees d, of those up to 4,096.
    init(
        positive: CSRGraph, negative: CSRGraph, kinds: [UInt8], nearest: Int, work: Work
    ) throws(Cancelled) {
        let count = positive.nodeCount
        /// The neighbours of another kind, with the signed weight.
        var rows = [[(node: Int, weight: Double)]](repeating: [], count: count)
        var lengths = [Double](repeating: 0, count: count)
        for node in 0..<count {
            for (graph, sign) in [(positive, 1.0), (negative, -1.0)] {
                for entry in graph.row(node) where kinds[Int(graph.targets[entry])] != kinds[node] {
                    rows[node].append((Int(graph.targets[entry]), sign * Double(graph.weights[entry])))
                }
            }
            lengths[node] = rows[node].reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        }
        var sums = [Double](repeating: 0, count: count)
        var edges: [Int: Float] = [:]
        for node in 0..<count {
            if node & 63 == 0 { try work.check() }
            var touched: [Int] = []
            for (middle, weight) in rows[node] where rows[middle].count <= Self.hub {
                for (other, second) in rows[middle] where other != node && kinds[other] == kinds[node] {
                    if sums[other] == 0 { touched.append(other) }
                    sums[other] += weight * second
                }
            }
            var alike: [(node: Int, cosine: Double)] = []
            for other in touched {
                let cosine = sums[other] / (lengths[node] * lengths[other])
                // A sum that came back to zero on its way was noted twice.
                if cosine > 0 { alike.append((other, cosine)) }
                sums[other] = 0
            }
            alike.sort { ($1.cosine, $0.node) < ($0.cosine, $1.node) }
            for other in alike.prefix(nearest) {
                edges[min(node, other.node) * count + max(node, other.node)] = Float(other.cosine)
            }
        }
        self.edges = edges.sorted { $0.key < $1.key }.map { key, cosine in
            CSRGraph.Edge(from: Int32(key / count), to: Int32(key % count), weight: cosine)
        }
    }
}
