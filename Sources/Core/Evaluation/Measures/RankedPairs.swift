/// Two values of each of several models, sorted once by either, so that the rank correlations of many resamples need no
/// further sort.
///
/// A resample is given by how often it draws each model (`counts`, in the order of the values); what is measured is the
/// same as of the values written out so often. Counts of one, ``once``, are the sample itself.
struct RankedPairs {
    private let first: [Double]
    private let second: [Double]
    /// By ascending first value, ties by the second, and the other way round.
    private let byFirst: RankedOrder
    private let bySecond: RankedOrder

    /// - Complexity: O(n log n).
    /// - Returns: `nil` for arrays of different lengths, fewer than two values, or a NaN.
    init?(_ first: [Double], _ second: [Double]) {
        guard Measures.comparableCount(first, second) != nil else { return nil }
        self.first = first
        self.second = second
        byFirst = RankedOrder(first, then: second)
        bySecond = byFirst.transposed
    }

    /// The counts of the sample itself.
    var once: [Int] { [Int](repeating: 1, count: first.count) }

    /// O(n).
    func pearson(_ counts: [Int]) -> Double? { Measures.pearson(first, second, counts) }

    /// O(n).
    func spearman(_ counts: [Int]) -> Double? {
        Measures.pearson(byFirst.averageRanks(counts), bySecond.averageRanks(counts), counts)
    }

    /// Tau-b. O(n log n).
    func kendall(_ counts: [Int]) -> Double? { byFirst.comparePairs(counts).plain.correlation }

    /// The mean of the weighted taus that rank the models by the first and by the second value. O(n log n).
    func weightedKendall(_ counts: [Int]) -> Double? { bothKendalls(counts).weighted }

    /// The weighted tau with the models ranked by the first value alone, ties by the second. O(n log n).
    func weightedKendallRankedByFirst(_ counts: [Int]) -> Double? { byFirst.comparePairs(counts).weighted.correlation }

    /// ``kendall(_:)`` and ``weightedKendall(_:)`` in the time of the latter.
    func bothKendalls(_ counts: [Int]) -> (plain: Double?, weighted: Double?) {
        let pairs = byFirst.comparePairs(counts)
        guard let one = pairs.weighted.correlation,
            let other = bySecond.comparePairs(counts).weighted.correlation
        else { return (pairs.plain.correlation, nil) }
        return (pairs.plain.correlation, Measures.correlation((one + other) / 2))
    }
}

/// The weights of pairs of models: of all, of those tied in the first, in the second value and in both, and of those that the
/// two values order differently.
struct PairWeights {
    var all = 0.0
    var tiedFirst = 0.0
    var tiedSecond = 0.0
    var tiedBoth = 0.0
    var discordant = 0.0

    /// Concordant less discordant pairs, over the geometric mean of those that either side orders; `nil` where a side is
    /// constant.
    var correlation: Double? {
        guard all > tiedFirst, all > tiedSecond else { return nil }
        let difference = all - tiedFirst - tiedSecond + tiedBoth - 2 * discordant
        return Measures.correlation(
            difference / (all - tiedFirst).squareRoot() / (all - tiedSecond).squareRoot())
    }
}
