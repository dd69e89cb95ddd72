import Testing
import TransferGraphCore

/// Against a dense factor of the same matrix.
@Suite struct BlockLowRankFactorTests {
    private struct Case {
        let offsets: [Int]
        let features: Matrix
        /// The whole matrix, and its blocks alone.
        var dense: Matrix
        var blocks: Matrix
    }

    private func made(_ sizes: [Int], rank: Int, seed: UInt64) -> Case {
        let count = sizes.reduce(0, +)
        let features = LinearAlgebraTests.random(count, rank, seed)
        var offsets = [0]
        for size in sizes { offsets.append(offsets[offsets.count - 1] + size) }
        let root = LinearAlgebraTests.random(count, count, seed + 1)
        let whole = LinearAlgebra.gram(root, ofRows: true)
        var blocks = Matrix(rows: count, columns: count)
        for block in sizes.indices {
            for a in offsets[block]..<offsets[block + 1] {
                for b in offsets[block]..<offsets[block + 1] { blocks[a, b] = whole[a, b] + (a == b ? 1 : 0) }
            }
        }
        var dense = LinearAlgebra.gram(features, ofRows: true)
        for index in dense.values.indices { dense.values[index] += blocks.values[index] }
        return Case(offsets: offsets, features: features, dense: dense, blocks: blocks)
    }

    private func factor(_ made: Case) throws -> BlockLowRankFactor {
        try #require(
            BlockLowRankFactor(offsets: made.offsets, features: made.features, work: .unwatched) { block, matrix in
                let range = made.offsets[block]..<made.offsets[block + 1]
                for (row, a) in range.enumerated() {
                    for (column, b) in range.enumerated() { matrix[row * range.count + column] = made.blocks[a, b] }
                }
            })
    }

    private static let cases: [([Int], Int)] = [([1], 1), ([3, 0, 2, 5], 4), ([1, 1, 1, 1], 9), ([7, 2], 0)]

    @Test(arguments: cases) func itSolvesAsADenseFactorDoes(sizes: [Int], rank: Int) throws {
        let made = made(sizes, rank: rank, seed: 3)
        let factor = try factor(made)
        let dense = try #require(CholeskyFactor(made.dense))
        let y = LinearAlgebraTests.random(1, factor.count, 9).values
        for (value, expected) in zip(factor.solved(y), dense.solved(y)) { #expect(abs(value - expected) < 1e-9) }
        #expect(abs(factor.logDeterminant - dense.logDeterminant) < 1e-9)
        let blocks = try #require(CholeskyFactor(made.blocks))
        for row in 0..<factor.count {
            var unit = [Double](repeating: 0, count: factor.count)
            unit[row] = 1
            #expect(abs(factor.blockDiagonal[row] - blocks.solved(unit)[row]) < 1e-9)
        }
    }

    /// The mean of w under K is Φᵀ K⁻¹ y, and the covariance 1 - Φᵀ K⁻¹ Φ is C⁻¹.
    @Test(arguments: cases) func itsWeightsAreThePosteriorOfTheFeatures(sizes: [Int], rank: Int) throws {
        let made = made(sizes, rank: rank, seed: 5)
        let factor = try factor(made)
        let dense = try #require(CholeskyFactor(made.dense))
        let y = LinearAlgebraTests.random(1, factor.count, 9).values
        let expected = LinearAlgebra.product(made.features, transposed: true, dense.solved(y))
        for (value, mean) in zip(factor.weights(y), expected) { #expect(abs(value - mean) < 1e-9) }
        for column in 0..<rank {
            var unit = [Double](repeating: 0, count: rank)
            unit[column] = 1
            let own = (0..<factor.count).map { made.features[$0, column] }
            let shrunk = LinearAlgebra.product(made.features, transposed: true, dense.solved(own))
            let left = factor.small.solved(unit)
            for row in 0..<rank { #expect(abs(left[row] - (unit[row] - shrunk[row])) < 1e-9) }
        }
    }

    @Test(arguments: cases) func theEquivalentKernelIsTheSolutionForTheSum(sizes: [Int], rank: Int) throws {
        let made = made(sizes, rank: rank, seed: 7)
        let factor = try factor(made)
        let dense = try #require(CholeskyFactor(made.dense))
        let phi = LinearAlgebraTests.random(1, rank, 1).values
        let shared = LinearAlgebraTests.random(1, factor.count, 2).values
        let whole = zip(LinearAlgebra.product(made.features, phi), shared).map { $0 + $1 }
        let weights = factor.equivalentKernel(features: phi, shared: shared)
        for (value, expected) in zip(weights, dense.solved(whole)) { #expect(abs(value - expected) < 1e-9) }
    }

    @Test func aBlockThatIsNoCovarianceHasNoFactor() throws {
        let features = Matrix(rows: 2, columns: 1)
        let none = try BlockLowRankFactor(offsets: [0, 2], features: features, work: .unwatched) { _, matrix in
            matrix[0] = 1
            matrix[1] = 2
            matrix[2] = 2
            matrix[3] = 1
        }
        #expect(none == nil)
    }
}
