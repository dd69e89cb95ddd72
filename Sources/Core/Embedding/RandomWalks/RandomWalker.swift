import Support

/// Walks over a graph under the second-order rule of node2vec.
///
/// A step proposes a neighbour by edge weight and accepts it with probability bias / greatest bias; a return that is
/// likelier than every other step is drawn from a share of its own, so that a small `p` costs no proposals
/// (rejection sampling as in Yang et al., "KnightKing: A Fast Distributed Graph Random Walk Engine", SOSP 2019).
/// Nothing is stored for pairs of edges: beside the graph it takes 8 bytes an entry, and none where all weights are equal.
package struct RandomWalker: Sendable {
    package let graph: CSRGraph
    package let rule: TransitionRule
    /// Draws a neighbour by weight; absent where all weights are equal and any neighbour is as likely.
    private let neighbours: AliasTable?
    /// The sum of the weights at each node; empty where no step needs it.
    private let totals: [Float]
    /// The mean weight of the edges at each node; empty but for node2vec+.
    private let means: [Float]

    /// - Complexity: O(n + m).
    package init(graph: CSRGraph, rule: TransitionRule, work: Work) throws(Cancelled) {
        self.graph = graph
        self.rule = rule
        let first = graph.weights.first
        neighbours = graph.weights.allSatisfy { $0 == first } ? nil : try AliasTable(rowsOf: graph, work: work)
        let totals = rule.isFirstOrder && !rule.extended ? [] : graph.weightSums()
        means = rule.extended ? totals.indices.map { totals[$0] / Float(max(1, graph.row($0).count)) } : []
        self.totals = totals
    }

    /// The probability of each step from `current` for a walk that came from `previous`, in the order of the row.
    ///
    /// - Complexity: O(d log d) for the degree d.
    package func transitionProbabilities(previous: Int, current: Int) -> [Double] {
        let masses = graph.row(current).map { entry in
            Double(rule.bias(step(previous: previous, current: current, entry: entry))) * Double(graph.weights[entry])
        }
        let sum = masses.reduce(0, +)
        return masses.map { $0 / sum }
    }

    /// The probability of each step from `current`, in the order of its row: by weight alone where the walk begins there.
    package func stepProbabilities(previous: Int?, current: Int) -> [Double] {
        if let previous { return transitionProbabilities(previous: previous, current: current) }
        let weights = graph.row(current).map { Double(graph.weights[$0]) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// Writes a walk of at most `nodes.count` nodes that begins at `start`; it ends early only at a node without edges.
    ///
    /// - Returns: the number of nodes written.
    /// - Complexity: O(length · log d) expected.
    package func walk(
        from start: Int32, using generator: inout SeededGenerator, into nodes: UnsafeMutableBufferPointer<Int32>
    ) -> Int {
        guard !nodes.isEmpty else { return 0 }
        nodes[0] = start
        var previous = Int(start)
        guard nodes.count > 1, !graph.row(previous).isEmpty else { return 1 }
        var current = Int(graph.targets[proposal(from: previous, using: &generator)])
        nodes[1] = Int32(truncatingIfNeeded: current)
        for position in 2..<max(2, nodes.count) {
            let next =
                rule.isFirstOrder
                ? Int(graph.targets[proposal(from: current, using: &generator)])
                : secondOrderStep(previous: previous, current: current, using: &generator)
            previous = current
            current = next
            nodes[position] = Int32(truncatingIfNeeded: next)
        }
        return nodes.count
    }

    @inline(__always)
    private func secondOrderStep(previous: Int, current: Int, using generator: inout SeededGenerator) -> Int {
        let bounds = rule.onwardBounds
        let back = 1 / rule.p
        let least = min(bounds.lowerBound, back)
        // What the way back weighs beyond what a proposal can give it, and its share of all there is to draw from.
        var excessShare: Float = 0
        if back > bounds.upperBound {
            let excess = (back - bounds.upperBound) * graph.weight(between: current, and: previous)
            excessShare = excess / (excess + bounds.upperBound * totals[current])
        }
        while true {
            if excessShare > 0 && Float(generator.uniform()) < excessShare { return previous }
            let entry = proposal(from: current, using: &generator)
            let height = Float(generator.uniform()) * bounds.upperBound
            if height < least { return Int(graph.targets[entry]) }
            if height < rule.bias(step(previous: previous, current: current, entry: entry)) {
                return Int(graph.targets[entry])
            }
        }
    }

    /// The entry of a neighbour drawn by weight.
    @inline(__always)
    private func proposal(from node: Int, using generator: inout SeededGenerator) -> Int {
        let row = graph.row(node)
        guard let neighbours else { return row.lowerBound &+ generator.index(below: row.count) }
        return neighbours.outcome(of: generator.next(), in: row)
    }

    @inline(__always)
    private func step(previous: Int, current: Int, entry: Int) -> TransitionRule.Step {
        let next = Int(graph.targets[entry])
        let isReturn = next == previous
        return TransitionRule.Step(
            isReturn: isReturn, weightFromPrevious: isReturn ? 0 : graph.weight(between: previous, and: next),
            weightFromCurrent: graph.weights[entry], meanWeightAtCurrent: rule.extended ? means[current] : 0,
            meanWeightAtNext: rule.extended ? means[next] : 0)
    }
}
