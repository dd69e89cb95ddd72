/// Makes blocks for some nodes of a graph, by drawing a few neighbours of each
/// (Hamilton, Ying and Leskovec, "Inductive Representation Learning on Large Graphs", NIPS 2017, §3.1).
package struct NeighbourSampler {
    let graph: CSRGraph
    let addsSelfLoops: Bool
    /// The relation of each entry of the graph; empty where blocks need none.
    let relations: [UInt8]
    /// For each node of the graph its row among the sources of the block in the making, or −1.
    private var places: [Int32]
    /// Whether each entry of the graph is left out of blocks.
    private var isHidden: [Bool]

    package init(graph: CSRGraph, addsSelfLoops: Bool, relations: [UInt8] = []) {
        self.graph = graph
        self.relations = relations
        self.addsSelfLoops = addsSelfLoops
        places = [Int32](repeating: -1, count: graph.nodeCount)
        isHidden = [Bool](repeating: false, count: graph.entryCount)
    }

    /// Leaves some edges out of the blocks made from now on, or takes them in again.
    ///
    /// An edge that a network is to predict must not carry messages meanwhile: it would learn to see that the edge is there
    /// instead of what speaks for it.
    ///
    /// - Complexity: O(log d) an edge for the degree d of its ends.
    package mutating func setHidden(_ hidden: Bool, _ edges: some Sequence<NodePair>) {
        for edge in edges {
            for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if let entry = graph.entry(from: Int(from), to: to) { isHidden[entry] = hidden }
            }
        }
    }

    /// The nodes of some pairs, each once, and the pairs by the places of their nodes among these.
    ///
    /// - Complexity: O(pairs).
    package mutating func nodes(
        of pairs: [NodePair]
    ) -> (nodes: [Int32], pairs: [NodePair]) {
        var nodes: [Int32] = []
        func place(_ node: Int32) -> Int32 {
            if places[Int(node)] < 0 {
                places[Int(node)] = Int32(nodes.count)
                nodes.append(node)
            }
            return places[Int(node)]
        }
        let placed = pairs.map { NodePair(from: place($0.from), to: place($0.to)) }
        for node in nodes { places[Int(node)] = -1 }
        return (nodes, placed)
    }

    /// The block that ends at `targets`, and the nodes that are its sources.
    ///
    /// - Parameters:
    ///   - targets: nodes, each once.
    ///   - limit: the most neighbours of each; a node with more has that many drawn, none twice, of which those left out
    ///     are missing. `nil` takes all.
    /// - Complexity: O(targets · limit), or the sum of the targets' degrees.
    package mutating func block(
        to targets: [Int32], limit: Int?, using generator: inout SeededGenerator
    ) -> (block: MessageBlock, nodes: [Int32]) {
        var nodes = targets
        for (place, node) in targets.enumerated() { places[Int(node)] = Int32(place) }
        var offsets = [0]
        offsets.reserveCapacity(targets.count + 1)
        var sources: [Int32] = []
        if let limit { sources.reserveCapacity(targets.count * (limit + 1)) }
        var drawn: [Int] = []
        var (blockRelations, blockWeights): ([UInt8], [Float]) = ([], [])
        for (place, node) in targets.enumerated() {
            if addsSelfLoops { sources.append(Int32(place)) }
            let row = graph.row(Int(node))
            if let limit, row.count > limit {
                draw(limit, of: row, into: &drawn, using: &generator)
            } else {
                drawn.removeAll(keepingCapacity: true)
                drawn.append(contentsOf: row)
            }
            for entry in drawn {
                if isHidden[entry] { continue }
                let neighbour = graph.targets[entry]
                if addsSelfLoops && neighbour == node { continue }
                if places[Int(neighbour)] < 0 {
                    places[Int(neighbour)] = Int32(nodes.count)
                    nodes.append(neighbour)
                }
                sources.append(places[Int(neighbour)])
                if !relations.isEmpty {
                    blockRelations.append(relations[entry])
                    blockWeights.append(graph.weights[entry])
                }
            }
            offsets.append(sources.count)
        }
        for node in nodes { places[Int(node)] = -1 }
        let block = MessageBlock(
            sourceCount: nodes.count, targetCount: targets.count, offsets: offsets, sources: sources,
            relations: blockRelations, weights: blockWeights)
        return (block, nodes)
    }

    /// Floyd's draw of `count` different positions of `range` (Bentley and Floyd, CACM 1987).
    private func draw(
        _ count: Int, of range: Range<Int>, into drawn: inout [Int], using generator: inout SeededGenerator
    ) {
        drawn.removeAll(keepingCapacity: true)
        for last in range.count - count..<range.count {
            let candidate = range.lowerBound + generator.index(below: last + 1)
            drawn.append(drawn.contains(candidate) ? range.lowerBound + last : candidate)
        }
    }
}
