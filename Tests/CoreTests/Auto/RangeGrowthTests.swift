import Core
import Foundation
import Testing

@Suite struct RangeGrowthTests {
    /// The range of n uniform results is (n − 1) / (n + 1) of what is possible in expectation.
    @Test(arguments: [10, 20, 60]) func uniformResultsGrowAsTheyDoInClosedForm(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let columns = (0..<60).map { _ in (0..<count).map { _ in generator.uniform() } }
        // Wholly kept from doubling to doubling, one doubling back is what was measured.
        let growth = RangeGrowth(columns, fade: 1, seed: 0)
        func expected(_ n: Double) -> Double { (n - 1) / (n + 1) }
        let ratio = expected(Double(count) / 2) / expected(Double(count))
        #expect(abs(growth.share(of: count, in: 2 * count) - ratio) < 0.04)
    }

    @Test func aFailedRunHereAndThereMakesNoRangeGrow() {
        var generator = SeededGenerator(seed: 7)
        let clean = (0..<20).map { _ in (0..<20).map { _ in generator.uniform() } }
        var failed = clean
        for column in 0..<5 { failed[column][3] = -50 }
        let (first, second) = (RangeGrowth(clean, fade: 0.5, seed: 0), RangeGrowth(failed, fade: 0.5, seed: 0))
        #expect(abs(first.share(of: 20, in: 200) - second.share(of: 20, in: 200)) < 0.05)
    }

    @Test func theShareRisesToOneWithTheResults() {
        var generator = SeededGenerator(seed: 3)
        let growth = RangeGrowth([(0..<30).map { _ in generator.normal() }], fade: 0.4, seed: 1)
        let shares = [1, 5, 20, 50, 99, 100, 200].map { growth.share(of: $0, in: 100) }
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(shares[0] > 0 && shares[3] < 1 && shares[5] == 1 && shares[6] == 1)
        #expect(RangeGrowth([[1, 2], [3, 3, 3, 3, 3, 3, 3]], fade: 0.4, seed: 1).share(of: 2, in: 100) == 1)
    }
}
