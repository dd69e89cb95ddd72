extension Embedding {
    /// The dot product of two nodes' vectors.
    ///
    /// - Complexity: O(dimension).
    public func dotProduct(_ a: Int, _ b: Int) -> Double {
        var sum = 0.0
        let (startA, startB) = (a * dimension, b * dimension)
        for component in 0..<dimension {
            sum += Double(vectors[startA + component]) * Double(vectors[startB + component])
        }
        return sum
    }

    /// The cosine of the angle between two nodes' vectors; 0 where one of them is zero.
    ///
    /// - Complexity: O(dimension).
    public func cosine(_ a: Int, _ b: Int) -> Double {
        let scale = (dotProduct(a, a) * dotProduct(b, b)).squareRoot()
        return scale > 0 ? dotProduct(a, b) / scale : 0
    }

    /// The nodes whose vectors point most nearly the way of `node`'s, nearest first, with the cosine.
    ///
    /// - Complexity: O(n · dimension + n log n).
    public func nearestNeighbours(of node: Int, count: Int) -> [(node: Int, cosine: Double)] {
        let others = (0..<nodeCount).filter { $0 != node }.map { (node: $0, cosine: cosine(node, $0)) }
        return Array(others.sorted { ($1.cosine, $0.node) < ($0.cosine, $1.node) }.prefix(max(0, count)))
    }
}
