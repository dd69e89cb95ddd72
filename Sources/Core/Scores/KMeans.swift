import Support

/// Lloyd's k-means from seeds spread by k-means++ (Arthur and Vassilvitskii, SODA 2007).
enum KMeans {
    /// The cluster of each row.
    ///
    /// - Precondition: `points` has as many rows as there are clusters, or more.
    static func assign(_ points: Matrix, clusters: Int, seed: UInt64, threads: Int, work: Work) throws -> [Int] {
        var generator = SeededGenerator(seed: seed)
        var centres = try seeds(points, clusters, &generator, work)
        var assignment = [Int](repeating: -1, count: points.rows)
        for _ in 0..<100 {
            let next = try nearest(points, centres, threads: threads, work: work)
            if next == assignment { break }
            assignment = next
            var sums = Matrix(rows: clusters, columns: points.columns)
            var counts = [Double](repeating: 0, count: clusters)
            for (row, cluster) in assignment.enumerated() {
                if row & 0xFFF == 0 { try work.check() }
                counts[cluster] += 1
                for column in 0..<points.columns { sums[cluster, column] += points[row, column] }
            }
            // A cluster that lost all its points stays where it was.
            for cluster in 0..<clusters where counts[cluster] > 0 {
                for column in 0..<points.columns { centres[cluster, column] = sums[cluster, column] / counts[cluster] }
            }
        }
        return assignment
    }

    /// Points drawn one after the other, each with probability proportional to its squared distance from those before.
    private static func seeds(
        _ points: Matrix, _ clusters: Int, _ generator: inout SeededGenerator, _ work: Work
    ) throws -> Matrix {
        var centres = Matrix(rows: clusters, columns: points.columns)
        var distances = [Double](repeating: .infinity, count: points.rows)
        var chosen = generator.index(below: points.rows)
        for cluster in 0..<clusters {
            try work.check()
            for column in 0..<points.columns { centres[cluster, column] = points[chosen, column] }
            for row in 0..<points.rows {
                if row & 0xFFF == 0 { try work.check() }
                var square = 0.0
                for column in 0..<points.columns {
                    let difference = points[row, column] - centres[cluster, column]
                    square += difference * difference
                }
                distances[row] = min(distances[row], square)
            }
            var remaining = generator.uniform() * distances.reduce(0, +)
            chosen =
                distances.indices.first { row in
                    remaining -= distances[row]
                    return remaining < 0
                } ?? points.rows - 1
        }
        return centres
    }

    private static func nearest(_ points: Matrix, _ centres: Matrix, threads: Int, work: Work) throws -> [Int] {
        let squares = (0..<centres.rows).map { centres.row($0).reduce(0) { $0 + $1 * $1 } }
        let blocks = stride(from: 0, to: points.rows, by: 256).map { $0..<min($0 + 256, points.rows) }
        return try Parallel.map(blocks, threads: threads, work: work) { block in
            let values = Array(points.values[(block.lowerBound * points.columns)..<(block.upperBound * points.columns)])
            var products = [Double](repeating: 0, count: block.count * centres.rows)
            LinearAlgebra.gemm(
                m: block.count, n: centres.rows, k: points.columns, values, centres.values, transposeB: true,
                into: &products)
            return (0..<block.count).map { position in
                let line = position * centres.rows
                var best = 0
                for centre in squares.indices
                where squares[centre] - 2 * products[line + centre] < squares[best] - 2 * products[line + best] {
                    best = centre
                }
                return best
            }
        }.flatMap { $0 }
    }
}
