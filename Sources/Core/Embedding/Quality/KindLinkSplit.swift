/// A graph of nodes of several kinds from which edges of each pair of kinds were taken, to see whether an embedding of the
/// rest finds them again among pairs of the same kinds.
///
/// Told apart from pairs of other kinds, an edge is found by knowing which kinds meet, which says nothing.
public struct KindLinkSplit: Sendable {
    /// Edges between two kinds, and pairs of the same kinds that are not joined.
    public struct Part: Sendable {
        /// The kinds of the two ends, the lower first.
        public let kinds: (UInt8, UInt8)
        public let positives: [CSRGraph.Edge]
        public let negatives: [CSRGraph.Edge]
    }

    /// The graph without the edges held out.
    public let training: CSRGraph
    /// Those of which edges are held out, by kinds.
    public let parts: [Part]

    /// Holds out edges at random, never the last of a node, and draws as many pairs that are not joined, each of the first
    /// end of one edge and the second end of another of the same kinds: how many neighbours nodes have does not tell them
    /// apart either.
    ///
    /// - Parameters:
    ///   - graph: the whole graph.
    ///   - kinds: the kind of each node.
    ///   - share: the share of the edges of each pair of kinds to hold out.
    ///   - seed: what the choice follows from.
    /// - Complexity: O(n + m log d) expected.
    public init(of graph: CSRGraph, kinds: [UInt8], share: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: .linkSplit)
        var degrees = (0..<graph.nodeCount).map { graph.row($0).count }
        var groups: [[CSRGraph.Edge]] = []
        var numbers: [UInt16: Int] = [:]
        var kept: [CSRGraph.Edge] = []
        for edge in graph.edges() {
            if edge.from == edge.to {
                kept.append(edge)
                continue
            }
            let (a, b) = (kinds[Int(edge.from)], kinds[Int(edge.to)])
            let key = UInt16(min(a, b)) << 8 | UInt16(max(a, b))
            if numbers[key] == nil {
                numbers[key] = groups.count
                groups.append([])
            }
            // Ends in the order of their kinds.
            groups[numbers[key] ?? 0].append(
                a <= b ? edge : CSRGraph.Edge(from: edge.to, to: edge.from, weight: edge.weight))
        }
        var parts: [Part] = []
        for group in groups {
            let edges = group.shuffled(using: &generator)
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
                    kinds: (kinds[Int(edges[0].from)], kinds[Int(edges[0].to)]), positives: positives,
                    negatives: negatives))
        }
        training = CSRGraph(nodeCount: graph.nodeCount, edges: kept)
        self.parts = parts.sorted { $0.kinds < $1.kinds }
    }
}
