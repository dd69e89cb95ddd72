/// A graph from which some edges were taken, to see whether an embedding of the rest finds them again.
public struct LinkSplit: Sendable {
    /// The graph without the edges held out; it has the same nodes.
    public let training: CSRGraph
    /// The edges held out.
    public let positives: [CSRGraph.Edge]
    /// As many pairs of nodes that are not joined in the whole graph, with weight 0.
    public let negatives: [CSRGraph.Edge]

    /// Holds out edges at random, never the last edge of a node, and draws as many pairs of nodes without an edge.
    ///
    /// A pair that is not joined is made of the first end of one edge and the second end of another. So what kinds of
    /// nodes meet, and how many neighbours they have, is as it is among the joined pairs, and neither tells the two apart.
    /// In a graph so dense that there are too few such pairs, there are fewer negatives than positives.
    ///
    /// - Parameters:
    ///   - graph: the whole graph.
    ///   - share: the share of the edges to hold out, 0 to 1.
    ///   - seed: what the choice follows from.
    /// - Complexity: O(n + m log d) expected for n nodes, m edges and the largest degree d.
    public init(of graph: CSRGraph, share: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: .linkSplit)
        var edges = graph.edges().filter { $0.from != $0.to }
        let loops = graph.edges().filter { $0.from == $0.to }
        edges.shuffle(using: &generator)
        var degrees = (0..<graph.nodeCount).map { graph.row($0).count }
        var kept = loops
        let positives = Self.takingOut(share, of: edges, degrees: &degrees, kept: &kept)
        negatives = Self.pairsApart(positives.count, like: edges, using: &generator) { from, to in
            graph.weight(between: Int(from), and: Int(to)) == 0
        }
        training = CSRGraph(nodeCount: graph.nodeCount, edges: kept)
        self.positives = positives
    }

    /// Pairs to fit a classifier of pairs on: edges of ``training``, and as many pairs that are joined nowhere and are not
    /// among ``negatives``.
    ///
    /// - Parameters:
    ///   - limit: the most of each.
    ///   - seed: what the choice follows from.
    /// - Complexity: O(m) for the m edges of the graph.
    public func trainingPairs(
        limit: Int, seed: UInt64
    ) -> (positives: [CSRGraph.Edge], negatives: [CSRGraph.Edge]) {
        var generator = SeededGenerator(seed: seed, purpose: .linkPairs)
        let edges = training.edges().filter { $0.from != $0.to }
        func key(_ from: Int32, _ to: Int32) -> Int { Int(min(from, to)) << 32 | Int(max(from, to)) }
        let held = Set((positives + negatives).map { key($0.from, $0.to) })
        let chosen = edges.count <= limit ? edges : Array(edges.shuffled(using: &generator).prefix(limit))
        let apart = Self.pairsApart(chosen.count, like: edges, using: &generator) { from, to in
            training.weight(between: Int(from), and: Int(to)) == 0 && !held.contains(key(from, to))
        }
        return (chosen, apart)
    }

    /// The first of the edges up to a share of them, without the last edge of any node; the others are added to `kept`.
    ///
    /// - Parameter degrees: how many edges each node has left.
    static func takingOut(
        _ share: Double, of edges: [CSRGraph.Edge], degrees: inout [Int], kept: inout [CSRGraph.Edge]
    ) -> [CSRGraph.Edge] {
        let wanted = Int((Double(edges.count) * share).rounded())
        var taken: [CSRGraph.Edge] = []
        for edge in edges {
            let (from, to) = (Int(edge.from), Int(edge.to))
            if taken.count < wanted && degrees[from] > 1 && degrees[to] > 1 {
                degrees[from] -= 1
                degrees[to] -= 1
                taken.append(edge)
            } else {
                kept.append(edge)
            }
        }
        return taken
    }

    /// Pairs of the first end of one edge and the second end of another; fewer than wanted where few are apart.
    static func pairsApart(
        _ count: Int, like edges: [CSRGraph.Edge], using generator: inout SeededGenerator,
        where isApart: (Int32, Int32) -> Bool
    ) -> [CSRGraph.Edge] {
        var pairs: [CSRGraph.Edge] = []
        for _ in 0..<20 * count where pairs.count < count {
            let from = edges[generator.index(below: edges.count)].from
            let to = edges[generator.index(below: edges.count)].to
            if from != to && isApart(from, to) { pairs.append(CSRGraph.Edge(from: from, to: to, weight: 0)) }
        }
        return pairs
    }
}
