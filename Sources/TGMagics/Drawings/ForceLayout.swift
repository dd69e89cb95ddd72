import TransferGraphCore

/// Positions for the nodes of a drawn graph: edges attract, all nodes repel each other, gravity holds all together
/// (Fruchterman and Reingold, "Graph Drawing by Force-directed Placement", 1991). Deterministic for a graph and seed.
struct ForceLayout {
    /// The positions, in 0…1 across and down.
    private(set) var places: [(x: Double, y: Double)]

    /// - Parameters:
    ///   - edges: the ends of each edge and its attraction; an ordinary one has weight 1.
    ///   - sizes: how much room each node needs; an ordinary one has 1.
    /// - Complexity: O(n²) for each of 220 rounds.
    init(
        nodeCount: Int, edges: [(Int, Int, Double)], sizes: [Double], seed: UInt64 = 1,
        work: Work = .unwatched
    ) throws(Cancelled) {
        var generator = SeededGenerator(seed: seed, purpose: .layout)
        var x = (0..<nodeCount).map { _ in generator.uniform() - 0.5 }
        var y = (0..<nodeCount).map { _ in generator.uniform() - 0.5 }
        let rounds = 220
        let spacing = 0.9 / Double(max(nodeCount, 1)).squareRoot()
        for round in 0..<rounds {
            try work.check()
            var dx = [Double](repeating: 0, count: nodeCount)
            var dy = [Double](repeating: 0, count: nodeCount)
            for a in 0..<nodeCount {
                for b in 0..<a {
                    let across = x[a] - x[b]
                    let down = y[a] - y[b]
                    let square = max(across * across + down * down, 1e-6)
                    let push = spacing * spacing * sizes[a] * sizes[b] / square
                    dx[a] += across * push
                    dy[a] += down * push
                    dx[b] -= across * push
                    dy[b] -= down * push
                }
            }
            for (a, b, weight) in edges where a != b {
                let across = x[a] - x[b]
                let down = y[a] - y[b]
                let pull = (across * across + down * down).squareRoot() / spacing * weight
                dx[a] -= across * pull
                dy[a] -= down * pull
                dx[b] += across * pull
                dy[b] += down * pull
            }
            let heat = 0.12 * (1 - Double(round) / Double(rounds)) + 0.002
            for node in 0..<nodeCount {
                dx[node] -= x[node] * 0.35
                dy[node] -= y[node] * 0.35
                let length = max((dx[node] * dx[node] + dy[node] * dy[node]).squareRoot(), 1e-9)
                let move = min(length, heat)
                x[node] += dx[node] / length * move
                y[node] += dy[node] / length * move
            }
        }
        places = Self.fitted(x, y)
    }

    /// In 0…1, half by position and half by rank, so that crowded nodes spread and outliers do not shrink the rest.
    private static func fitted(_ x: [Double], _ y: [Double]) -> [(x: Double, y: Double)] {
        func scaled(_ values: [Double]) -> [Double] {
            guard let low = values.min(), let high = values.max(), high > low else { return values.map { _ in 0.5 } }
            var shares = values.map { ($0 - low) / (high - low) * 0.5 }
            let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
            for (rank, index) in order.enumerated() { shares[index] += 0.5 * Double(rank) / Double(values.count - 1) }
            return shares
        }
        return Array(zip(scaled(x), scaled(y))).map { (x: $0, y: $1) }
    }
}
