import Foundation
import Support

/// Pairwise annotation representation comparison (Bolya, Mittapalli and Hoffman, "Scalable Diverse Model Selection for
/// Accessible Transfer Learning", NeurIPS 2021): Spearman's correlation, times 100, between the samples' distances by
/// features and by labels, over all pairs. Distances are 1 minus Pearson's correlation, of standardised features and of
/// one-hot labels. The features' dimension is not reduced before.
enum PARC {
    /// - Complexity: O(n² D + n² log n) for the n rows of the session's sample.
    static func value(_ session: ScoreSession) throws -> Double {
        let session = session.sampled()
        let points = try unitRows(standardised(session), session)
        let annotation = AnnotationDistances(classCount: session.data.classCount)
        let classes = session.data.classes
        let groups = try collect(points, session) { annotation.group(classes[$0], classes[$1]) }
        let threads = session.threads
        // Millions of distances: a sort that cannot be asked to stop.
        let sorted = try abandonable(session.work) { try Parallel.map(groups, threads: threads) { $0.sorted() } }
        return try 100 * spearman(sorted, session.work)
    }

    /// Columns minus their mean, over their standard deviation unless they are constant but for rounding.
    private static func standardised(_ session: ScoreSession) throws -> RowSource {
        let rows = try session.centredRows()
        let count = Double(rows.rows)
        let squares = try rows.accumulate(
            classCount: 1, classes: [Int](repeating: 0, count: rows.rows), threads: session.threads,
            work: session.work
        ) { sums, _, values in
            for column in values.indices { sums[column] += values[column] * values[column] }
        }
        let means = try session.moments().mean
        let deviations = zip(squares.values, means).map { square, mean in
            let variance = square / count
            let rounding = count * abs(mean) * .ulpOfOne
            return variance <= count * .ulpOfOne * variance + rounding * rounding ? 1 : variance.squareRoot()
        }
        return rows.mapping { _, columns, values in
            for (position, column) in columns.enumerated() { values[position] /= deviations[column] }
        }
    }

    private static func unitRows(_ rows: RowSource, _ session: ScoreSession) throws -> Matrix {
        var points = try rows.matrix()
        for row in 0..<points.rows {
            try session.work.check()
            let line = row * points.columns
            let mean = points.row(row).reduce(0, +) / Double(points.columns)
            var square = 0.0
            for position in line..<(line + points.columns) {
                points.values[position] -= mean
                square += points.values[position] * points.values[position]
            }
            guard square > 0 else { throw ScoreError.Cause.constantSample }
            let length = square.squareRoot()
            for position in line..<(line + points.columns) { points.values[position] /= length }
        }
        return points
    }

    /// The feature distances of all pairs, by the pairs' group.
    private static func collect(
        _ points: Matrix, _ session: ScoreSession, group: @escaping @Sendable (Int, Int) -> Int
    ) throws -> [[Double]] {
        let work = session.work
        let blocks = RowProducts.blocks(of: points.rows)
        var groups: [[Double]] = []
        // A few blocks at a time, so that their products never make up much of the memory.
        for start in stride(from: 0, to: blocks.count, by: 16) {
            let some = Array(blocks[start..<min(start + 16, blocks.count)])
            let parts = try Parallel.map(some, threads: session.threads, work: work) { block in
                let width = points.rows - block.lowerBound
                let products = UnsafeMutableBufferPointer<Double>.allocate(capacity: block.count * width)
                defer { products.deallocate() }
                try RowProducts.fill(products, block, points, from: block.lowerBound, work: work)
                var found: [[Double]] = []
                for (position, row) in block.enumerated() {
                    for other in (row + 1)..<max(points.rows, row + 1) {
                        let index = group(row, other)
                        while found.count <= index { found.append([]) }
                        let product = products[position * width + other - block.lowerBound]
                        found[index].append(1 - max(-1, min(1, product)))
                    }
                }
                return found
            }
            for part in parts {
                try work.check()
                while groups.count < part.count { groups.append([]) }
                for (index, values) in part.enumerated() { groups[index] += values }
            }
        }
        return groups
    }

    /// Spearman's correlation of the values with the number of their group, groups in ascending order of annotation
    /// distance and each sorted; ties share the mean of their ranks.
    static func spearman(_ groups: [[Double]], _ work: Work) throws -> Double {
        let total = groups.reduce(0) { $0 + $1.count }
        let mean = Double(total + 1) / 2
        var positions = [Int](repeating: 0, count: groups.count)
        var rankSums = [Double](repeating: 0, count: groups.count)
        var tieTerm = 0.0
        var done = 0
        var steps = 0
        while done < total {
            steps += 1
            if steps & 0xFFFF == 0 { try work.check() }
            var smallest = Double.infinity
            for (group, position) in positions.enumerated() where position < groups[group].count {
                smallest = min(smallest, groups[group][position])
            }
            var counts = [Int](repeating: 0, count: groups.count)
            var tied = 0
            for group in groups.indices {
                while positions[group] < groups[group].count && groups[group][positions[group]] == smallest {
                    positions[group] += 1
                    counts[group] += 1
                    tied += 1
                }
            }
            let rank = Double(done) + Double(tied + 1) / 2 - mean
            for group in groups.indices where counts[group] > 0 { rankSums[group] += rank * Double(counts[group]) }
            tieTerm += Double(tied) * (Double(tied) * Double(tied) - 1)
            done += tied
        }
        let count = Double(total)
        let variance = (count * (count * count - 1) - tieTerm) / 12
        var covariance = 0.0
        var groupVariance = 0.0
        var before = 0.0
        for group in groups.indices {
            let size = Double(groups[group].count)
            let rank = before + (size + 1) / 2 - mean
            covariance += rank * rankSums[group]
            groupVariance += rank * rank * size
            before += size
        }
        guard variance > 0, groupVariance > 0 else { throw ScoreError.Cause.equalDistances }
        return covariance / variance.squareRoot() / groupVariance.squareRoot()
    }
}
