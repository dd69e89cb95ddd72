import Testing
import TransferGraphCore

/// Each group left out in closed form, against a process made without it.
@Suite struct LeaveOneGroupOutTests {
    /// Blocks of three rows, one in each group; groups of more rows than features and of fewer.
    @Test(arguments: [2, 30]) func groupsLeftOutAreWhatTheRestPredicts(rank: Int) throws {
        let (blocks, groups) = (10, 3)
        let count = blocks * groups
        let features = LinearAlgebraTests.random(count, rank, 1)
        let within = LinearAlgebra.gram(LinearAlgebraTests.random(groups, groups, 2), ofRows: true)
        var dense = LinearAlgebra.gram(features, ofRows: true)
        for block in 0..<blocks {
            for a in 0..<groups {
                for b in 0..<groups {
                    dense[block * groups + a, block * groups + b] += within[a, b] + (a == b ? 0.5 : 0)
                }
            }
        }
        let factor = try #require(
            BlockLowRankFactor(
                offsets: (0...blocks).map { $0 * groups }, features: features, work: .unwatched
            ) { _, matrix in
                for a in 0..<groups {
                    for b in 0..<groups { matrix[a * groups + b] = within[a, b] + (a == b ? 0.5 : 0) }
                }
            })
        let rows = (0..<groups).map { group in (0..<blocks).map { $0 * groups + group } }
        let closed = try LeaveOneGroupOut(factor, groups: rows, work: .unwatched)
        let y = LinearAlgebraTests.random(1, count, 3).values
        let predictions = closed.predictions(of: y, weights: factor.solved(y))
        for group in rows {
            let rest = (0..<count).filter { !group.contains($0) }
            var known = Matrix(rows: rest.count, columns: rest.count)
            for (i, a) in rest.enumerated() { for (j, b) in rest.enumerated() { known[i, j] = dense[a, b] } }
            let root = try #require(CholeskyFactor(known))
            let weights = root.solved(rest.map { y[$0] })
            for row in group {
                let cross = rest.map { dense[row, $0] }
                let mean = zip(cross, weights).reduce(0) { $0 + $1.0 * $1.1 }
                let variance = dense[row, row] - zip(cross, root.solved(cross)).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(predictions[row] - mean) < 1e-8)
                #expect(abs(closed.variances[row] - variance) < 1e-8)
            }
        }
    }
}
