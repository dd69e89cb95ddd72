import Foundation
import Testing
import TransferGraphCore

@Suite struct RangeExtrapolationTests {
    /// Of n evenly spaced results, (n − d) · C(d − 1, h − 2) of the C(n, h) choices of h span d steps.
    @Test(arguments: [10, 20, 60]) func halvesOfEvenlySpacedResultsSpanWhatCombinatoricsSay(count: Int) {
        let columns = [[Double]](repeating: (0..<count).map(Double.init), count: 60)
        // Nothing fading, one doubling beyond is what was measured one doubling back.
        let share = RangeExtrapolation(columns, damping: 1, seed: 0).share(of: count, in: 2 * count)
        func choices(_ n: Int, _ k: Int) -> Double {
            exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)))
        }
        let half = count / 2
        var below = 0.0
        let median = (half - 1..<count).first { span in
            below += Double(count - span) * choices(span - 1, half - 2) / choices(count, half)
            return below >= 0.5
        }
        #expect(abs(share - Double(median ?? 0) / Double(count - 1)) < 1.01 / Double(count - 1))
    }

    @Test func aFailedRunHereAndThereMakesNoRangeGrow() {
        var generator = SeededGenerator(seed: 7)
        let clean = (0..<20).map { _ in (0..<20).map { _ in generator.uniform() } }
        var failed = clean
        for column in 0..<5 { failed[column][3] = -50 }
        let (first, second) = (
            RangeExtrapolation(clean, damping: 0.5, seed: 0), RangeExtrapolation(failed, damping: 0.5, seed: 0)
        )
        #expect(abs(first.share(of: 20, in: 200) - second.share(of: 20, in: 200)) < 0.05)
    }

    @Test func theShareRisesToOneWithTheResults() {
        var generator = SeededGenerator(seed: 3)
        let growth = RangeExtrapolation([(0..<30).map { _ in generator.normal() }], damping: 0.4, seed: 1)
        let shares = [1, 5, 20, 50, 99, 100, 200].map { growth.share(of: $0, in: 100) }
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(shares[0] > 0 && shares[3] < 1 && shares[5] == 1 && shares[6] == 1)
        #expect(
            RangeExtrapolation([[1, 2], [3, 3, 3, 3, 3, 3, 3]], damping: 0.4, seed: 1).share(of: 2, in: 100) == 1)
    }
}
