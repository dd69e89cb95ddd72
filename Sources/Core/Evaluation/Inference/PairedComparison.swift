import Support

/// How far one method is ahead of another by a measure, and whether that is more than noise.
///
/// Two questions are answered:
/// - *What would the difference be on other datasets like these, with other models like these?* ``interval``.
/// - *Could the targets' differences come about if neither method were better?* ``pValue`` by the permutation test of the
///   mean, ``wilcoxonPValue`` by signed ranks, which Demšar recommends ("Statistical comparisons of classifiers over
///   multiple data sets", JMLR 2006).
public struct PairedComparison: Sendable, Equatable {
    public let measure: Measure
    /// The first method's value minus the second's on each target, in the measure's own direction; `nil` where either is
    /// undefined.
    public let differences: [Double?]
    /// The mean over the targets where both are defined.
    public let difference: Double
    /// The targets on which the first method is better, as good, and worse.
    public let won: Int
    public let tied: Int
    public let lost: Int
    /// The t interval of the mean difference over datasets; `nil` of one target, and where all differences are the same.
    public let interval: Interval?
    /// The two-sided p-value of the permutation test over the targets. No less than 2^(1 - targets): with five targets it
    /// cannot go below 1/16, whatever they say.
    public let pValue: Double
    /// The two-sided p-value of Wilcoxon's signed-rank test over the targets.
    public let wilcoxonPValue: Double
    /// ``pValue`` adjusted for the comparisons it is made with (``PairedTest/signFlipTogether(_:seed:work:)``).
    public internal(set) var adjustedPValue: Double

    /// Whether the difference is more than noise: ``adjustedPValue`` is at most 0.05 and ``interval`` leaves 0 out.
    public var isDistinguishable: Bool { adjustedPValue <= 0.05 && !(interval?.contains(0) ?? false) }

    /// - Parameters:
    ///   - first: the first method's value on each target, its mean over seeds.
    ///   - sharedVariance: what the choice of models adds to the variance of the mean difference, beyond what the targets'
    ///     spread shows.
    /// - Returns: `nil` if there is no target on which both are defined.
    init?(
        of first: [Double?], with second: [Double?], by measure: Measure, sharedVariance: Double, level: Double,
        work: Work
    ) throws(Cancelled) {
        let differences = zip(first, second).map(Self.difference)
        let defined = differences.compactMap(\.self)
        guard let mean = Measure.mean(of: differences) else { return nil }
        self.measure = measure
        self.differences = differences
        difference = mean
        let leads = defined.map { measure.higherIsBetter ? $0 : -$0 }
        won = leads.count { $0 > 0 }
        lost = leads.count { $0 < 0 }
        tied = leads.count { $0 == 0 }
        interval = .ofMean(
            defined, sharedVariance: sharedVariance, within: -.infinity...(.infinity), level: level)
        pValue = try PairedTest.signFlip(defined, work: work)
        wilcoxonPValue = try PairedTest.wilcoxon(defined, work: work)
        adjustedPValue = pValue
    }

    /// `first - second` where both are defined and the difference is a number; 0 where it is a rounding of means over seeds
    /// that should be the same.
    private static func difference(_ first: Double?, _ second: Double?) -> Double? {
        guard let first, let second else { return nil }
        let difference = first - second
        return difference.isFinite ? (abs(difference) > 1e-12 ? difference : 0) : nil
    }

    /// Adjusts the p-values of comparisons on the same targets that are looked at together.
    static func adjust(_ comparisons: inout [PairedComparison?], work: Work) throws(Cancelled) {
        let present = comparisons.indices.filter { comparisons[$0] != nil }
        guard present.count > 1 else { return }
        let differences = present.map { comparisons[$0]?.differences.map { $0 ?? 0 } ?? [] }
        for (index, pValue) in zip(present, try PairedTest.signFlipTogether(differences, work: work)) {
            let alone = comparisons[index]?.pValue ?? 1
            comparisons[index]?.adjustedPValue = max(pValue, alone)
        }
    }
}
