import TransferGraphCore

/// Made graphs of communities of equal size, of which the edges mostly stay within one (Condon and Karp, "Algorithms for
/// graph partitioning on the planted partition model", 2001).
///
/// What there is to learn is known: which community a node belongs to, and nothing beyond.
enum PlantedCommunities {
    /// The edges of a graph in which each node brings `edgesPerNode` edges, four of five into its own community.
    ///
    /// Node `v` belongs to community `v % count` for the `count` communities that there are.
    static func edges(nodeCount: Int, edgesPerNode: Int, size: Int, seed: UInt64) -> [CSRGraph.Edge] {
        var generator = SeededGenerator(seed: seed)
        let communities = max(1, nodeCount / max(1, size))
        var edges: [CSRGraph.Edge] = []
        edges.reserveCapacity(nodeCount * edgesPerNode)
        for node in 0..<nodeCount {
            let community = node % communities
            let members = (nodeCount - community + communities - 1) / communities
            for _ in 0..<edgesPerNode {
                let isWithin = generator.index(below: 5) < 4
                let other =
                    isWithin
                    ? community + communities * generator.index(below: members) : generator.index(below: nodeCount)
                if other != node {
                    edges.append(CSRGraph.Edge(from: Int32(node), to: Int32(other), weight: 1))
                }
            }
        }
        return edges
    }
}
