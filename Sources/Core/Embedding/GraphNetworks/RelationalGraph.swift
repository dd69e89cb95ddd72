/// Along what a relational network passes messages: the edges of a graph and its negative pairs, each with a weight above 0
/// and the number of its relation as the node sees it that the message reaches.
struct RelationalGraph: Sendable {
    /// Edges and negative pairs; a pair that is both has what is left of its weight.
    let structure: CSRGraph
    /// The relation of each entry of ``structure``.
    let relations: [UInt8]
    let relationCount: Int

    /// The relations are the kinds of the two ends, from each end, and the sign: of two kinds there are eight, of which those
    /// that occur have a number.
    ///
    /// - Parameter kinds: the kind of each node.
    /// - Complexity: O(n + m log d).
    init(_ graph: CSRGraph, negativePairs: [CSRGraph.Edge], kinds: [UInt8]) {
        let negative = CSRGraph(
            nodeCount: graph.nodeCount, edges: negativePairs.filter { $0.weight > 0 && $0.weight.isFinite })
        let edges =
            graph.edges().filter { $0.weight > negative.weight(between: Int($0.from), and: Int($0.to)) }
            .map { edge in
                var edge = edge
                edge.weight -= negative.weight(between: Int(edge.from), and: Int(edge.to))
                return edge
            }
        let positive = CSRGraph(nodeCount: graph.nodeCount, edges: edges)
        let others = negative.edges().compactMap { pair -> CSRGraph.Edge? in
            let weight = pair.weight - graph.weight(between: Int(pair.from), and: Int(pair.to))
            return weight > 0 ? CSRGraph.Edge(from: pair.from, to: pair.to, weight: weight) : nil
        }
        structure = CSRGraph(nodeCount: graph.nodeCount, edges: edges + others)
        var numbers: [Int: UInt8] = [:]
        var relations: [UInt8] = []
        relations.reserveCapacity(structure.entryCount)
        let kindCount = Int(kinds.max() ?? 0) + 1
        for node in 0..<structure.nodeCount {
            for entry in structure.row(node) {
                let other = structure.targets[entry]
                let isPositive = positive.entry(from: node, to: other) != nil
                let key = (Int(kinds[node]) * kindCount + Int(kinds[Int(other)])) * 2 + (isPositive ? 0 : 1)
                let number = numbers[key] ?? UInt8(numbers.count)
                numbers[key] = number
                relations.append(number)
            }
        }
        self.relations = relations
        relationCount = max(1, numbers.count)
    }
}
