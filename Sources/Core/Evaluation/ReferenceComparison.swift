import Support

/// One method of an evaluation beside the figures someone else has for it, on the targets that both have.
public struct ReferenceComparison: Sendable {
    public let method: String
    /// The targets that both have.
    public let targets: [String]
    /// The mean over ``targets`` of each measure: in the evaluation, and in the reference.
    public let means: [Measure: (here: Double, there: Double)]
    /// Where the mean Pearson correlation here lies on other datasets like ``targets``, with other models like these.
    public let interval: Interval?
    /// The Pearson correlations here beside those there; `nil` where the reference has none. Both sides saw the same models,
    /// of which only the reference's means are known, so the targets are all that chance can be judged by.
    public private(set) var comparison: PairedComparison?

    /// The target on which the Pearson correlations differ most, and by how much.
    public let farthest: (target: String, difference: Double)?

    /// Whether the Pearson correlations are the same on every target, up to the digits that files are written with.
    public var isEqual: Bool { farthest.map { abs($0.difference) <= 0.001 } ?? true }

    /// Whether the means differ by more than the choice of targets explains.
    public var isDistinguishable: Bool { !isEqual && comparison?.isDistinguishable == true }

    /// The methods of `summary` that the reference has figures of, in their order; p-values are adjusted for their number.
    ///
    /// - Throws: `Cancelled`.
    public static func all(
        in summary: EvaluationSummary, with reference: ReferenceFigures, work: Work = .unwatched
    ) throws(Cancelled) -> [ReferenceComparison] {
        var found: [ReferenceComparison] = []
        for method in summary.methods {
            if let comparison = try ReferenceComparison(of: method, on: summary.targets, with: reference, work: work) {
                found.append(comparison)
            }
        }
        var comparisons = found.map(\.comparison)
        try PairedComparison.adjust(&comparisons, work: work)
        for index in found.indices { found[index].comparison = comparisons[index] }
        return found
    }

    /// - Returns: `nil` where the reference has nothing on this method and any of the targets.
    private init?(
        of method: EvaluationSummary.Method, on targets: [String], with reference: ReferenceFigures, work: Work
    ) throws(Cancelled) {
        var pairs: [(place: Int, row: ReferenceFigures.Row)] = []
        for (place, target) in targets.enumerated() {
            if let row = reference.row(method: method.name, target: target) { pairs.append((place, row)) }
        }
        guard !pairs.isEmpty else { return nil }
        self.method = method.name
        self.targets = pairs.map(\.row.target)
        var means: [Measure: (here: Double, there: Double)] = [:]
        for measure in reference.measures {
            let both = pairs.compactMap { pair -> (Double, Double)? in
                guard let here = method[measure]?.values[pair.place], let there = pair.row.values[measure],
                    there.isFinite
                else { return nil }
                return (here, there)
            }
            guard !both.isEmpty else { continue }
            let count = Double(both.count)
            means[measure] = (
                both.reduce(0) { $0 + $1.0 } / count, both.reduce(0) { $0 + $1.1 } / count
            )
        }
        self.means = means
        let here = pairs.map { method[.pearson]?.values[$0.place] }
        let level = 0.95
        interval = .ofMean(
            here.compactMap(\.self), sharedVariance: method[.pearson]?.sharedVariance ?? 0,
            within: Measure.pearson.range, level: level)
        let comparison = try PairedComparison(
            of: method[.pearson]?.values ?? [],
            with: targets.map { reference.row(method: method.name, target: $0)?.values[.pearson] }, by: .pearson,
            sharedVariance: 0, level: level, work: work)
        farthest = zip(targets, comparison?.differences ?? []).compactMap { target, difference in
            difference.map { (target, $0) }
        }.max { abs($0.1) < abs($1.1) }
        self.comparison = comparison
    }
}
