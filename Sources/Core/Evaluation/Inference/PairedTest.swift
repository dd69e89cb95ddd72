import Support

/// Tests of paired differences: is their centre 0?
public enum PairedTest {
    /// The most differences whose signs are all enumerated; of more, assignments are drawn.
    private static let exactLimit = 30
    private static let draws = 100_000
    private static let jointDraws = 20_000

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
        var generator = SeededGenerator(seed: seed, purpose: .permutation)
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

    /// The p-values of ``signFlip(_:seed:work:)`` for several comparisons on the same targets, adjusted so that the chance of
    /// any false one among them stays below the level (Westfall and Young, "Resampling-Based Multiple Testing", 1993, the
    /// step-down maxT procedure).
    ///
    /// The signs of a target's differences flip in all comparisons together, so that what the comparisons have in common is
    /// accounted for; Holm's bound would not be below 0.05 for seven comparisons on eight targets, whatever they say. The
    /// statistic is |Σd| / √Σd². Exact for up to 20 targets, else from 20,000 seeded draws.
    ///
    /// - Parameters:
    ///   - differences: by comparison, then target; 0 where one is undefined.
    ///   - seed: what the draws follow from.
    ///   - work: asked whether to go on, told how far it is.
    /// - Complexity: O(comparisons · 2^targets) up to 20 targets, beyond O(comparisons · targets) a draw.
    public static func signFlipTogether(
        _ differences: [[Double]], seed: UInt64 = 0, work: Work = .unwatched
    ) throws(Cancelled) -> [Double] {
        let count = differences.first?.count ?? 0
        // By descending statistic; a comparison without any difference has the statistic 0.
        let scaled = differences.map { row in
            let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return norm > 0 ? row.map { $0 / norm } : row
        }
        let statistics = scaled.map { abs($0.reduce(0, +)) }
        let order = statistics.indices.sorted { statistics[$0] > statistics[$1] }
        let rows = order.map { scaled[$0] }
        // Assignments that tie with the observed one must not fall below it by rounding.
        let observed = order.map { statistics[$0] - 1e-9 }
        var extreme = [Int](repeating: 0, count: rows.count)
        func judge(_ sums: [Double]) {
            var largest = 0.0
            for place in sums.indices.reversed() {
                largest = max(largest, abs(sums[place]))
                if largest >= observed[place] { extreme[place] += 1 }
            }
        }
        var assignments = 0
        var sums = rows.map { $0.reduce(0, +) }
        if count <= 20 {
            // A Gray code: each assignment flips one sign of the one before. The last sign stays, as mirror images are alike.
            assignments = 1 << max(count - 1, 0)
            var isNegative = [Bool](repeating: false, count: count)
            judge(sums)
            for assignment in 1..<max(assignments, 1) {
                if assignment & 0xFFF == 0 { try work.check() }
                let target = assignment.trailingZeroBitCount
                let sign = isNegative[target] ? 2.0 : -2
                isNegative[target].toggle()
                for place in rows.indices { sums[place] += sign * rows[place][target] }
                judge(sums)
            }
        } else {
            assignments = jointDraws + 1
            var generator = SeededGenerator(seed: seed, purpose: .permutation, item: 1)
            judge(sums)
            for draw in 0..<jointDraws {
                if draw & 0xFF == 0 { try work.check() }
                for place in sums.indices { sums[place] = 0 }
                var bits: UInt64 = 0
                for target in 0..<count {
                    if target & 63 == 0 { bits = generator.next() }
                    let sign = bits & 1 == 0 ? 1.0 : -1
                    bits >>= 1
                    for place in rows.indices { sums[place] += sign * rows[place][target] }
                }
                judge(sums)
            }
        }
        var adjusted = [Double](repeating: 1, count: rows.count)
        var largest = 0.0
        for (place, index) in order.enumerated() {
            largest = max(largest, Double(extreme[place]) / Double(assignments))
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
