import TransferGraphCore

/// Small graphs to test learners on.
enum MadeGraph {
    static func random(nodeCount: Int, edgeCount: Int, isWeighted: Bool, seed: UInt64) -> CSRGraph {
        var generator = SeededGenerator(seed: seed)
        let edges = (0..<edgeCount).map { _ -> CSRGraph.Edge in
            let from = generator.index(below: nodeCount)
            let to = (from + 1 + generator.index(below: nodeCount - 1)) % nodeCount
            return CSRGraph.Edge(
                from: Int32(from), to: Int32(to), weight: isWeighted ? Float(generator.uniform()) + 0.05 : 1)
        }
        return CSRGraph(nodeCount: nodeCount, edges: edges)
    }

    /// Communities of equal size, node `v` in community `v % communities`; edges within with one probability and
    /// between with another.
    static func communities(_ communities: Int, size: Int, within: Double, between: Double, seed: UInt64) -> CSRGraph {
        var generator = SeededGenerator(seed: seed)
        var edges: [CSRGraph.Edge] = []
        let nodeCount = communities * size
        for from in 0..<nodeCount {
            for to in from + 1..<max(from + 1, nodeCount) {
                let probability = from % communities == to % communities ? within : between
                if generator.uniform() < probability {
                    edges.append(CSRGraph.Edge(from: Int32(from), to: Int32(to), weight: 1))
                }
            }
        }
        return CSRGraph(nodeCount: nodeCount, edges: edges)
    }
}
