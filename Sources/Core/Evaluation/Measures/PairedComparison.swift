import Support

/// Whether one method is better than another by a measure, or the difference is noise.
///
/// Two sources of chance are judged, each by the test that fits it:
/// - *which models the zoo happens to hold*: a bootstrap over models in which both methods see the same resample
///   (``interval``, see ``ModelBootstrap``);
/// - *which targets were tried*: if neither method were better, the sign of its lead on each target would be a coin's
///   toss, so all assignments of signs to the targets' differences are enumerated (Fisher's permutation test of
///   paired differences, "The Design of Experiments", 1935, §21): ``pValue``.
public struct PairedComparison: Sendable, Equatable {
    /// The mean over the targets of the first method's value minus the second's, in the measure's own direction.
    public let difference: Double
    /// That difference on each target that both methods were evaluated on; `nil` where either is undefined.
    public let differences: [Double?]
    /// Where the mean difference lies for other models like these.
    public let interval: Interval
    /// The two-sided p-value of the sign-flip test over the targets. No less than 2^(1-targets): with five targets it
    /// cannot go below 1/16, whatever they say.
    public let pValue: Double

    /// Whether the difference is more than noise: the interval leaves out 0 and, with targets enough that the
    /// permutation test could say so at all (six for a level of 0.95), its p-value is at most 1 minus the level.
    public var isDistinguishable: Bool {
        guard !interval.contains(0) else { return false }
        let targets = differences.count { $0 != nil }
        let smallest = Double(sign: .plus, exponent: 1 - targets, significand: 1)
        return smallest > 1 - interval.level || pValue <= 1 - interval.level
    }

    /// Compares two methods by `measure` on the targets that both have outcomes for.
    ///
    /// - Returns: `nil` if there is no target on which the measure is defined for both.
    public init?(
        of first: [TargetOutcome], with second: [TargetOutcome], by measure: Measure,
        bootstrap: ModelBootstrap = ModelBootstrap(), work: Work = .unwatched
    ) throws(Cancelled) {
        var pairs: [(TargetOutcome, TargetOutcome)] = []
        for outcome in first {
            if let other = second.first(where: { $0.target == outcome.target }) { pairs.append((outcome, other)) }
        }
        let differences = pairs.map {
            Self.difference(
                measure.value(predicted: $0.0.predicted, actual: $0.0.actual),
                measure.value(predicted: $0.1.predicted, actual: $0.1.actual))
        }
        guard let mean = Measure.mean(of: differences),
            let interval = try bootstrap.interval(ofDifference: measure, between: pairs, work: work)
        else { return nil }
        difference = mean
        self.differences = differences
        self.interval = interval
        pValue = try Self.signFlipPValue(differences.compactMap { $0 }, seed: bootstrap.seed, work: work)
    }

    /// `first - second` where both are defined and the difference is a number.
    static func difference(_ first: Double?, _ second: Double?) -> Double? {
        guard let first, let second else { return nil }
        let difference = first - second
        return difference.isFinite ? difference : nil
    }

    /// The share of sign assignments whose sum is, in size, at least that of the differences as they are: exact for
    /// up to 20 differences, else from 100,000 seeded draws with the observed assignment counted among them.
    public static func signFlipPValue(
        _ differences: [Double], seed: UInt64 = 0, work: Work = .unwatched
    ) throws(Cancelled) -> Double {
        // Assignments that tie with the observed one must not fall below it by rounding.
        let size = differences.reduce(0) { $0 + abs($1) }
        let observed = abs(differences.reduce(0, +)) - 1e-12 * size
        let exact = differences.count <= 20
        let assignments = exact ? 1 << differences.count : 100_000
        var generator = SeededGenerator(seed: seed, purpose: .permutation)
        var extreme = 0
        for assignment in 0..<assignments {
            if assignment & 0xFFF == 0 { try work.check() }
            var bits = exact ? UInt64(assignment) : 0
            var sum = 0.0
            for (position, difference) in differences.enumerated() {
                if !exact && position & 63 == 0 { bits = generator.next() }
                sum += bits & 1 == 0 ? difference : -difference
                bits >>= 1
            }
            if abs(sum) >= observed { extreme += 1 }
        }
        return exact ? Double(extreme) / Double(assignments) : Double(extreme + 1) / Double(assignments + 1)
    }
}
