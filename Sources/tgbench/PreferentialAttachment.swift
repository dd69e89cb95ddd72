import TransferGraphCore

/// Made graphs in which new nodes join well-connected ones, and often a neighbour of one they joined
/// (Barabási and Albert, Science 1999; Holme and Kim, "Growing scale-free networks with tunable clustering", PRE 2002).
///
/// Without the second kind of edge nothing but a node's degree could be learned.
enum PreferentialAttachment {
    /// The edges of a graph of `nodeCount` nodes in which each node brings `edgesPerNode` edges.
    ///
    /// An edge's far end is the end of an edge drawn at random, which picks nodes by degree; or, every other time, what
    /// the node that was joined last brought an edge to.
    static func edges(nodeCount: Int, edgesPerNode: Int, seed: UInt64) -> [CSRGraph.Edge] {
        var generator = SeededGenerator(seed: seed)
        var edges: [CSRGraph.Edge] = []
        edges.reserveCapacity(nodeCount * edgesPerNode)
        // Where the edges that a node brought begin; each of the first nodes brings one to every node before it.
        func firstEdge(of node: Int) -> Int {
            let full = min(node, edgesPerNode)
            return full * (full - 1) / 2 + (node - full) * edgesPerNode
        }
        var chosen: [Int32] = []
        for node in 1..<max(1, nodeCount) {
            let known = edges.count
            chosen.removeAll(keepingCapacity: true)
            while chosen.count < min(edgesPerNode, node) {
                var other = Int32(generator.index(below: node))
                if node > edgesPerNode {
                    let last = Int(chosen.last ?? 0)
                    if last > 0 && generator.next() & 1 == 0 {
                        let brought = firstEdge(of: last)..<firstEdge(of: last + 1)
                        other = edges[brought.lowerBound + generator.index(below: brought.count)].to
                    } else {
                        let edge = edges[generator.index(below: known)]
                        other = generator.next() & 1 == 0 ? edge.from : edge.to
                    }
                }
                if !chosen.contains(other) { chosen.append(other) }
            }
            for other in chosen { edges.append(CSRGraph.Edge(from: Int32(node), to: other, weight: 1)) }
        }
        return edges
    }
}
