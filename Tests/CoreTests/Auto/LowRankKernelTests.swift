import Testing
import TransferGraphCore

@Suite struct LowRankKernelTests {
    private func kernel(_ count: Int, _ rank: Int) -> Matrix {
        LinearAlgebra.gram(LinearAlgebraTests.random(count, rank, 4), ofRows: true)
    }

    @Test func aKernelOfFewFeaturesIsGivenBackWhole() throws {
        let kernel = kernel(20, 3)
        let low = try LowRankKernel(
            diagonal: (0..<20).map { kernel[$0, $0] }, rank: 10, tolerance: 1e-9, work: .unwatched
        ) { Array(kernel.row($0)) }
        #expect(low.rank == 3)
        for a in 0..<20 {
            for b in 0..<20 {
                let product = (0..<3).reduce(0.0) { $0 + low.features[a * 3 + $1] * low.features[b * 3 + $1] }
                #expect(abs(product - kernel[a, b]) < 1e-9)
            }
        }
    }

    @Test func whatIsLeftOutIsKeptOnTheDiagonal() throws {
        let kernel = kernel(15, 15)
        let low = try LowRankKernel(diagonal: (0..<15).map { kernel[$0, $0] }, rank: 5, work: .unwatched) {
            Array(kernel.row($0))
        }
        #expect(low.rank == 5)
        for item in 0..<15 {
            let square = (0..<5).reduce(0.0) { $0 + low.features[item * 5 + $1] * low.features[item * 5 + $1] }
            #expect(abs(square + low.residuals[item] - kernel[item, item]) < 1e-9)
            #expect(low.residuals[item] >= 0)
        }
    }

    @Test func whatFeaturesAreWeightedByCanBeSaidOfThePivotsToo() throws {
        let kernel = kernel(12, 12)
        let low = try LowRankKernel(diagonal: (0..<12).map { kernel[$0, $0] }, rank: 4, work: .unwatched) {
            Array(kernel.row($0))
        }
        for item in 0..<12 {
            let weights = [0.5, -1, 2, 0.25]
            let byFeatures = zip(weights, low.features[item * 4..<item * 4 + 4]).reduce(0) { $0 + $1.0 * $1.1 }
            let byPivots = zip(low.pivotWeights(weights[...]), low.pivots)
                .reduce(0) { $0 + $1.0 * kernel[item, $1.1] }
            #expect(abs(byFeatures - byPivots) < 1e-9)
        }
    }
}
