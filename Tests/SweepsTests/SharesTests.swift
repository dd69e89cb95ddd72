import Sweeps
import Testing

struct SharesTests {
    /// Weights from 1 to 1000 times the smallest, drawn by a linear congruence.
    private func weights(_ count: Int, seed: UInt64) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return 1 + Double(state >> 40) / Double(1 << 24) * 999
        }
    }

    @Test(arguments: 1...40)
    func eachTaskIsInOnePartAndTheSlowestIsNearTheMean(seed: Int) {
        let weights = weights(1 + seed * 7, seed: UInt64(seed))
        for parts in [1, 2, 3, 8, 64] {
            let shares = Shares.balanced(weights: weights, parts: parts)
            #expect(shares.count == parts && shares.joined().sorted() == Array(weights.indices))
            #expect(shares.allSatisfy { $0 == $0.sorted() })
            let loads = shares.map { $0.reduce(0) { $0 + weights[$1] } }
            let mean = weights.reduce(0, +) / Double(parts)
            // No list schedule is worse than this (Graham, SIAM J. Appl. Math. 1969).
            #expect(loads.max() ?? 0 <= mean + (weights.max() ?? 0) * (1 - 1 / Double(parts)) + 1e-9)
            if weights.count >= 4 * parts { #expect(loads.max() ?? 0 <= 1.5 * mean) }
            #expect(Shares.balanced(weights: weights, parts: parts) == shares)
        }
    }

    @Test func equalTasksAreDealtOutEvenly() {
        let sizes = Shares.balanced(weights: [Double](repeating: 2, count: 29), parts: 8).map(\.count)
        #expect(sizes.sorted() == [3, 3, 3, 4, 4, 4, 4, 4])
        #expect(Shares.balanced(weights: [1, 1], parts: 4).map(\.count).sorted() == [0, 0, 1, 1])
    }
}
