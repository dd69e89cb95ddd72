/// A weighted graph in compressed sparse rows: what every learner runs on.
///
/// The neighbours of node `v` are `targets[offsets[v]..<offsets[v + 1]]`, in ascending order and without repetition,
/// with `weights` beside them. An undirected edge stands in both rows; a self-loop once. Weights are positive and finite.
/// Memory: 8 bytes an entry and 8 bytes a node.
public struct CSRGraph: Sendable, Equatable {
    /// `nodeCount + 1` positions into `targets`.
    public let offsets: [Int]
    /// The neighbour at each entry.
    public let targets: [Int32]
    /// The weight at each entry.
    public let weights: [Float]

    public var nodeCount: Int { offsets.count - 1 }

    /// The number of entries: two for each undirected edge, one for each self-loop.
    public var entryCount: Int { targets.count }

    /// An edge given by its two ends, whatever their order.
    public struct Edge: Sendable, Equatable {
        public var from: Int32
        public var to: Int32
        public var weight: Float
        public init(from: Int32, to: Int32, weight: Float) {
            self.from = from
            self.to = to
            self.weight = weight
        }
    }

    /// The undirected graph with these edges; the weights of edges given more than once are added.
    ///
    /// - Complexity: O(n + m log d) for m edges and the largest degree d.
    /// - Precondition: the ends lie in `0..<nodeCount`, weights are positive and finite.
    public init(nodeCount: Int, edges: some Collection<Edge>) {
        var offsets = [Int](repeating: 0, count: nodeCount + 1)
        for edge in edges {
            precondition(edge.weight > 0 && edge.weight.isFinite, "edge weights are positive and finite")
            offsets[Int(edge.from) + 1] += 1
            if edge.from != edge.to { offsets[Int(edge.to) + 1] += 1 }
        }
        for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
        var next = offsets
        var entries = [(target: Int32, weight: Float)](repeating: (0, 0), count: offsets[nodeCount])
        for edge in edges {
            entries[next[Int(edge.from)]] = (edge.to, edge.weight)
            next[Int(edge.from)] += 1
            if edge.from != edge.to {
                entries[next[Int(edge.to)]] = (edge.from, edge.weight)
                next[Int(edge.to)] += 1
            }
        }
        var mergedOffsets = [0]
        mergedOffsets.reserveCapacity(nodeCount + 1)
        var targets: [Int32] = []
        var weights: [Float] = []
        targets.reserveCapacity(entries.count)
        weights.reserveCapacity(entries.count)
        for node in 0..<nodeCount {
            let row = offsets[node]..<offsets[node + 1]
            entries[row].sort { $0.target < $1.target }
            let start = targets.count
            for entry in entries[row] {
                if targets.count > start && targets[targets.count - 1] == entry.target {
                    weights[weights.count - 1] += entry.weight
                } else {
                    targets.append(entry.target)
                    weights.append(entry.weight)
                }
            }
            mergedOffsets.append(targets.count)
        }
        self.offsets = mergedOffsets
        self.targets = targets
        self.weights = weights
    }

    /// The positions of `node`'s neighbours in `targets` and `weights`.
    @inline(__always)
    public func row(_ node: Int) -> Range<Int> {
        offsets[node]..<offsets[node + 1]
    }
}
