import Support

/// The nearest nodes of every node of a zoo's graph, models and datasets apart, by the cosine of their vectors.
///
/// A node without an edge is nobody's neighbour and has none: its vector says nothing.
public struct EmbeddingNeighbours: Sendable {
    public struct Pair: Sendable {
        public let node: Int
        public let neighbour: Int
        public let cosine: Double
    }

    /// By node, and within it the nearest first.
    public let pairs: [Pair]
    /// Nodes that have no edge.
    public let withoutEdges: Int

    private static let blockRows = 256

    /// - Parameters:
    ///   - embedding: a vector for each node of the graph.
    ///   - graph: what the nodes are.
    ///   - count: the most models and the most datasets of each node.
    ///   - work: tells how far it is and learns that it is no longer wanted.
    /// - Throws: `Cancelled`.
    /// - Complexity: O(n² · dimension) for n nodes.
    public init(of embedding: Embedding, in graph: ZooGraph, count: Int, work: Work) throws(Cancelled) {
        let nodes = (0..<graph.nodeCount).filter { !graph.structure.row($0).isEmpty }
        withoutEdges = graph.nodeCount - nodes.count
        let width = embedding.dimension
        var units = Matrix(rows: nodes.count, columns: width)
        for (row, node) in nodes.enumerated() {
            let length = embedding.dotProduct(node, node).squareRoot()
            if length == 0 { continue }
            for (column, value) in embedding[node].enumerated() { units[row, column] = Double(value) / length }
        }
        var pairs: [Pair] = []
        let split = nodes.firstIndex { !graph.isModel($0) } ?? nodes.count
        for start in stride(from: 0, to: nodes.count, by: Self.blockRows) {
            work.report("Finding neighbours", Double(start) / Double(max(1, nodes.count)))
            try work.check()
            let end = min(nodes.count, start + Self.blockRows)
            let block = Matrix(
                rows: end - start, columns: width, values: Array(units.values[start * width..<end * width]))
            let cosines = LinearAlgebra.product(block, units, transposeB: true)
            for row in start..<end {
                let values = cosines.row(row - start)
                var found: [Pair] = []
                for range in [0..<split, split..<nodes.count] {
                    let order = range.filter { $0 != row }.sorted {
                        (values[values.startIndex + $1], $0) < (values[values.startIndex + $0], $1)
                    }
                    found += order.prefix(count).map {
                        Pair(node: nodes[row], neighbour: nodes[$0], cosine: values[values.startIndex + $0])
                    }
                }
                pairs += found.sorted { ($1.cosine, $0.neighbour) < ($0.cosine, $1.neighbour) }
            }
        }
        self.pairs = pairs
    }
}
