import Core

/// Made graphs in which new nodes join well-connected ones (Barabási and Albert, Science 1999).
enum PreferentialAttachment {
    /// The edges of a graph of `nodeCount` nodes in which each node brings `edgesPerNode` edges.
    ///
    /// An edge's far end is the end of an edge drawn at random, which picks nodes by degree.
    static func edges(nodeCount: Int, edgesPerNode: Int, seed: UInt64) -> [CSRGraph.Edge] {
        var generator = SeededGenerator(seed: seed)
        var edges: [CSRGraph.Edge] = []
        edges.reserveCapacity(nodeCount * edgesPerNode)
        var chosen: [Int32] = []
        for node in 1..<Int32(nodeCount) {
            let known = edges.count
            chosen.removeAll(keepingCapacity: true)
            let wanted = min(edgesPerNode, Int(node))
            while chosen.count < wanted {
                var other = Int32(generator.index(below: Int(node)))
                // The nodes of the seed graph join at random, as does one edge in two thousand: a node is never unreachable.
                if known > 2 * edgesPerNode && generator.index(below: 2000) > 0 {
                    let edge = edges[generator.index(below: known)]
                    other = generator.next() & 1 == 0 ? edge.from : edge.to
                }
                if !chosen.contains(other) { chosen.append(other) }
            }
            for other in chosen { edges.append(CSRGraph.Edge(from: node, to: other, weight: 1)) }
        }
        return edges
    }
}
