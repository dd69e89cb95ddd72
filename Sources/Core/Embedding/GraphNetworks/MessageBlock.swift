/// Along which edges messages pass in one layer: from `sourceCount` rows of input to `targetCount` rows of output.
///
/// Target `t` is source `t`: the targets are the first of the sources. What reaches target `t` comes from
/// `sources[offsets[t]..<offsets[t + 1]]`.
package struct MessageBlock: Sendable, Equatable {
    package let sourceCount: Int
    package let targetCount: Int
    package let offsets: [Int]
    package let sources: [Int32]
    /// The relation and the weight of each edge; empty where the layers ask for none.
    package let relations: [UInt8]
    package let weights: [Float]

    /// The way back: the edges that leave source `s` are `outgoing[outgoingOffsets[s]..<outgoingOffsets[s + 1]]`, in the
    /// order of their targets.
    let outgoingOffsets: [Int]
    let outgoing: [Outgoing]

    /// An edge as its source sees it.
    struct Outgoing: Sendable, Equatable {
        /// The edge's place in ``sources``.
        var entry: Int32
        var target: Int32
    }

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

    /// Every edge of a relational graph.
    init(_ graph: RelationalGraph) {
        self.init(
            sourceCount: graph.structure.nodeCount, targetCount: graph.structure.nodeCount,
            offsets: graph.structure.offsets, sources: graph.structure.targets, relations: graph.relations,
            weights: graph.structure.weights)
    }

    /// Every edge of a graph, and for each node one to itself where wanted (in place of the graph's own).
    package init(_ graph: CSRGraph, addsSelfLoops: Bool) {
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

    package init(
        sourceCount: Int, targetCount: Int, offsets: [Int], sources: [Int32], relations: [UInt8] = [],
        weights: [Float] = []
    ) {
        self.relations = relations
        self.weights = weights
        self.sourceCount = sourceCount
        self.targetCount = targetCount
        self.offsets = offsets
        self.sources = sources
        var outgoingOffsets = [Int](repeating: 0, count: sourceCount + 1)
        for source in sources { outgoingOffsets[Int(source) + 1] += 1 }
        for source in 0..<sourceCount { outgoingOffsets[source + 1] += outgoingOffsets[source] }
        var next = outgoingOffsets
        var outgoing = [Outgoing](repeating: Outgoing(entry: 0, target: 0), count: sources.count)
        for target in 0..<targetCount {
            for entry in offsets[target]..<offsets[target + 1] {
                let source = Int(sources[entry])
                outgoing[next[source]] = Outgoing(entry: Int32(entry), target: Int32(target))
                next[source] += 1
            }
        }
        self.outgoingOffsets = outgoingOffsets
        self.outgoing = outgoing
    }

    /// The places of a target's edges in ``sources``.
    @inline(__always)
    func row(_ target: Int) -> Range<Int> { offsets[target]..<offsets[target + 1] }

    /// The relation of the edge at a place in ``sources``; the first where the block tells none.
    @inline(__always)
    func relation(of entry: Int) -> Int { relations.isEmpty ? 0 : Int(relations[entry]) }

    /// The places of a source's edges in ``outgoing``.
    @inline(__always)
    func outgoingRow(_ source: Int) -> Range<Int> { outgoingOffsets[source]..<outgoingOffsets[source + 1] }
}
