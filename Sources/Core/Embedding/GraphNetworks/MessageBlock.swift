/// Along which edges messages pass in one layer: from `sourceCount` rows of input to `targetCount` rows of output.
///
/// Target `t` is source `t`: the targets are the first of the sources. What reaches target `t` comes from
/// `sources[offsets[t]..<offsets[t + 1]]`.
package struct MessageBlock: Sendable, Equatable {
    package let sourceCount: Int
    package let targetCount: Int
    package let offsets: [Int]
    package let sources: [Int32]

    /// A block from edges (source, target), which keep their order at each target.
    package init(sourceCount: Int, targetCount: Int, edges: [(source: Int32, target: Int32)]) {
        var offsets = [Int](repeating: 0, count: targetCount + 1)
        for edge in edges { offsets[Int(edge.target) + 1] += 1 }
        for target in 0..<targetCount { offsets[target + 1] += offsets[target] }
        var next = offsets
        var sources = [Int32](repeating: 0, count: edges.count)
        for edge in edges {
            sources[next[Int(edge.target)]] = edge.source
            next[Int(edge.target)] += 1
        }
        self.init(sourceCount: sourceCount, targetCount: targetCount, offsets: offsets, sources: sources)
    }

    /// Every edge of a graph, and for each node one to itself where wanted (in place of the graph's own).
    init(_ graph: CSRGraph, addsSelfLoops: Bool) {
        var offsets = [0]
        var sources: [Int32] = []
        offsets.reserveCapacity(graph.nodeCount + 1)
        sources.reserveCapacity(graph.entryCount + (addsSelfLoops ? graph.nodeCount : 0))
        for node in 0..<Int32(graph.nodeCount) {
            if addsSelfLoops { sources.append(node) }
            for target in graph.targets[graph.row(Int(node))] where !addsSelfLoops || target != node {
                sources.append(target)
            }
            offsets.append(sources.count)
        }
        self.init(sourceCount: graph.nodeCount, targetCount: graph.nodeCount, offsets: offsets, sources: sources)
    }

    fileprivate init(sourceCount: Int, targetCount: Int, offsets: [Int], sources: [Int32]) {
        self.sourceCount = sourceCount
        self.targetCount = targetCount
        self.offsets = offsets
        self.sources = sources
    }

    @inline(__always)
    func row(_ target: Int) -> Range<Int> { offsets[target]..<offsets[target + 1] }
}

/// Makes blocks for some nodes of a graph, by drawing a few neighbours of each
/// (Hamilton, Ying and Leskovec, "Inductive Representation Learning on Large Graphs", NIPS 2017, §3.1).
struct NeighbourSampler {
    let graph: CSRGraph
    let addsSelfLoops: Bool
    /// For each node of the graph its row among the sources of the block in the making, or −1.
    private var places: [Int32]

    init(graph: CSRGraph, addsSelfLoops: Bool) {
        self.graph = graph
        self.addsSelfLoops = addsSelfLoops
        places = [Int32](repeating: -1, count: graph.nodeCount)
    }

    /// The block that ends at `targets`, and the nodes that are its sources.
    ///
    /// - Parameters:
    ///   - targets: nodes, each once.
    ///   - limit: the most neighbours of each; a node with more has that many drawn, none twice. `nil` takes all.
    /// - Complexity: O(targets · limit), or the sum of the targets' degrees.
    mutating func block(
        to targets: [Int32], limit: Int?, using generator: inout SeededGenerator
    ) -> (block: MessageBlock, nodes: [Int32]) {
        var nodes = targets
        for (place, node) in targets.enumerated() { places[Int(node)] = Int32(place) }
        var offsets = [0]
        var sources: [Int32] = []
        var drawn: [Int] = []
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
                let neighbour = graph.targets[entry]
                if addsSelfLoops && neighbour == node { continue }
                if places[Int(neighbour)] < 0 {
                    places[Int(neighbour)] = Int32(nodes.count)
                    nodes.append(neighbour)
                }
                sources.append(places[Int(neighbour)])
            }
            offsets.append(sources.count)
        }
        for node in nodes { places[Int(node)] = -1 }
        let block = MessageBlock(
            sourceCount: nodes.count, targetCount: targets.count, offsets: offsets, sources: sources)
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
