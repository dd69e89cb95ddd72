import Testing
import TransferGraphCore

@Suite struct LeaveOneGroupOutTests {
    /// What the closed form says is what a process says that never saw the group.
    @Test(arguments: 0..<5) func itEqualsFittingWithoutTheGroup(seed: UInt64) throws {
        let covariance = CholeskyFactorTests.covariance(12, seed: seed + 20)
        var generator = SeededGenerator(seed: seed)
        let results = (0..<12).map { _ in generator.normal() }
        let factor = try #require(CholeskyFactor(covariance))
        let groups = [0..<4, 4..<5, 5..<12]
        let closed = try LeaveOneGroupOut(factor, groups: groups, work: .unwatched)
        let predictions = closed.predictions(of: results, weights: factor.solved(results))
        for group in groups {
            let rest = (0..<12).filter { !group.contains($0) }
            var others = Matrix(rows: rest.count, columns: rest.count)
            for (i, a) in rest.enumerated() { for (j, b) in rest.enumerated() { others[i, j] = covariance[a, b] } }
            let conditioned = try #require(CholeskyFactor(others))
            let weights = conditioned.solved(rest.map { results[$0] })
            for place in group {
                let cross = rest.map { covariance[place, $0] }
                let mean = zip(cross, weights).reduce(0) { $0 + $1.0 * $1.1 }
                let gained = zip(cross, conditioned.solved(cross)).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(predictions[place] - mean) < 1e-10)
                #expect(abs(closed.variances[place] - (covariance[place, place] - gained)) < 1e-10)
            }
        }
    }

    /// The precision of a variance of 10⁻³¹⁰ is beyond what a number can hold.
    @Test func aGroupWhosePrecisionHasNoFactorIsAnErrorAndNoNumber() throws {
        let covariance = Matrix(rows: 2, columns: 2, values: [1, 0, 0, .leastNormalMagnitude / 1024])
        let factor = try #require(CholeskyFactor(covariance))
        #expect(throws: NumericalError.self) {
            try LeaveOneGroupOut(factor, groups: [0..<1, 1..<2], work: .unwatched)
        }
    }
}
