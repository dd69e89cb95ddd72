import Support

/// Tests of paired differences: is their centre 0?
public enum PairedTest {
    /// The most differences whose signs are all enumerated; of more, assignments are drawn.
    private static let exactLimit = 30
    private static let draws = 100_000

    /// The least p-value that ``signFlip(_:seed:work:)`` can give for so many differences.
    public static func smallestPValue(of count: Int) -> Double {
        Double(sign: .plus, exponent: 1 - count, significand: 1)
    }

    /// The two-sided p-value of the permutation test of the mean difference (Fisher, "The Design of Experiments", 1935,
    /// §21).
    ///
    /// Were neither of the pair better, each difference could as well have the other sign: the share of assignments of signs
    /// whose mean is, in size, at least the observed one. Exact for up to 30 differences, else from 100,000 seeded draws
    /// with the observed assignment counted among them. 1 of no differences.
    ///
    /// - Complexity: O(n · 2^(n/2)) up to 30 differences, beyond O(n) a draw.
    public static func signFlip(
        _ differences: [Double], seed: UInt64 = 0, work: Work = .unwatched
    ) throws(Cancelled) -> Double {
        // Assignments that tie with the observed one must not fall below it by rounding.
        let size = differences.reduce(0) { $0 + abs($1) }
        let observed = abs(differences.reduce(0, +)) - 1e-12 * size
        if differences.count <= exactLimit { return shareOfExtremes(differences, observed) }
        // The signed sums of eight differences at a time, by their signs as a byte.
        let sums = stride(from: 0, to: differences.count, by: 8).map {
            signedSums(differences[$0..<min($0 + 8, differences.count)])
        }
        var generator = SeededGenerator(seed: seed, stream: 0x5167)
        var extreme = 1
        for draw in 0..<draws {
            if draw & 0x3FF == 0 { try work.check() }
            var sum = 0.0
            var bits: UInt64 = 0
            for (position, sums) in sums.enumerated() {
                if position & 7 == 0 { bits = generator.next() }
                sum += sums[Int(truncatingIfNeeded: bits) & (sums.count - 1)]
                bits >>= 8
            }
            if abs(sum) >= observed { extreme += 1 }
        }
        return Double(extreme) / Double(draws + 1)
    }

    /// The two-sided p-value of Wilcoxon's signed-rank test (Biometrics Bulletin 1945), by the permutations of
    /// ``signFlip(_:seed:work:)`` of the signed ranks: differences of 0 are left out, equal ones share their ranks' mean.
    public static func wilcoxon(
        _ differences: [Double], seed: UInt64 = 0, work: Work = .unwatched
    ) throws(Cancelled) -> Double {
        let differences = differences.filter { $0 != 0 }
        let sizes = differences.map(abs)
        let ranks = RankedOrder(sizes, then: sizes).averageRanks(sizes.map { _ in 1 })
        return try signFlip(zip(differences, ranks).map { $0 < 0 ? -$1 : $1 }, seed: seed, work: work)
    }

    /// P-values of several tests, raised so that the chance of any false one among them stays below the level (Holm,
    /// "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 1979).
    public static func holm(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var largest = 0.0
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        for (position, index) in order.enumerated() {
            largest = max(largest, min(1, Double(pValues.count - position) * pValues[index]))
            adjusted[index] = largest
        }
        return adjusted
    }

    /// The share of the assignments of signs whose sum is at least `observed` in size: the sums of either half, sorted, are
    /// met from both ends.
    private static func shareOfExtremes(_ differences: [Double], _ observed: Double) -> Double {
        if observed <= 0 { return 1 }
        let half = differences.count / 2
        let first = signedSums(differences[..<half]).sorted()
        let second = signedSums(differences[half...]).sorted()
        // Every assignment has its mirror image: the sums of at least `observed` are half of the extreme ones.
        var reached = 0
        var start = second.count
        for sum in first {
            while start > 0 && sum + second[start - 1] >= observed { start -= 1 }
            reached += second.count - start
        }
        return 2 * Double(reached) / Double(first.count * second.count)
    }

    /// The sums of `differences` under all assignments of signs; bit i of the position is set where the i-th is negative.
    private static func signedSums(_ differences: ArraySlice<Double>) -> [Double] {
        var sums = [0.0]
        for difference in differences {
            sums = sums.map { $0 + difference } + sums.map { $0 - difference }
        }
        return sums
    }
}
