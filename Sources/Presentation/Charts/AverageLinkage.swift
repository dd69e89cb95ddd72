/// Agglomerative clustering by average linkage (UPGMA; Sokal and Michener 1958): the two clusters with the smallest
/// mean distance between their members are merged, until there is one.
package struct AverageLinkage {
    /// Two clusters merged: numbers below the count of items are items, the others the merges in their order.
    package struct Joining: Equatable {
        package let first: Int
        package let second: Int
        /// The mean distance between their members.
        package let height: Double
    }
    package let joinings: [Joining]
    /// The items in an order that keeps each cluster together.
    package let order: [Int]

    /// - Parameter distances: a square matrix, symmetric and without missing values.
    /// - Complexity: O(n³) for n items.
    package init(_ distances: [[Double]]) {
        let count = distances.count
        var distances = distances
        var sizes = [Int](repeating: 1, count: count)
        var numbers = Array(0..<count)
        var members = (0..<count).map { [$0] }
        var alive = Array(0..<count)
        var joinings: [Joining] = []
        while alive.count > 1 {
            var best = (a: 0, b: 1, distance: Double.infinity)
            for (place, a) in alive.enumerated() {
                for b in alive[(place + 1)...] where distances[a][b] < best.distance {
                    best = (a, b, distances[a][b])
                }
            }
            // All that is left is infinitely far apart.
            if best.distance == .infinity { best = (alive[0], alive[1], distances[alive[0]][alive[1]]) }
            let (a, b) = (best.a, best.b)
            joinings.append(Joining(first: numbers[a], second: numbers[b], height: best.distance))
            for other in alive where other != a && other != b {
                let mean =
                    (distances[a][other] * Double(sizes[a]) + distances[b][other] * Double(sizes[b]))
                    / Double(sizes[a] + sizes[b])
                distances[a][other] = mean
                distances[other][a] = mean
            }
            sizes[a] += sizes[b]
            members[a] += members[b]
            numbers[a] = count + joinings.count - 1
            alive.removeAll { $0 == b }
        }
        self.joinings = joinings
        order = alive.first.map { members[$0] } ?? []
    }
}
