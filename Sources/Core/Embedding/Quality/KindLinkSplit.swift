/// A graph of nodes and edges of several kinds from which edges of each kind were taken, to see whether an embedding of the
/// rest finds them again among pairs of nodes of the same kinds.
///
/// Told apart from pairs of other kinds, an edge is found by knowing which kinds meet, which says nothing.
public struct KindLinkSplit: Sendable {
    /// Edges of one kind between two kinds of nodes, and pairs of such nodes that are not joined.
    public struct Part: Sendable {
        /// The kinds of the two ends, the lower first.
        public let kinds: (UInt8, UInt8)
        /// The kind of the edges.
        public let edgeKind: UInt8
        public let positives: [CSRGraph.Edge]
        public let negatives: [CSRGraph.Edge]
    }

    /// The graph without the edges held out.
    public let training: CSRGraph
    /// Those of which edges are held out, by the kinds of nodes and edges.
    public let parts: [Part]

    /// Holds out edges at random, never the last of a node, and draws as many pairs that are not joined, each of the first
    /// end of one edge and the second end of another of its kind: how many neighbours nodes have does not tell them
    /// apart either.
    ///
    /// - Parameters:
    ///   - graph: the whole graph.
    ///   - kinds: the kind of each node.
    ///   - edgeKind: the kind of an edge, below 256; all are of one where it is not given.
    ///   - share: the share of the edges of each kind to hold out.
    ///   - seed: what the choice follows from.
    /// - Complexity: O(n + m log d) expected.
    public init(
        of graph: CSRGraph, kinds: [UInt8], edgeKind: (CSRGraph.Edge) -> UInt8 = { _ in 0 }, share: Double, seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed, purpose: .linkSplit)
        var degrees = (0..<graph.nodeCount).map { graph.row($0).count }
        var groups: [(edgeKind: UInt8, edges: [CSRGraph.Edge])] = []
        var numbers: [UInt32: Int] = [:]
        var kept: [CSRGraph.Edge] = []
        for edge in graph.edges() {
            if edge.from == edge.to {
                kept.append(edge)
                continue
            }
            let (a, b) = (kinds[Int(edge.from)], kinds[Int(edge.to)])
            let kind = edgeKind(edge)
            let key = UInt32(min(a, b)) << 16 | UInt32(max(a, b)) << 8 | UInt32(kind)
            if numbers[key] == nil {
                numbers[key] = groups.count
                groups.append((kind, []))
            }
            // Ends in the order of their kinds.
            groups[numbers[key] ?? 0].edges.append(
                a <= b ? edge : CSRGraph.Edge(from: edge.to, to: edge.from, weight: edge.weight))
        }
        var parts: [Part] = []
        for group in groups {
            let edges = group.edges.shuffled(using: &generator)
            let positives = LinkSplit.takingOut(share, of: edges, degrees: &degrees, kept: &kept)
            guard !positives.isEmpty else { continue }
            let negatives = LinkSplit.pairsApart(positives.count, like: edges, using: &generator) { from, to in
                graph.weight(between: Int(from), and: Int(to)) == 0
            }
            guard !negatives.isEmpty else {
                kept += positives
                continue
            }
            parts.append(
                Part(
                    kinds: (kinds[Int(edges[0].from)], kinds[Int(edges[0].to)]), edgeKind: group.edgeKind,
                    positives: positives, negatives: negatives))
        }
        training = CSRGraph(nodeCount: graph.nodeCount, edges: kept)
        self.parts = parts.sorted { ($0.kinds.0, $0.kinds.1, $0.edgeKind) < ($1.kinds.0, $1.kinds.1, $1.edgeKind) }
    }
}
