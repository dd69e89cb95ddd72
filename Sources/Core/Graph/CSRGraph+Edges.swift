extension CSRGraph {
    /// Every edge once, its lower end first, in ascending order.
    ///
    /// - Complexity: O(n + m).
    public func edges() -> [Edge] {
        var edges: [Edge] = []
        edges.reserveCapacity(entryCount / 2)
        for node in 0..<nodeCount {
            for entry in row(node) where targets[entry] >= node {
                edges.append(Edge(from: Int32(node), to: targets[entry], weight: weights[entry]))
            }
        }
        return edges
    }

    /// The sum of the weights at each node.
    ///
    /// - Complexity: O(n + m).
    public func weightSums() -> [Float] {
        (0..<nodeCount).map { node in
            var sum = 0.0
            for entry in row(node) { sum += Double(weights[entry]) }
            return Float(sum)
        }
    }

    /// The weight of the edge between two nodes, 0 where there is none.
    ///
    /// - Complexity: O(log d) for the smaller of the two degrees.
    @inline(__always)
    public func weight(between a: Int, and b: Int) -> Float {
        let isShorter = row(a).count <= row(b).count
        let entry =
            isShorter
            ? entry(from: a, to: Int32(truncatingIfNeeded: b))
            : entry(from: b, to: Int32(truncatingIfNeeded: a))
        return entry.map { weights[$0] } ?? 0
    }

    /// The place of `target` among the entries of a node, `nil` where the two are not joined.
    ///
    /// - Complexity: O(log d) for the node's degree.
    @inline(__always)
    func entry(from node: Int, to target: Int32) -> Int? {
        let row = row(node)
        var low = row.lowerBound
        var high = row.upperBound
        while low < high {
            let middle = (low &+ high) >> 1
            if targets[middle] < target { low = middle &+ 1 } else { high = middle }
        }
        return low < row.upperBound && targets[low] == target ? low : nil
    }
}
